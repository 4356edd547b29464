import { type AccountId, parseAccount } from '../../ledger/accounts.ts';
import { movableOf } from '../../ledger/decide/limits.ts';
import { byName } from '../../ledger/lists/client-lists.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { checkMove } from '../../ledger/rights/check-move.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import { standings } from '../../ledger/usage/standings.ts';
import type { Window } from '../../ledger/usage/windows.ts';
import type { AppContext } from '../context.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { nameOf } from '../people/sync-member.ts';
import { submitChange } from '../submit-change.ts';
import { type AccountLabel, labelOf } from './account-label.ts';
import { authorizeView } from './authorize-view.ts';
import type { LimitRow } from './limits-view.ts';
import { rowOf } from './show-limits.ts';

/** Where it was moved from and to, as people call it. */
export type MoveResult = Extract<ChangeResult, { ok: false }> | { ok: true; from: AccountLabel; to: AccountLabel };

export type MoveInput = { from: AccountId; to: AccountId; window: Window; amountCredits: number };

/** The other side of a move: an account with a limit in a window in which some credits can be moved. */
export type MovePlace = AccountLabel & {
  window: Window;
  leftCredits: number;
  /** What Slack calls the person; null where the account is none of a person. */
  personName: string | null;
};

/** `isCut`: more than these are there; a move from them begins at their row in Home. */
export type MoveChoice = { places: readonly MovePlace[]; isCut: boolean };

export type MoveForm = { from: LimitRow; to: MoveChoice };

/** No form has room for more. */
const PLACES_MAX = 2_000;
/** Without their names from one question, each would be asked of Slack. */
const PEOPLE_ASKED_MAX = 100;

/** The account to move from, and every account and window that some of its credits may be moved to. */
export async function showMove(
  context: AppContext,
  { by, account }: { by: string; account: AccountId },
): Promise<{ ok: true; form: MoveForm } | { ok: false; refusal: Refusal }> {
  const seen = await authorizeView(context, { by, action: 'move_budget', account });
  if (!seen.ok) return seen;
  const { state, at } = seen;
  const windows = standings(state, account, at)
    .filter((standing) => movableOf(state, standing, at).movableCredits > 0)
    .map(({ window }) => window);
  const isMeant = (to: AccountId, window: Window) =>
    windows.includes(window) && mayMoveSome(state, { by, from: account, to, window, at });
  const to = await choiceOf(context, state, { by, at, except: account, isMeant });
  return { ok: true, form: { from: rowOf(state, { by, account, at }), to } };
}

/** The accounts with credits left in a window, that the person may move from. */
export const sourcesFor = async (
  context: AppContext,
  state: State,
  { by, to, window, at }: { by: string; to: AccountId; window: Window; at: number },
): Promise<MoveChoice> =>
  await choiceOf(context, state, {
    by,
    at,
    except: to,
    isMeant: (from, of) =>
      of === window &&
      standings(state, from, at).some(
        (each) => each.window === window && movableOf(state, each, at).movableCredits > 0,
      ) &&
      mayMoveSome(state, { by, from, to, window, at }),
  });

const mayMoveSome = (state: State, move: Omit<Parameters<typeof checkMove>[1], 'amountCredits'>) =>
  checkMove(state, { ...move, amountCredits: 1 }) === null;

type Choosing = {
  by: string;
  at: number;
  except: AccountId;
  isMeant: (account: AccountId, window: Window) => boolean;
};

async function choiceOf(context: AppContext, state: State, { by, at, except, isMeant }: Choosing): Promise<MoveChoice> {
  const accounts = [...state.limits.keys()].filter(
    (account) => account !== except && isOpen(state, account) && may(state, by, 'move_budget', { account }),
  );
  const found = accounts.flatMap((account) =>
    standings(state, account, at)
      .filter(({ window }) => isMeant(account, window))
      .map(({ window, availableCredits }) => ({
        ...labelOf(state, account),
        window,
        leftCredits: Math.max(0, availableCredits),
      })),
  );
  const names = await namesIn(context, found);
  const places = found
    .filter(({ memberId }) => memberId === null || names.has(memberId))
    .map((place) => ({ ...place, personName: place.memberId && (names.get(place.memberId) ?? null) }))
    .sort(inOrder);
  return { places: places.slice(0, PLACES_MAX), isCut: found.length > Math.min(places.length, PLACES_MAX) };
}

/** Clients first, then projects, teams and people, each by name. */
const inOrder = (one: MovePlace, other: MovePlace): number =>
  KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind) ||
  byName(
    { name: one.personName ?? one.name ?? one.account },
    { name: other.personName ?? other.name ?? other.account },
  );

const KINDS: readonly AccountLabel['kind'][] = ['client', 'project', 'team', 'member', 'member_in_client'];

/** Nothing is moved to and from the agency, nor people who were removed. */
function isOpen(state: State, text: AccountId): boolean {
  const account = parseAccount(text);
  if (!account || account.kind === 'agency') return false;
  return !('memberId' in account) || state.members.get(account.memberId)?.status !== 'removed';
}

/** One question to Slack makes all of them known. Without an answer a few are asked about, and go by their ids at worst. */
async function namesIn(context: AppContext, places: readonly AccountLabel[]): Promise<ReadonlyMap<string, string>> {
  const memberIds = [...new Set(places.flatMap(({ memberId }) => memberId ?? []))];
  const known = memberIds.length > 0 ? await context.people.names().catch(() => null) : null;
  const asked = known ? memberIds : memberIds.sort().slice(0, PEOPLE_ASKED_MAX);
  return new Map(
    await Promise.all(asked.map(async (id): Promise<[string, string]> => [id, await nameOf(context, id)])),
  );
}

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
