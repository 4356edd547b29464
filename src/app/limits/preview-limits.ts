import { type AccountId, clientAccount } from '../../ledger/accounts.ts';
import { handleCommand } from '../../ledger/handle-command.ts';
import type { Line } from '../../ledger/lines.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { limitAction, may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import type { Window } from '../../ledger/usage/windows.ts';
import { type Rehearsal, readsFrom, rehearse, type Tally } from '../../reports/rehearsal.ts';
import type { AppContext } from '../context.ts';
import { cheapest } from '../images/available-models.ts';
import { type AccountLabel, labelOf } from './account-label.ts';
import { authorizeView } from './authorize-view.ts';
import { type LessSaid, lessSaid } from './less-said.ts';
import type { Stands } from './limits-view.ts';
import { type Figures, figuresOf, standsOf } from './show-limits.ts';

/** A wanted limit, in one window. `shown`: its value before the person changed it, where that is known. */
export type WantedLimit = { window: Window; figures: Figures; shown?: Figures };

/** What was changed of what was shown; whatever else others have set meanwhile stays. */
export function figuresWanted({ figures, shown }: WantedLimit, now: Figures): Figures {
  if (shown === undefined || figures === null) return figures;
  const pick = <Value>(of: (each: Figures) => Value): Value => of(of(figures) === of(shown) ? now : figures);
  const limitCredits = pick((each) => each?.limitCredits ?? null);
  if (limitCredits === null) return null;
  return {
    limitCredits,
    over: pick((each) => each?.over ?? 'refuse'),
    rollOverMaxCredits: pick((each) => each?.rollOverMaxCredits ?? null),
  };
}

export type LimitsPreview = {
  label: AccountLabel;
  rehearsal: Rehearsal;
  /** Only the latest so many lines were looked at. */
  isCut: boolean;
  /** What stands now, and would stand then, in each window that is to change. */
  changes: readonly { window: Window; before: Figures; after: Figures; stands: Stands | null }[];
  /** Why less than they leave can be used then. */
  less: LessSaid | null;
  cheapestCredits: number | null;
  clientNames: Readonly<Record<string, string>>;
};

export type LimitPreview = { ok: true; rehearsed: LimitsPreview } | { ok: false; refusal: Refusal };

/** No client has this id: ids have no colon. */
const OTHER_CLIENTS = 'others:';

const DAYS = 30;
const DAY_MS = 86_400_000;
const PAGE_LINES = 256;
/** An account with more than this in thirty days is looked at as far back as this goes. */
const LINES_MAX = 20_000;

/**
 * What limits would have done in the last thirty days, and how the account would stand with them now. Nothing is saved; what
 * the ledger would refuse is refused here already, by the same rules.
 */
export async function previewLimits(
  context: AppContext,
  { by, account, wanted: asked }: { by: string; account: AccountId; wanted: readonly WantedLimit[] },
): Promise<LimitPreview> {
  const seen = await authorizeView(context, { by, action: limitAction(account), account });
  if (!seen.ok) return seen;
  const { state, at } = seen;
  const now = figuresOf(state, account);
  const wanted = asked.map((each) => ({ window: each.window, figures: figuresWanted(each, now[each.window]) }));
  const tried = tryOut(state, { by, account, wanted, at });
  if (!tried.ok) return tried;

  const limits = wanted.flatMap(({ window, figures }) => (figures ? [{ window, ...figures }] : []));
  const sinceAt = at - DAYS * DAY_MS;
  const { lines, isCut } = await readHistory(context, {
    account,
    fromAt: readsFrom(limits, sinceAt),
    toAt: at + 1,
    linesMax: LINES_MAX,
  });
  const [before, after] = [now, figuresOf(tried.state, account)];
  const standing = standsOf(tried.state, account, at);
  const whole = rehearse(state, { account, limits, lines, sinceAt });
  const rehearsal = seenBy(state, by, whole);
  return {
    ok: true,
    rehearsed: {
      label: labelOf(state, account),
      rehearsal,
      isCut,
      changes: wanted.map(({ window }) => ({
        window,
        before: before[window],
        after: after[window],
        stands: standing.find((each) => each.window === window) ?? null,
      })),
      less: lessSaid(tried.state, { by, account, at }),
      cheapestCredits: cheapest(context),
      clientNames: namesOf(state, rehearsal),
    },
  };
}

/** The state that the commands would leave, had they been given now. */
function tryOut(
  state: State,
  { by, account, wanted, at }: { by: string; account: AccountId; wanted: readonly WantedLimit[]; at: number },
): { ok: true; state: State } | { ok: false; refusal: Refusal } {
  let next = state;
  for (const { window, figures } of wanted) {
    const command = { ...limitCommand(account, { window, figures }), commandId: `rehearsal/${window}`, by };
    const answered = handleCommand(next, command, { now: at, commandHash: 'rehearsal' });
    if (answered.turnedAway) return { ok: false, refusal: answered.turnedAway };
    if (answered.line.kind === 'refused') return { ok: false, refusal: answered.line.refusal };
    next = answered.state;
  }
  return { ok: true, state: next };
}

export const limitCommand = (account: AccountId, { window, figures }: WantedLimit) =>
  ({
    kind: 'set_limit',
    account,
    window,
    limitCredits: figures?.limitCredits ?? null,
    over: figures?.over ?? 'refuse',
    rollOverMaxCredits: figures?.rollOverMaxCredits ?? null,
  }) as const;

type Stretch = { account: AccountId; fromAt: number; toAt: number; linesMax: number };

/** Oldest first, page by page, so that a large history does not block for long. */
async function readHistory({ book }: AppContext, stretch: Stretch): Promise<{ lines: Line[]; isCut: boolean }> {
  const { linesMax, ...of } = stretch;
  const newestFirst: Line[] = [];
  let beforeSeq: number | undefined;
  while (newestFirst.length < linesMax) {
    const more = beforeSeq === undefined ? {} : { beforeSeq };
    const page = await book.history({ ...of, ...more, linesMax: PAGE_LINES });
    newestFirst.push(...page);
    beforeSeq = page.at(-1)?.seq;
    if (page.length < PAGE_LINES) return { lines: newestFirst.reverse(), isCut: false };
  }
  return { lines: newestFirst.slice(0, linesMax).reverse(), isCut: true };
}

/** Clients that the reader may know nothing of are counted as one. */
function seenBy(state: State, by: string, rehearsal: Rehearsal): Rehearsal {
  const seen = (tally: Tally): Tally => {
    const known = tally.clients.filter(({ clientId }) =>
      may(state, by, 'see_figures', { account: clientAccount(clientId) }),
    );
    const of = (clients: Tally['clients']) => clients.reduce((sum, { requestsCount }) => sum + requestsCount, 0);
    const others = { clientId: OTHER_CLIENTS, requestsCount: of(tally.clients) - of(known) };
    return { ...tally, clients: known.length < tally.clients.length ? [...known, others] : known };
  };
  const { blocked, asked, warned } = rehearsal;
  return { ...rehearsal, blocked: seen(blocked), asked: seen(asked), warned: seen(warned) };
}

const namesOf = (state: State, { blocked, asked, warned }: Rehearsal): Record<string, string> =>
  Object.fromEntries(
    [blocked, asked, warned].flatMap(({ clients }) =>
      clients.flatMap(({ clientId }) => {
        const name = clientId === OTHER_CLIENTS ? 'other clients' : state.clients.get(clientId)?.name;
        return name === undefined ? [] : [[clientId, name]];
      }),
    ),
  );
