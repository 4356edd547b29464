import type { ViewOutput } from '@slack/bolt';
import type { WantedLimit } from '../../app/limits/preview-limits.ts';
import type { Figures } from '../../app/limits/show-limits.ts';
import { ON_EXCEEDED } from '../../ledger/state.ts';
import { sameFigures } from '../../ledger/usage/standings.ts';
import { WINDOWS, type Window } from '../../ledger/usage/windows.ts';
import { readCredits } from '../admin-forms/set-up-input.ts';
import { fieldOf, optionIn, textIn } from '../admin-forms/set-up-values.ts';
import { OVER_FIELD, ROLL_OVER_FIELD } from './limits-form.ts';
import type { Shown } from './limits-metadata.ts';

export type LimitsRead =
  | { ok: true; wanted: readonly WantedLimit[] }
  | { ok: false; errors: Readonly<Record<string, string>> };

/** The windows that somebody changed; what they left as it was shown is not touched. */
export function readLimitsForm(form: Pick<ViewOutput, 'state'>, shown: Shown): LimitsRead {
  const errors: Record<string, string> = {};
  const wanted = WINDOWS.flatMap((window): WantedLimit[] => {
    const figures = readWindow(form, window, errors);
    return sameFigures(figures, shown[window]) ? [] : [{ window, figures, shown: shown[window] }];
  });
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, wanted };
}

function readWindow(form: Pick<ViewOutput, 'state'>, window: Window, errors: Record<string, string>): Figures {
  const limitCredits = readFigure(form, window, errors);
  const rollOverMaxCredits = window === 'month' ? readFigure(form, ROLL_OVER_FIELD, errors) : null;
  if (limitCredits === null) {
    if (rollOverMaxCredits !== null && !errors[window]) {
      errors[ROLL_OVER_FIELD] = 'There has to be a monthly limit for something to roll over.';
    }
    return null;
  }
  const chosen = optionIn(fieldOf(form, OVER_FIELD[window]));
  const over = ON_EXCEEDED.find((each) => each === chosen) ?? 'refuse';
  return { limitCredits, over, rollOverMaxCredits };
}

function readFigure(form: Pick<ViewOutput, 'state'>, blockId: string, errors: Record<string, string>): number | null {
  const read = readCredits(textIn(fieldOf(form, blockId)));
  if (read.ok) return read.value;
  errors[blockId] = read.error;
  return null;
}
