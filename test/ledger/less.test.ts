import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AccountId, AGENCY, accountsOf, parseAccount } from '../../src/ledger/accounts.ts';
import type { State } from '../../src/ledger/state.ts';
import { exceededBy } from '../../src/ledger/usage/exceeded.ts';
import { leastLeftOf, lessThanOwn } from '../../src/ledger/usage/less.ts';
import { standings } from '../../src/ledger/usage/standings.ts';
import { MONDAY } from '../support/clock.ts';
import { type Asked, agency, CREATOR, grant, hold, limit } from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import { histories } from './histories.ts';

const ACME = 'client:acme';
const MEMBER: AccountId = `member:${CREATOR}`;
const project: Asked = {
  kind: 'create_project',
  projectId: 'launch',
  clientId: 'acme',
  name: 'Launch',
  dueAt: null,
  stage: 'concept',
};
const stateOf = (...asked: Asked[]) => given(agency(), ...asked).state;
const less = (account: AccountId, ...asked: Asked[]) => lessThanOwn(stateOf(...asked), account, MONDAY);
const above = (account: AccountId, window: 'day' | 'month' | 'total', leftCredits: number) => ({
  kind: 'above',
  account,
  window,
  leftCredits,
});

describe('less than an account’s own limits leave', () => {
  test('is left by the agency’s limit, in the window that is met first', () => {
    const limits = [limit(ACME, 'month', 90), limit(AGENCY, 'month', 50), limit(AGENCY, 'day', 7)];
    expect(less(ACME, ...limits)).toEqual(above(AGENCY, 'day', 7));
    expect(less(ACME, ...limits, hold(5))).toEqual(above(AGENCY, 'day', 2));
    expect(less(ACME, ...limits, grant(AGENCY, 100))).toEqual(null);
  });

  test('is left by a client’s budget, for a project and for a person there', () => {
    const limits = [
      limit(ACME, 'month', 3),
      limit('project:launch', 'total', 40),
      limit(`${MEMBER}@${ACME}`, 'day', 9),
    ];
    expect(less('project:launch', project, ...limits)).toEqual(above(ACME, 'month', 3));
    expect(less(`${MEMBER}@${ACME}`, project, ...limits)).toEqual(above(ACME, 'month', 3));
  });

  test('is nothing to speak of where the account’s own limit is met first, or all above it only warn', () => {
    expect(less(ACME, limit(ACME, 'day', 5), limit(AGENCY, 'day', 6))).toBeNull();
    expect(less(ACME, limit(ACME, 'day', 5), limit(AGENCY, 'day', 5))).toBeNull();
    expect(less(ACME, limit(ACME, 'day', 5), limit(AGENCY, 'day', 1, { over: 'warn' }))).toBeNull();
    expect(less(ACME, limit(ACME, 'day', 0), limit(AGENCY, 'day', 0))).toBeNull();
  });

  test('is said of an account without a limit once the one above is used up', () => {
    expect(less(ACME, limit(AGENCY, 'day', 1))).toBeNull();
    expect(less(ACME, limit(AGENCY, 'day', 4), hold(4))).toEqual(above(AGENCY, 'day', 0));
  });

  test('follows what was moved away', () => {
    const away: Asked = { kind: 'move_budget', from: ACME, to: 'project:launch', window: 'month', amountCredits: 36 };
    const moved = [project, limit(ACME, 'month', 40), limit('project:launch', 'month', 10)];
    expect(less('project:launch', ...moved, away)).toEqual(above(ACME, 'month', 4));
  });

  test('is a client that was closed, for all that belongs to it', () => {
    const closed: Asked = { kind: 'close_client', clientId: 'acme' };
    for (const account of [ACME, 'project:launch', `${MEMBER}@${ACME}`] as const) {
      expect(less(account, project, limit(account, 'day', 5), closed)).toEqual({ kind: 'closed', what: 'client' });
    }
    expect(less(MEMBER, limit(MEMBER, 'day', 5), closed)).toBeNull();
  });

  test('is a project that was closed', () => {
    const closed: Asked = { kind: 'close_project', projectId: 'launch' };
    expect(less('project:launch', project, limit('project:launch', 'total', 5), closed)).toEqual({
      kind: 'closed',
      what: 'project',
    });
  });
});

test('with it, nothing is said to be left that a request of the account alone could not take', () => {
  let checkedCount = 0;
  fc.assert(
    fc.property(histories(60), ({ state }) => {
      for (const account of state.limits.keys()) checkedCount += takesWhatIsLeft(state, account) ? 1 : 0;
    }),
    { numRuns: 12 },
  );
  expect(checkedCount).toBeGreaterThan(10);
});

/** A stranger without grants asks for exactly what is left, and for one credit more. */
function takesWhatIsLeft(state: State, account: AccountId): boolean {
  const { settings, lastAt: at } = state;
  const own = leastLeftOf(standings(state, account, at));
  const found = lessThanOwn(state, account, at);
  if (!settings || !own || found?.kind === 'closed') return false;
  const left = Math.max(0, found?.leftCredits ?? own.availableCredits);
  const accounts = accountsTouching(state, account);
  const stops = (requestedCredits: number) =>
    exceededBy(state, { accounts, requestedCredits, at, calendar: settings, memberId: 'U0NOBODY' }).some(
      ({ over }) => over !== 'warn',
    );
  expect([stops(left + 1), left > 0 && stops(left)]).toEqual([true, false]);
  return true;
}

function accountsTouching(state: State, id: AccountId): AccountId[] {
  const account = parseAccount(id);
  const memberId = account && 'memberId' in account ? account.memberId : null;
  const projectId = account?.kind === 'project' ? account.projectId : null;
  const ofProject = projectId === null ? null : (state.projects.get(projectId)?.clientId ?? null);
  const clientId = account && 'clientId' in account ? account.clientId : ofProject;
  const teamIds = memberId === null ? [] : (state.members.get(memberId)?.teamIds ?? []);
  const all = accountsOf({ memberId: memberId ?? '-', teamIds, clientId: clientId ?? '-', projectId });
  return [...all.filter((each) => !each.includes('-')), ...(account?.kind === 'team' ? [id] : [])];
}

describe('extra credits', () => {
  test.each([
    [20, 0, 0, { availableCredits: 0, extraCredits: 20 }],
    [20, 30, 0, { availableCredits: 30, extraCredits: 20 }],
    [20, 30, 10, { availableCredits: 20, extraCredits: 20 }],
    [5, 4, 6, { availableCredits: 0, extraCredits: 3 }],
  ])('%i beside a limit of %i, with %i used, cannot be moved, and the refusal says so', (extra, most, used, left) => {
    const spent = used > 0 ? [hold(used)] : [];
    given(agency(), project, limit(ACME, 'month', most), limit('project:launch', 'month', 1), grant(ACME, extra), spent)
      .when({ kind: 'move_budget', from: ACME, to: 'project:launch', window: 'month', amountCredits: 40 })
      .thenRefused({ reason: 'not_enough_to_move', ...left });
  });
});
