import {
  type AccountId,
  AGENCY,
  clientAccount,
  memberAccount,
  memberInClientAccount,
  projectAccount,
  teamAccount,
} from '../../src/ledger/accounts.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import type { Rule } from '../../src/ledger/rules.ts';
import { ON_EXCEEDED, type State } from '../../src/ledger/state.ts';
import { standings } from '../../src/ledger/usage/standings.ts';
import { WORK } from '../support/fixtures.ts';
import { CARLA } from './worlds.ts';

/** More than any limit here. */
export const MUCH = 900;

/** Limits, moves, gifts, rules and the policy, for every account that there is. */
export function limitsWishes(state: State): CommandBody[] {
  const { limits, lastAt: at } = state;
  const accounts = accountsOf(state);
  const set = (account: AccountId, limitCredits: number | null): CommandBody[] =>
    (['day', 'month'] as const).flatMap((window) => {
      const present = limits.get(account)?.find((limit) => limit.window === window);
      const kinds = present && limitCredits !== null ? ON_EXCEEDED : (['refuse'] as const);
      return kinds.map((over): CommandBody => {
        return { kind: 'set_limit', account, window, limitCredits, over, rollOverMaxCredits: null };
      });
    });
  const limited = accounts.filter((account) => (limits.get(account)?.length ?? 0) > 0);
  return [
    ...accounts.flatMap((account) => [...set(account, 0), ...set(account, MUCH), ...set(account, null)]),
    ...limited.flatMap((account) =>
      (limits.get(account) ?? []).flatMap(({ window, limitCredits }) =>
        set(account, limitCredits).filter((wish) => 'window' in wish && wish.window === window),
      ),
    ),
    ...limited.flatMap((from) =>
      standings(state, from, at).flatMap(({ window, limitCredits, availableCredits }) =>
        limited
          .filter((to) => to !== from)
          .map((to): CommandBody => {
            const amountCredits = Math.max(1, Math.min(limitCredits, availableCredits));
            return { kind: 'move_budget', from, to, window, amountCredits };
          }),
      ),
    ),
    ...accounts.map(
      (account): CommandBody => ({
        kind: 'grant',
        grantId: 'G',
        account,
        amountCredits: MUCH,
        expiresAt: null,
        reason: 'Gift',
      }),
    ),
    ...ruleWishes(state),
    { kind: 'set_policy', policy: { name: 'ownerAboveCredits', value: null } },
    { kind: 'set_policy', policy: { name: 'defaultRole', value: 'creator' } },
    { kind: 'resume_spending', stopId: 'none' },
  ];
}

const ANYTHING: Rule = { imagesMax: null, priceMaxCredits: null, models: null, qualities: null };

function ruleWishes({ rules, clients, lastAt }: State): CommandBody[] {
  const scopes = [
    ...new Set([
      ...rules.keys(),
      ...[...clients.keys()].map((id) => `client:${id}` as const),
      `member:${CARLA}` as const,
      'role:manager' as const,
    ]),
  ];
  const caps = [...clients.keys()].flatMap((clientId): CommandBody[] => [
    { kind: 'cap_quality', clientId, cap: null },
    { kind: 'cap_quality', clientId, cap: { qualities: [WORK.quality], untilAt: lastAt + 86_400_000 } },
  ]);
  const ruled = scopes.flatMap((scope): CommandBody[] => [
    { kind: 'set_rule', scope, rule: null },
    { kind: 'set_rule', scope, rule: { ...ANYTHING, imagesMax: 1, priceMaxCredits: 900 } },
  ]);
  return [...ruled, ...caps];
}

function accountsOf({ clients, teams, projects, members }: State): AccountId[] {
  const memberIds = [...members.keys()].sort();
  const clientIds = [...clients.keys()].sort();
  return [
    AGENCY,
    ...[...teams.keys()].sort().map(teamAccount),
    ...clientIds.map(clientAccount),
    ...[...projects.keys()].sort().map(projectAccount),
    ...memberIds.map(memberAccount),
    ...memberIds.flatMap((memberId) => clientIds.map((clientId) => memberInClientAccount(memberId, clientId))),
  ];
}
