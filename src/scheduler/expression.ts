import { parse } from 'node-cron';

/** What an expression says: a time of day, and on which dates. */
export type Times = { hour: number; minute: number; isOn(date: string): boolean };

/**
 * Reads an expression as node-cron does. Throws where a tick is not a date: more than one time a day, seconds, or days that
 * are not numbers or names, such as `L`.
 */
export function timesOf(expression: string): Times {
  const known = readBefore.get(expression);
  if (known) return known;
  if (readBefore.size >= REMEMBERED_MAX) readBefore.clear();
  const times = read(expression);
  readBefore.set(expression, times);
  return times;
}

const REMEMBERED_MAX = 64;
const readBefore = new Map<string, Times>();

function read(expression: string): Times {
  const { second, minute, hour, dayOfMonth, month, dayOfWeek } = parse(expression);
  const [onlyHour, ...moreHours] = hour;
  const [onlyMinute, ...moreMinutes] = minute;
  if (onlyHour === undefined || onlyMinute === undefined || moreHours.length + moreMinutes.length > 0)
    throw new RangeError(`${expression} does not name one time of day`);
  if (second.join() !== '0') throw new RangeError(`${expression} names seconds`);
  if ([...dayOfMonth, ...dayOfWeek].some((day) => typeof day === 'string'))
    throw new RangeError(`${expression} names days by more than numbers`);
  return {
    hour: onlyHour,
    minute: onlyMinute,
    isOn(date) {
      const day = new Date(Date.parse(date));
      return (
        month.includes(day.getUTCMonth() + 1) &&
        dayOfMonth.includes(day.getUTCDate()) &&
        dayOfWeek.includes(day.getUTCDay())
      );
    },
  };
}
