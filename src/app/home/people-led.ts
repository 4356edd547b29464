import { memberAccount } from '../../ledger/accounts.ts';
import { listed } from '../../ledger/lists/member-lists.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import { shareLeft } from '../../ledger/usage/least-left.ts';
import { standings, usageOf } from '../../ledger/usage/standings.ts';
import { windowKeysAt } from '../../ledger/usage/windows.ts';
import type { Overview } from './overview-view.ts';
import { part } from './show-credits.ts';

/** All others have a tab. */
const PEOPLE_MAX = 5;

/** The people in a manager’s teams: those with the least left first, and of those without a limit who used most. */
export function peopleLed(state: State, { by, at }: { by: string; at: number }): Overview['people'] {
  if (!state.settings) return { rows: [], count: 0 };
  const { month } = windowKeysAt(at, state.settings);
  const { teamIds = [] } = state.members.get(by)?.manages ?? {};
  const memberIds = new Set(teamIds.flatMap((teamId) => listed(state.members, `team/${teamId}`).toArray()));
  const led = [...memberIds].flatMap((memberId) => {
    const account = memberAccount(memberId);
    const isLed = memberId !== by && state.members.get(memberId)?.status === 'active';
    if (!isLed || !may(state, by, 'see_figures', { account })) return [];
    const share = shareLeft(standings(state, account, at));
    return [{ memberId, account, share, usedCredits: usageOf(state, account, month).usedCredits }];
  });
  const first = led.sort(byNeed).slice(0, PEOPLE_MAX);
  return {
    rows: first.map(({ memberId, account }) => ({ memberId, ...part(state, account, { by, at }) })),
    count: led.length,
  };
}

type Led = { share: number; usedCredits: number };
const byNeed = (one: Led, other: Led) =>
  one.share === other.share ? other.usedCredits - one.usedCredits : one.share < other.share ? -1 : 1;
