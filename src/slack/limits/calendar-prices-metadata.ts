import { z } from 'zod';
import type { CalendarPrices } from '../../app/limits/calendar-prices.ts';
import { FIRST_PAGES, type HomeLocation, readMetadata, writeMetadata } from '../kit/home-metadata.ts';
import { parsed } from './limits-metadata.ts';

/**
 * What the forms and the way back carry. Hints: the ledger decides anew. `shown` stood in the form, `wanted` is what somebody
 * made of it.
 */
export type CalendarPricesHint = { pages: HomeLocation; shown: CalendarPrices | null; wanted: CalendarPrices | null };

export const calendarPricesOnWire = z.object({
  timeZone: z.string().max(100),
  weekStartsOn: z.int(),
  creditValueMicroUsd: z.int(),
  markupBasisPoints: z.int(),
});
const onWire = z.object({
  pages: z.string(),
  shown: calendarPricesOnWire.nullable(),
  wanted: calendarPricesOnWire.nullable(),
});

export const writeCalendarPricesHint = ({ pages, ...hint }: CalendarPricesHint): string =>
  JSON.stringify({ ...hint, pages: writeMetadata(pages) });

/** What cannot be read changes nothing. */
export function readCalendarPricesHint(metadata: string | undefined): CalendarPricesHint {
  const read = onWire.safeParse(parsed(metadata));
  if (!read.success) return { pages: FIRST_PAGES, shown: null, wanted: null };
  return { ...read.data, pages: readMetadata(read.data.pages).pages };
}
