import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commonFacts, requestCard } from '../../src/app/approvals/request-facts.ts';
import type { AppContext } from '../../src/app/context.ts';
import { limitName } from '../../src/ledger/accounts.ts';
import { apply } from '../../src/ledger/apply/apply.ts';
import type { ApproveHow } from '../../src/ledger/commands/commands.ts';
import { handleCommand } from '../../src/ledger/handle-command.ts';
import type { Line } from '../../src/ledger/lines.ts';
import type { Refusal } from '../../src/ledger/refusals.ts';
import { type Request, requestedCredits } from '../../src/ledger/requests.ts';
import { approvalAuthority, approversOf, exceededNow } from '../../src/ledger/rights/approval-authority.ts';
import { emptyState, type State } from '../../src/ledger/state.ts';
import { histories } from '../ledger/histories.ts';
import { CLIENTS, TEAMS } from '../ledger/organisations.ts';
import { type Asked, commandOf, limit, MANAGER, WORKSPACE } from '../support/fixtures.ts';
import { isLong } from '../support/is-long.ts';
import { approve, delegate, deny, manages, policy } from '../support/wishes.ts';

const SEEDS = [31, 33];
const HOUR = 3_600_000;

type Moment = { state: State; request: Request; by: string };

/** Every member, and a stranger, before every request that is open when something happens that may change who decides. */
function momentsOf(seed: number): Moment[] {
  return fc.sample(histories(90), { seed, numRuns: isLong ? 10 : 5 }).flatMap(({ lines }) => {
    let state = emptyState(WORKSPACE);
    return lines.flatMap((line) => {
      state = apply(state, line);
      return TELLING.test(line.kind) ? statesAfter(state, line).flatMap(everybodyBefore) : [];
    });
  });
}

const TELLING = /^(asked|delegate|role|manages|teams|policy|limit|member|escalated)/;

const everybodyBefore = (state: State): Moment[] =>
  [...state.requests.values()]
    .filter(({ end }) => end === null)
    .flatMap((request) => [...state.members.keys(), 'USTRANGER'].map((by) => ({ state, request, by })));

/** The state itself; and, where a request was just made, as it is after what a random history rarely comes to. */
function statesAfter(state: State, line: Line): State[] {
  if (line.kind !== 'asked') return [state];
  const [first] = line.exceeded;
  const rare: Asked[][] = [
    [policy('ownerAboveCredits', line.requestedCredits - 1)],
    first ? [limit(first.account, 'total', 100_000, { over: 'refuse' })] : [],
    [manages(MANAGER, { clientIds: [...CLIENTS], teamIds: [...TEAMS] }), delegate('UMATE', state.lastAt + HOUR)],
  ];
  return [state, ...rare.map((steps) => steps.reduce(after, state)), rare.flat().reduce(after, state)];
}

const after = (state: State, asked: Asked, index: number): State =>
  handleCommand(state, commandOf(asked, `rare-${index}`), { now: state.lastAt, commandHash: '' }).state;

/** Whether the ledger accepts it; null where something else than authority is in the way. */
function accepted({ state, by }: Moment, asked: Asked): boolean | null {
  const command = commandOf({ ...asked, by }, 'decision');
  const { line } = handleCommand(state, command, { now: state.lastAt, commandHash: '' });
  if (line === null) return null;
  if (line.kind !== 'refused') return true;
  return isAboutAuthority(line.refusal, by) ? false : null;
}

const ABOUT_AUTHORITY: ReadonlySet<Refusal['reason']> = new Set(['own_request', 'owner_needed', 'owners_only']);

function isAboutAuthority(refusal: Refusal, by: string): boolean {
  if (refusal.reason === 'not_allowed') return refusal.action !== 'hold';
  if (refusal.reason === 'not_a_member' || refusal.reason === 'member_not_active') return refusal.memberId === by;
  return ABOUT_AUTHORITY.has(refusal.reason);
}

/** What the card of a request is drawn from, in a ledger that stands still. */
const contextOf = (state: State): AppContext =>
  ({
    book: { workspace: WORKSPACE, now: () => state, history: async () => [] },
    clock: { now: () => state.lastAt },
    channels: { audience: async () => 'internal' },
    records: { prompts: { get: async () => 'a lighthouse' } },
  }) as unknown as AppContext;

describe.each(SEEDS)('authority over requests of random organisations, seed %i', (seed) => {
  const moments = momentsOf(seed);
  const authorityOf = ({ state, request, by }: Moment) => approvalAuthority(state, request, { by, at: state.lastAt });
  const seenBy = ({ state, request }: Moment) => exceededNow(state, request, state.lastAt).map(limitName);

  /** Both of them, wherever nothing else is in the way; often enough both ways. */
  function expectSame(offered: (moment: Moment) => boolean, asked: (moment: Moment) => Asked) {
    const counts = { yes: 0, no: 0 };
    for (const moment of moments) {
      const answer = accepted(moment, asked(moment));
      if (answer === null) continue;
      counts[answer ? 'yes' : 'no'] += 1;
      const { requestId } = moment.request;
      expect([moment.by, requestId, offered(moment)]).toEqual([moment.by, requestId, answer]);
    }
    expect(counts.yes).toBeGreaterThan(50);
    expect(counts.no).toBeGreaterThan(50);
  }

  test('the card offers an approval to exactly the people from whom the ledger accepts it', async () => {
    const offered = new Map<Moment, boolean>();
    for (const moment of moments) {
      const context = contextOf(moment.state);
      const { state, request, by } = moment;
      const card = await requestCard(context, request, by, await commonFacts(context, request));
      offered.set(moment, card.audience === 'internal');
      if (card.approverIds.includes(by)) expect([by, offered.get(moment)]).toEqual([by, true]);
      expect([...card.approverIds].sort()).toEqual(approversOf(state, request, state.lastAt).sort());
    }
    expectSame(
      (moment) => offered.get(moment) === true,
      (moment) => approve(moment.request.requestId, seenBy(moment)),
    );
  });

  test('so does the form for an approval until a date', () => {
    const howOf = (moment: Moment): ApproveHow & { kind: 'until' } => {
      const { state, request } = moment;
      const lacking = exceededNow(state, request, state.lastAt).map(
        ({ availableCredits }) => requestedCredits(request) - availableCredits,
      );
      return { kind: 'until', amountCredits: Math.max(1, ...lacking), expiresAt: state.lastAt + HOUR };
    };
    expectSame(
      (moment) => {
        const { approve: decide, owner, give } = authorityOf(moment);
        return (decide ?? owner(howOf(moment)) ?? give('until')) === null;
      },
      (moment) => approve(moment.request.requestId, seenBy(moment), { how: howOf(moment) }),
    );
  });

  test('and the one in which it is denied', () => {
    expectSame(
      (moment) => authorityOf(moment).deny === null,
      (moment) => deny(moment.request.requestId),
    );
  });
});
