import { type AccountId, clientAccount, parseAccount } from '../../ledger/accounts.ts';
import { movableOf } from '../../ledger/decide/limits.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { checkMove } from '../../ledger/rights/check-move.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import { standings } from '../../ledger/usage/standings.ts';
import type { Window } from '../../ledger/usage/windows.ts';
import type { AppContext } from '../context.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { submitChange } from '../submit-change.ts';
import { type AccountLabel, labelOf } from './account-label.ts';
import { authorizeView } from './authorize-view.ts';
import type { LimitRow } from './limits-view.ts';
import { rowOf } from './show-limits.ts';

/** Where it was moved from and to, as people call it. */
export type MoveResult = Extract<ChangeResult, { ok: false }> | { ok: true; from: AccountLabel; to: AccountLabel };

export type MoveInput = { from: AccountId; to: AccountId; window: Window; amountCredits: number };

/** The choices for the other side of a move, besides people, who are found by Slack's own search. */
export type MoveChoice = {
  rows: readonly LimitRow[];
  /** More than these are there; they are found in Home. */
  isCut: boolean;
  /** Of which client, where it is about what a person may use of one alone. */
  clients: readonly { clientId: string; name: string }[];
};

export type MoveForm = { from: LimitRow; to: MoveChoice };

/** A view takes 250,000 bytes, and an option some hundreds. */
const ROWS_MAX = 300;

/** The account to move from, and those with a limit in one of the same windows that the person may move to. */
export async function showMove(
  context: AppContext,
  { by, account }: { by: string; account: AccountId },
): Promise<{ ok: true; form: MoveForm } | { ok: false; refusal: Refusal }> {
  const seen = await authorizeView(context, { by, action: 'move_budget', account });
  if (!seen.ok) return seen;
  const { state, at } = seen;
  const windows = new Set((state.limits.get(account) ?? []).map(({ window }) => window));
  const isTarget = (to: AccountId) =>
    to !== account &&
    (state.limits.get(to) ?? []).some(
      ({ window }) => windows.has(window) && mayMoveSome(state, { by, from: account, to, window, at }),
    );
  return {
    ok: true,
    form: { from: rowOf(state, { by, account, at }), to: choiceOf(state, { by, at, isMeant: isTarget }) },
  };
}

/** The accounts with credits left in a window, that the person may move from. */
export const sourcesFor = (
  state: State,
  { by, to, window, at }: { by: string; to: AccountId; window: Window; at: number },
): MoveChoice =>
  choiceOf(state, {
    by,
    at,
    isMeant: (from) =>
      from !== to &&
      standings(state, from, at).some(
        (each) => each.window === window && movableOf(state, each, at).movableCredits > 0,
      ) &&
      mayMoveSome(state, { by, from, to, window, at }),
  });

const mayMoveSome = (state: State, move: Omit<Parameters<typeof checkMove>[1], 'amountCredits'>) =>
  checkMove(state, { ...move, amountCredits: 1 }) === null;

type Choosing = { by: string; at: number; isMeant: (account: AccountId) => boolean };

function choiceOf(state: State, { by, at, isMeant }: Choosing): MoveChoice {
  const mayMove = (account: AccountId) => may(state, by, 'move_budget', { account });
  const accounts = [...state.limits.keys()].filter((each) => isNoPerson(each) && isMeant(each) && mayMove(each)).sort();
  return {
    rows: accounts.slice(0, ROWS_MAX).map((account) => rowOf(state, { by, account, at })),
    isCut: accounts.length > ROWS_MAX,
    clients: [...state.clients.values()]
      .filter(({ clientId, closedAt }) => closedAt === null && mayMove(clientAccount(clientId)))
      .sort((a, b) => a.name.localeCompare(b.name))
      .slice(0, ROWS_MAX)
      .map(({ clientId, name }) => ({ clientId, name })),
  };
}

const isNoPerson = (account: AccountId) => {
  const kind = parseAccount(account)?.kind;
  return kind === 'client' || kind === 'project' || kind === 'team';
};

/** Of what is available now, in the window that is open now. The way back is the same move the other way round. */
export const moveBudget = async (
  context: AppContext,
  { deliveryId, by, from, to, window, amountCredits }: ChangeInput<MoveInput>,
): Promise<MoveResult> => {
  const command = { kind: 'move_budget', from, to, window, amountCredits } as const;
  const moved = await submitChange(context, { deliveryId, by, command });
  const state = context.book.now();
  return moved.ok ? { ok: true, from: labelOf(state, from), to: labelOf(state, to) } : moved;
};
