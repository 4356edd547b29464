import { type AccountId, parseAccount } from '../../ledger/accounts.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { may } from '../../ledger/rights.ts';
import type { State } from '../../ledger/state.ts';
import type { Window } from '../../ledger/windows.ts';
import { change } from '../change.ts';
import type { Change, Changed } from '../inputs.ts';
import type { World } from '../world.ts';
import { lookInside } from './look-inside.ts';
import { type LimitRow, rowOf } from './show-limits.ts';

export type MoveInput = { from: AccountId; to: AccountId; window: Window; amountCredits: number };

/** What somebody chooses from: where budget may go besides people, who are found by Slack's own search. */
export type MoveForm = {
  from: LimitRow;
  to: readonly LimitRow[];
  /** More than these are there; they are found in Home. */
  isCut: boolean;
};

/** A view takes 250,000 bytes, and an option some hundreds. */
const TARGETS_MAX = 300;

/** The account to move from, and those with a limit in one of the same windows that somebody may move to. */
export async function showMove(
  world: World,
  { by, account }: { by: string; account: AccountId },
): Promise<{ ok: true; form: MoveForm } | { ok: false; refusal: Refusal }> {
  const seen = await lookInside(world, { by, action: 'move_budget', account });
  if (!seen.ok) return seen;
  const { state, at } = seen;
  const targets = targetsFor(state, by, account);
  return {
    ok: true,
    form: {
      from: rowOf(state, { by, account, at }),
      to: targets.slice(0, TARGETS_MAX).map((to) => rowOf(state, { by, account: to, at })),
      isCut: targets.length > TARGETS_MAX,
    },
  };
}

function targetsFor(state: State, by: string, from: AccountId): AccountId[] {
  const windows = new Set((state.limits.get(from) ?? []).map(({ window }) => window));
  return [...state.limits]
    .filter(([to, limits]) => to !== from && limits.some(({ window }) => windows.has(window)))
    .map(([to]) => to)
    .filter((to) => isNoPerson(to) && may(state, by, 'move_budget', { account: to }))
    .sort();
}

const isNoPerson = (account: AccountId) => {
  const kind = parseAccount(account)?.kind;
  return kind === 'client' || kind === 'project' || kind === 'team';
};

/** Of what is available now, in the window that is open now. The way back is the same move the other way round. */
export const moveBudget = (world: World, { deliveryId, by, ...move }: Change<MoveInput>): Promise<Changed> =>
  change(world, { deliveryId, by, wish: { kind: 'move_budget', ...move } });
