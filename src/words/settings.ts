import { number } from './figures.ts';

/** The calendar and the prices, in words. */

export const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

export const weekdayWords = (weekStartsOn: number): string => WEEKDAYS[weekStartsOn] ?? String(weekStartsOn);

/** A time on the wall: `9:00 AM`. */
export function timeWords(minuteOfDay: number): string {
  const [hour, minute] = [Math.floor(minuteOfDay / 60), minuteOfDay % 60];
  return `${hour % 12 || 12}:${String(minute).padStart(2, '0')} ${hour < 12 ? 'AM' : 'PM'}`;
}

/** As it is typed into the form: `0.01`. */
export function dollars(microUsd: number): string {
  const decimals = String(microUsd % 1_000_000).padStart(6, '0');
  return `${Math.floor(microUsd / 1_000_000)}.${decimals}`.replace(/(\.\d\d\d*?)0+$/, '$1');
}

/** What comes on top of the provider's price, as it is typed into the form: `50`, `12.5`. */
export const markupPercent = (basisPoints: number): string => String((basisPoints - 10_000) / 100);

export function markupWords(basisPoints: number): string {
  const percent = number(Math.abs(basisPoints - 10_000) / 100);
  if (basisPoints === 10_000) return 'the provider’s price';
  return basisPoints > 10_000 ? `the provider’s price +${percent}%` : `the provider’s price −${percent}%`;
}

/** A moment by the clocks of a zone, because that is what is being changed: `1 December 2026, 00:00 Europe/Berlin time`. */
export function wallWords(atMs: number, timeZone: string): string {
  const words = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return `${words.format(atMs).replace(' at ', ', ')} ${timeZone} time`;
}
