import { z } from 'zod';
import type { CalendarPrices } from '../../app/limits/calendar-prices.ts';
import { number } from '../../words/figures.ts';
import { formMetadata } from '../kit/form/metadata.ts';
import { type Read, wrong } from '../kit/form/typed.ts';
import { type FieldsRead, given, optionAt, textAt, together, typedAt, type Values } from '../kit/form/values.ts';
import { readTimeZone } from '../kit/time-zone.ts';
import { DASH, plainFigures } from '../kit/typed-figures.ts';

export const CALENDAR_PRICES_FIELDS = {
  timeZone: 'time_zone',
  weekStartsOn: 'week_starts_on',
  creditValue: 'credit_value',
  markup: 'markup',
} as const;

/** The most that the ledger takes, in the units of the form. */
const DOLLARS_MAX = 1_000;
const PERCENT_MAX = 99_900;

export const calendarPricesOnWire = z.object({
  timeZone: z.string().max(100),
  weekStartsOn: z.int(),
  creditValueMicroUsd: z.int(),
  markupBasisPoints: z.int(),
});

/** `shown` are the form's first values, `wanted` the person's. */
export const calendarPricesMetadata = formMetadata({
  shown: calendarPricesOnWire.nullable(),
  wanted: calendarPricesOnWire.nullable(),
});
type CalendarPricesMetadata = NonNullable<ReturnType<typeof calendarPricesMetadata.read>>;

/** The person's edits of the shown values. */
export type Wanted = { shown: CalendarPrices; wanted: CalendarPrices };

/** Null where it is not known what was shown. */
export function readCalendarPrices(form: Values, { shown }: CalendarPricesMetadata): FieldsRead<Wanted> | null {
  if (!shown) return null;
  const { timeZone, weekStartsOn, creditValue, markup } = CALENDAR_PRICES_FIELDS;
  const zone = clean(textAt(form, timeZone));
  const weekday = Number(optionAt(form, weekStartsOn) ?? shown.weekStartsOn);
  const read = together({
    // An untouched field is not read: it may hold an older zone name that this machine does not offer.
    timeZone: zone === shown.timeZone ? given(zone) : typedAt(form, timeZone, (typed) => readTimeZone(clean(typed))),
    weekStartsOn: given(Number.isInteger(weekday) ? weekday : shown.weekStartsOn),
    creditValueMicroUsd: typedAt(form, creditValue, readDollars),
    markupBasisPoints: typedAt(form, markup, readMarkup),
  });
  return read.ok ? given({ shown, wanted: read.value }) : read;
}

const clean = (typed: string | null) => plainFigures(typed ?? '').trim();

/** `0.01`, `$0.0125`, `0,5`: exact to a millionth. */
function readDollars(typed: string): Read<number> {
  const [, whole, decimals = ''] = /^\$?\s?(\d{1,4})(?:[.,](\d{1,6}))?$/.exec(clean(typed)) ?? [];
  if (whole === undefined) return wrong('Write an amount in dollars, such as 0.01.');
  const microUsd = Number(whole) * 1_000_000 + Number(decimals.padEnd(6, '0'));
  const isFine = microUsd >= 1 && microUsd <= DOLLARS_MAX * 1_000_000;
  return isFine
    ? { ok: true, value: microUsd }
    : wrong(`It must be more than 0 and at most ${number(DOLLARS_MAX)} dollars.`);
}

const MARKUP = new RegExp(`^(${DASH}?)(\\d{1,6})(?:[.,](\\d{1,2}))?\\s?%?$`, 'u');

/** `50`, `12.5 %`, `-10`. */
function readMarkup(typed: string): Read<number> {
  const [, sign, whole, decimals = ''] = MARKUP.exec(clean(typed)) ?? [];
  if (whole === undefined) return wrong('Write a number of percent, such as 50 or 12.5.');
  const hundredths = Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
  const basisPoints = 10_000 + (sign ? -hundredths : hundredths);
  const isFine = basisPoints >= 1 && basisPoints <= PERCENT_MAX * 100 + 10_000;
  return isFine
    ? { ok: true, value: basisPoints }
    : wrong(`It must be more than −100 and at most ${number(PERCENT_MAX)}.`);
}
