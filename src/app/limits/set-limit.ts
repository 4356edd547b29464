import { type AccountId, parseAccount } from '../../ledger/accounts.ts';
import type { CommandBody } from '../../ledger/commands/commands.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import type { OnExceeded, State } from '../../ledger/state.ts';
import { sameFigures } from '../../ledger/usage/standings.ts';
import type { Window } from '../../ledger/usage/windows.ts';
import { rehearseCommands } from '../changes/rehearse-commands.ts';
import type { AppContext } from '../context.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { syncMember } from '../people/sync-member.ts';
import { submitChange, submitFirst } from '../submit-change.ts';
import { type AccountLabel, labelOf } from './account-label.ts';
import { figuresWanted, limitCommand, type WantedLimit } from './preview-limits.ts';
import { type Figures, figuresOf } from './show-limits.ts';

export type LimitChange = {
  account: AccountId;
  window: Window;
  /** Null takes the limit away. */
  limitCredits: number | null;
  /** Left out, both stay as they are. */
  over?: OnExceeded;
  rollOverMaxCredits?: number | null;
};

/** Sets one limit. A person that Inkwell does not know yet becomes known first. */
export async function setLimit(
  context: AppContext,
  { deliveryId, by, ...change }: ChangeInput<LimitChange>,
): Promise<ChangeResult> {
  await syncSubject(context, change.account);
  return await submitChange(context, { deliveryId, by, command: limitCommandOf(context.book.now(), change) });
}

async function syncSubject(context: AppContext, account: AccountId): Promise<void> {
  const parsed = parseAccount(account);
  if (parsed?.kind === 'member') await syncMember(context, parsed.memberId);
}

export function limitCommandOf(state: State, { account, window, limitCredits, ...how }: LimitChange): CommandBody {
  const now = figuresOf(state, account)[window];
  const { over = now?.over ?? 'refuse', rollOverMaxCredits = now?.rollOverMaxCredits ?? null } = how;
  return { kind: 'set_limit', account, window, limitCredits, over, rollOverMaxCredits };
}

export type SavedLimits = {
  label: AccountLabel;
  /** `before`: what held when it was saved, which may be something else than what the form showed. */
  saved: readonly { window: Window; before: Figures; after: Figures }[];
  refusals: readonly Refusal[];
};

/** Sets the limits of one account, each window by a command of its own: all of them, or none where one is refused. */
export async function saveLimits(
  context: AppContext,
  { deliveryId, by, account, wanted }: ChangeInput<{ account: AccountId; wanted: readonly WantedLimit[] }>,
): Promise<SavedLimits> {
  const saved: SavedLimits['saved'][number][] = [];
  const refusals: Refusal[] = [];
  const state = await context.book.read();
  const label = labelOf(state, account);
  const changes = wanted.flatMap((each) => {
    const { window } = each;
    const before = figuresOf(state, account)[window];
    const after = figuresWanted(each, before);
    // Another person has set it to this meanwhile.
    return sameFigures(after, before) ? [] : [{ window, before, after }];
  });
  const commands = changes.map(({ window, after }) => limitCommand(account, { window, figures: after }));
  const inTheWay = rehearseCommands(context, { state, by, commands });
  if (inTheWay.length > 0) return { label, saved, refusals: inTheWay };
  await syncSubject(context, account);
  const tellings: (() => Promise<void>)[] = [];
  for (const change of changes) {
    const { window, after } = change;
    const command = limitCommand(account, { window, figures: after });
    const changed = await submitFirst(context, { deliveryId: `${deliveryId}/${window}`, by, command });
    tellings.push(changed.tellOthers);
    if (changed.ok) saved.push(change);
    else refusals.push(changed.refusal);
  }
  // All of it in one message: the first telling finds every change, and leaves nothing to the others.
  for (const tellOthers of tellings) await tellOthers();
  return { label, saved, refusals };
}
