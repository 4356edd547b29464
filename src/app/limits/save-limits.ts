import type { AccountId } from '../../ledger/accounts.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { sameFigures } from '../../ledger/usage/standings.ts';
import type { Window } from '../../ledger/usage/windows.ts';
import type { AppContext } from '../context.ts';
import type { ChangeInput } from '../inputs.ts';
import { submitChange } from '../submit-change.ts';
import { type AccountLabel, labelOf } from './account-label.ts';
import { figuresWanted, limitCommand, type WantedLimit } from './preview-limits.ts';
import { type Figures, figuresOf } from './show-limits.ts';

export type SavedLimits = {
  label: AccountLabel;
  /** `before`: what stood when it was saved, which may be something else than what stood in the form. */
  saved: readonly { window: Window; before: Figures; after: Figures }[];
  refusals: readonly Refusal[];
};

/** Each window by a command of its own: one that is refused is no reason to forget the others. */
export async function saveLimits(
  context: AppContext,
  { deliveryId, by, account, wanted }: ChangeInput<{ account: AccountId; wanted: readonly WantedLimit[] }>,
): Promise<SavedLimits> {
  const saved: SavedLimits['saved'][number][] = [];
  const refusals: Refusal[] = [];
  const state = await context.book.read();
  for (const each of wanted) {
    const { window } = each;
    const before = figuresOf(state, account)[window];
    const figures = figuresWanted(each, before);
    // Somebody else has set it so meanwhile.
    if (sameFigures(figures, before)) continue;
    const wish = limitCommand(account, { window, figures });
    const changed = await submitChange(context, { deliveryId: `${deliveryId}/${window}`, by, wish });
    if (changed.ok) saved.push({ window, before, after: figures });
    else refusals.push(changed.refusal);
  }
  return { label: labelOf(context.book.now(), account), saved, refusals };
}
