import type { Refusal } from '../../ledger/refusals.ts';
import { sameFigures } from '../../ledger/usage/standings.ts';
import type { AppContext } from '../context.ts';
import { showSetup } from '../home/show-home.ts';
import type { ChangeInput } from '../inputs.ts';
import type { AccountLabel } from '../limits/account-label.ts';
import { showCalendarPrices } from '../limits/calendar-prices.ts';
import { moveBudget } from '../limits/move-budget.ts';
import { type PolicySaved, setPolicy } from '../limits/rules.ts';
import { type SavedLimits, saveLimits } from '../limits/set-limit.ts';
import { showLimits } from '../limits/show-limits.ts';
import { withCurrent } from './present-value.ts';
import { isSame, membersIn, type ReversibleChange, type SetUpChange, settingsChanged } from './reversible-change.ts';
import { makeChange } from './save-changes.ts';

type Of<Kind extends ReversibleChange['kind']> = Extract<ReversibleChange, { kind: Kind }>;

/** What came of an undo. Limits and settings are saved in parts, each of which may be refused. */
export type Undone =
  | { kind: 'undone'; change: SetUpChange }
  | { kind: 'moved_back'; change: Of<'moved'>; from: AccountLabel; to: AccountLabel }
  | { kind: 'limits'; outcome: SavedLimits }
  | { kind: 'settings'; change: Of<'settings'>; outcome: PolicySaved }
  /** `now`: the value that another person set since, where the reader may know it. */
  | { kind: 'changed_since'; now: SetUpChange | null }
  | { kind: 'refused'; refusal: Refusal };

type Undoing<Change> = ChangeInput<{ change: Change }>;

/**
 * Makes the reverse of an earlier change, while what that change left behind still holds: `before` is what has to be there,
 * `after` is what comes back. No preview: it was in force before.
 */
export async function undoChange(context: AppContext, { change, ...who }: Undoing<ReversibleChange>): Promise<Undone> {
  switch (change.kind) {
    case 'limits':
      return await undoLimits(context, { ...who, change });
    case 'settings':
      return await undoSettings(context, { ...who, change });
    case 'moved': {
      const { kind: _, ...move } = change;
      // The ledger moves back what has not been used meanwhile, and nothing else.
      const moved = await moveBudget(context, { ...who, ...move });
      if (!moved.ok) return { kind: 'refused', refusal: moved.refusal };
      return { kind: 'moved_back', change, from: moved.from, to: moved.to };
    }
    case 'limit':
    case 'name':
    case 'client_digest':
    case 'role':
    case 'channel':
    case 'closed':
    case 'project':
    case 'place':
    case 'teams':
    case 'suspended':
      return await undoSetUp(context, { ...who, change });
  }
}

async function undoSetUp(context: AppContext, { change, ...who }: Undoing<SetUpChange>): Promise<Undone> {
  const setup = await showSetup(context, { by: who.by, about: membersIn([change]) });
  const now = setup && withCurrent(setup, change);
  if (now && isSame(now.before, change.after)) return { kind: 'undone', change };
  if (!now || !isSame(now.before, change.before)) return { kind: 'changed_since', now: now ?? change };
  const changed = await makeChange(context, change, who);
  return changed.ok ? { kind: 'undone', change } : { kind: 'refused', refusal: changed.refusal };
}

async function undoLimits(context: AppContext, { change, ...who }: Undoing<Of<'limits'>>): Promise<Undone> {
  const { account, windows } = change;
  const seen = await showLimits(context, { by: who.by, account });
  if (!seen.ok) return { kind: 'refused', refusal: seen.refusal };
  if (windows.some(({ window, before }) => !sameFigures(seen.form.figures[window], before))) {
    return { kind: 'changed_since', now: null };
  }
  const wanted = windows.map(({ window, after }) => ({ window, figures: after }));
  return { kind: 'limits', outcome: await saveLimits(context, { ...who, account, wanted }) };
}

async function undoSettings(context: AppContext, { change, ...who }: Undoing<Of<'settings'>>): Promise<Undone> {
  const { before, after } = change;
  const seen = await showCalendarPrices(context, { by: who.by });
  if (!seen.ok) return { kind: 'refused', refusal: seen.refusal };
  const changes = settingsChanged(before, after);
  if (changes.some(({ name }) => seen.form[name] !== before[name])) return { kind: 'changed_since', now: null };
  return { kind: 'settings', change, outcome: await setPolicy(context, { ...who, changes }) };
}
