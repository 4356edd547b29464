import { z } from 'zod';
import type { WantedLimit } from '../../app/limits/preview-limits.ts';
import type { Figures } from '../../app/limits/show-limits.ts';
import type { AccountId } from '../../ledger/accounts.ts';
import { ON_EXCEEDED } from '../../ledger/state.ts';
import { sameFigures } from '../../ledger/usage/standings.ts';
import { ROLLS_OVER, WINDOWS, type Window } from '../../ledger/usage/windows.ts';
import { accountOnWire, formMetadata } from '../kit/form/metadata.ts';
import { readCredits } from '../kit/form/typed.ts';
import { type FieldsRead, fieldOf, given, optionAt, textAt, type Values } from '../kit/form/values.ts';
import type { HomeLocation } from '../kit/home-metadata.ts';

/** The blocks that the values come back under. Figures stand under the name of their window. */
export const OVER_FIELD: Readonly<Record<Window, string>> = {
  day: 'over_day',
  week: 'over_week',
  month: 'over_month',
  quarter: 'over_quarter',
  year: 'over_year',
  total: 'over_total',
};
export const ROLL_OVER_FIELD = 'roll_over';

export type Shown = Readonly<Record<Window, Figures>>;
export const NOTHING_SET: Shown = { day: null, week: null, month: null, quarter: null, year: null, total: null };

/**
 * What the forms about limits carry. `shown` is what stood in the form, so that only what a person changed in it is
 * changed; `wanted` is what is to be saved once it has been rehearsed.
 */
export type LimitsMetadata = {
  pages: HomeLocation;
  account: AccountId;
  shown: Shown;
  wanted: readonly WantedLimit[];
};

const credits = z.int().min(0);
export const figuresOnWire = z
  .object({ limitCredits: credits, over: z.enum(ON_EXCEEDED), rollOverMaxCredits: credits.nullable() })
  .nullable();
const metadata = formMetadata({
  account: accountOnWire,
  shown: z.object({
    day: figuresOnWire,
    week: figuresOnWire,
    month: figuresOnWire,
    // Forms that were opened before there were these two do not carry them.
    quarter: figuresOnWire.default(null),
    year: figuresOnWire.default(null),
    total: figuresOnWire,
  }),
  wanted: z.array(z.object({ window: z.enum(WINDOWS), figures: figuresOnWire })).max(WINDOWS.length),
});

export const writeLimitsMetadata = ({ account, shown, wanted, pages }: LimitsMetadata): string =>
  metadata.write({ account, shown, wanted: wanted.map(({ window, figures }) => ({ window, figures })), pages });

/** Null for what cannot be read: without what was shown, everything in the form would look changed. */
export function readLimitsMetadata(text: string | undefined): LimitsMetadata | null {
  const read = metadata.read(text);
  return read && { ...read, wanted: read.wanted.map((each) => ({ ...each, shown: read.shown[each.window] })) };
}

/** The windows that were edited. Untouched ones keep their limits, and those that the form did not ask for. */
export function readLimits(form: Values, { shown }: LimitsMetadata): FieldsRead<WantedLimit[]> {
  const errors: Record<string, string> = {};
  const asked = WINDOWS.filter((window) => fieldOf(form, window) !== null);
  const wanted = asked.flatMap((window): WantedLimit[] => {
    const figures = readWindow(form, window, errors);
    return sameFigures(figures, shown[window]) ? [] : [{ window, figures, shown: shown[window] }];
  });
  return Object.keys(errors).length > 0 ? { ok: false, errors } : given(wanted);
}

function readWindow(form: Values, window: Window, errors: Record<string, string>): Figures {
  const limitCredits = readFigure(form, window, errors);
  const rollOverMaxCredits = ROLLS_OVER[window] ? readFigure(form, ROLL_OVER_FIELD, errors) : null;
  if (limitCredits === null) {
    if (rollOverMaxCredits !== null && !errors[window]) {
      errors[ROLL_OVER_FIELD] = 'Set a monthly limit first, so that credits can roll over.';
    }
    return null;
  }
  const chosen = optionAt(form, OVER_FIELD[window]);
  const over = ON_EXCEEDED.find((each) => each === chosen) ?? 'refuse';
  return { limitCredits, over, rollOverMaxCredits };
}

function readFigure(form: Values, blockId: string, errors: Record<string, string>): number | null {
  const read = readCredits(textAt(form, blockId));
  if (read.ok) return read.value;
  errors[blockId] = read.error;
  return null;
}
