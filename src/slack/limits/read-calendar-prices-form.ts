import type { ViewOutput } from '@slack/bolt';
import type { CalendarPrices } from '../../app/limits/calendar-prices.ts';
import type { Read } from '../admin-forms/set-up-input.ts';
import { fieldOf, optionIn, textIn } from '../admin-forms/set-up-values.ts';
import { readTimeZone } from '../kit/time-zone.ts';
import { CALENDAR_PRICES_FIELDS as FIELD } from './calendar-prices-form.ts';

/** The most that the ledger takes, in the units of the form. */
const DOLLARS_MAX = 1_000;
const PERCENT_MAX = 99_900;

type FormRead = { ok: true; wanted: CalendarPrices } | { ok: false; errors: Record<string, string> };

export function readCalendarPrices(form: Pick<ViewOutput, 'state'>, shown: CalendarPrices): FormRead {
  const errors: Record<string, string> = {};
  const take = <Value>(blockId: string, read: Read<Value>, none: Value): Value => {
    if (read.ok) return read.value;
    errors[blockId] = read.error;
    return none;
  };
  const typed = (blockId: string) => (textIn(fieldOf(form, blockId)) ?? '').normalize('NFKC').trim();
  const zone = typed(FIELD.timeZone);
  const weekday = Number(optionIn(fieldOf(form, FIELD.weekStartsOn)) ?? shown.weekStartsOn);
  const wanted: CalendarPrices = {
    // What nobody touched is not read: it may be an older name than this machine offers.
    timeZone: zone === shown.timeZone ? zone : take(FIELD.timeZone, readTimeZone(zone), shown.timeZone),
    weekStartsOn: Number.isInteger(weekday) ? weekday : shown.weekStartsOn,
    creditValueMicroUsd: take(FIELD.creditValue, readDollars(typed(FIELD.creditValue)), 1),
    markupBasisPoints: take(FIELD.markup, readMarkup(typed(FIELD.markup)), 1),
  };
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, wanted };
}

/** `0.01`, `$0.0125`, `0,5`: exact to a millionth. */
function readDollars(typed: string): Read<number> {
  const [, whole, decimals = ''] = /^\$?\s?(\d{1,4})(?:[.,](\d{1,6}))?$/.exec(typed) ?? [];
  if (whole === undefined) return { ok: false, error: 'Write an amount in dollars, such as 0.01.' };
  const microUsd = Number(whole) * 1_000_000 + Number(decimals.padEnd(6, '0'));
  if (microUsd < 1 || microUsd > DOLLARS_MAX * 1_000_000) {
    return { ok: false, error: `It has to be more than 0, and at most ${DOLLARS_MAX} dollars.` };
  }
  return { ok: true, value: microUsd };
}

/** `50`, `12.5 %`, `-10`. */
function readMarkup(typed: string): Read<number> {
  const [, sign, whole, decimals = ''] = /^([-−]?)(\d{1,6})(?:[.,](\d{1,2}))?\s?%?$/.exec(typed) ?? [];
  if (whole === undefined) return { ok: false, error: 'Write a number of percent, such as 50 or 12.5.' };
  const hundredths = Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
  const basisPoints = 10_000 + (sign ? -hundredths : hundredths);
  if (basisPoints < 1 || basisPoints > PERCENT_MAX * 100 + 10_000) {
    return { ok: false, error: `It has to be more than −100, and at most ${PERCENT_MAX}.` };
  }
  return { ok: true, value: basisPoints };
}
