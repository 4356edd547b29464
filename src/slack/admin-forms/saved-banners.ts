import { type ReversibleChange, reverse } from '../../app/changes/reversible-change.ts';
import type { AccountLabel } from '../../app/limits/account-label.ts';
import type { PolicySaved } from '../../app/limits/rules.ts';
import type { SavedLimits } from '../../app/limits/set-limit.ts';
import { accountParts } from '../../words/accounts.ts';
import { limitChanged } from '../../words/describe-limits.ts';
import { policyParts } from '../../words/describe-policy.ts';
import { credits } from '../../words/figures.ts';
import { WINDOW_WORDS } from '../../words/windows.ts';
import type { HomeBanner } from '../kit/home-banner.ts';
import { bold, type Inline } from '../kit/parts.ts';

/** What was saved of limits, a move and the calendar, with the way back: after the form, and after an undo. */

type Of<Kind extends ReversibleChange['kind']> = Extract<ReversibleChange, { kind: Kind }>;

export function limitsBanner({ label, saved }: SavedLimits): HomeBanner[] {
  if (saved.length === 0) return [];
  const said = saved.map(({ window, before, after }): Inline[] => [
    ...limitChanged(accountParts(label), { window, before, ...(after ?? { limitCredits: null }) }),
    '.',
  ]);
  return [{ kind: 'saved', said, undo: [reverse({ kind: 'limits', account: label.account, windows: saved })] }];
}

type Labels = { from: AccountLabel; to: AccountLabel };

/** `isBack`: by *Undo*. */
export function movedBanner(move: Omit<Of<'moved'>, 'kind'>, labels: Labels, { isBack = false } = {}): HomeBanner {
  const { amountCredits, window } = move;
  const said: Inline[] = [
    bold(credits(amountCredits)),
    isBack ? ' moved back from ' : ' moved from ',
    ...accountParts(labels.from, 'Inside'),
    ' to ',
    ...accountParts(labels.to, 'Inside'),
    `, ${WINDOW_WORDS[window].now}. Both limits show the move.`,
  ];
  return { kind: 'saved', said: [said], undo: [reverse({ kind: 'moved', ...move })] };
}

/** Only what was saved is turned round: of the rest nothing is to be undone. */
export function settingsBanner(
  { before }: Omit<Of<'settings'>, 'kind' | 'after'>,
  { saved }: PolicySaved,
): HomeBanner[] {
  if (saved.length === 0) return [];
  const after = { ...before, ...Object.fromEntries(saved.map(({ name, value }) => [name, value])) };
  const said = saved.map((change): Inline[] => [...policyParts(change), '.']);
  return [{ kind: 'saved', said, undo: [reverse({ kind: 'settings', before, after })] }];
}
