import type { AccountId } from '../../ledger/accounts.ts';
import { activeWith } from '../../ledger/lists/member-lists.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { limitAction, may } from '../../ledger/rights/rights.ts';
import { thereOf } from '../../ledger/rights/who-is-there.ts';
import type { Member, State } from '../../ledger/state.ts';
import { usableStandings } from '../../ledger/usage/usable.ts';
import type { Window } from '../../ledger/usage/windows.ts';
import type { AppContext } from '../context.ts';
import type { ChangeInput } from '../inputs.ts';
import { type AccountLabel, labelOf } from '../limits/account-label.ts';
import { authorizeView } from '../limits/authorize-view.ts';
import { postCardTo } from '../once/post-card.ts';
import { postOnce } from '../once/post-once.ts';

export type OwnersAsked =
  | { ok: true; label: AccountLabel; askedIds: readonly string[] }
  | { ok: false; refusal: Refusal };

/** Asks the owners for more of a limit that its manager may not raise. They decide by the limit’s own form, or do nothing. */
export async function askOwners(
  context: AppContext,
  { deliveryId, by, account, window, reason }: ChangeInput<{ account: AccountId; window: Window; reason: string }>,
): Promise<OwnersAsked> {
  const seen = await authorizeView(context, { by, action: 'see_figures', account });
  if (!seen.ok) return seen;
  const { state, at } = seen;
  const label = labelOf(state, account);
  const figures = usableStandings(state, account, at).find((each) => each.window === window) ?? null;
  const card = { kind: 'more_asked', at, by, reason, label, window, figures } as const;
  const askedIds: string[] = [];
  for (const memberId of ownersToAsk(state, { by, account, at })) {
    if ((await context.channels.audience(null, memberId)) !== 'internal') continue;
    const key = `more-asked/${deliveryId}/to/${memberId}`;
    const canRaise = may(state, memberId, limitAction(account), { account, at });
    const isPosted = await postOnce(context, key, (onceKey) =>
      postCardTo(context, memberId, { ...card, may: { raise: canRaise } }, onceKey),
    );
    if (isPosted) askedIds.push(memberId);
    else context.log.warn({ memberId, account }, 'could not ask an owner for more');
  }
  return { ok: true, label, askedIds };
}

export type AskOwnersForm =
  | { ok: true; label: AccountLabel; ownerIds: readonly string[] }
  | { ok: false; refusal: Refusal };

export async function showAskOwners(
  context: AppContext,
  { by, account }: { by: string; account: AccountId },
): Promise<AskOwnersForm> {
  const seen = await authorizeView(context, { by, action: 'see_figures', account });
  if (!seen.ok) return seen;
  const { state, at } = seen;
  return { ok: true, label: labelOf(state, account), ownerIds: ownersToAsk(state, { by, account, at }) };
}

/** The owners who are there, and the delegates of others who may raise it; all owners where none of these is. */
function ownersToAsk(state: State, { by, account, at }: { by: string; account: AccountId; at: number }): string[] {
  const owners = activeWith(state, 'owner').filter(({ memberId }) => memberId !== by);
  const can = ({ memberId }: Member) => memberId !== by && may(state, memberId, limitAction(account), { account, at });
  const there = thereOf(state, owners, { at, can });
  return (there.length > 0 ? there : owners).map(({ memberId }) => memberId);
}
