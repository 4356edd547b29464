// Times as Slack writes them, in the browser's own time zone.

/** How far the workspace's clock is ahead of this machine's. */
let aheadMs = 0;

/** From now on "today" is the workspace's. */
export function goBy(now) {
  aheadMs = now - Date.now();
}

/** The workspace's time. */
export const timeThere = () => Date.now() + aheadMs;

const shape = (options) => new Intl.DateTimeFormat('en-US', options);
const TIME = shape({ hour: 'numeric', minute: '2-digit' });
const TIME_SECONDS = shape({ hour: 'numeric', minute: '2-digit', second: '2-digit' });
const SHORT = shape({ month: 'short', day: 'numeric', year: 'numeric' });
const MONTH = shape({ month: 'long' });
const WEEKDAY = shape({ weekday: 'long' });
const NUMERIC = shape({ year: 'numeric', month: '2-digit', day: '2-digit' });

const PARTS = {
  date_num: (date) => {
    const part = Object.fromEntries(NUMERIC.formatToParts(date).map(({ type, value }) => [type, value]));
    return `${part.year}-${part.month}-${part.day}`;
  },
  date: (date) => `${monthDay(date)}, ${date.getFullYear()}`,
  date_short: (date) => SHORT.format(date),
  date_long: (date) => `${WEEKDAY.format(date)}, ${monthDay(date)}, ${date.getFullYear()}`,
  date_pretty: (date, now) => nearDay(date, now) ?? PARTS.date(date),
  date_short_pretty: (date, now) => nearDay(date, now) ?? PARTS.date_short(date),
  date_long_pretty: (date, now) => nearDay(date, now) ?? PARTS.date_long(date),
  time: (date) => TIME.format(date),
  time_secs: (date) => TIME_SECONDS.format(date),
  ago: (date, now) => ago(now - date.getTime()),
};

/** Slack's `<!date^…>` format string with its `{tokens}` filled in; unknown tokens stay. After other words it is a small “today”. */
export function formatDate(at, format, now = timeThere()) {
  const date = new Date(at);
  return format.replace(/\{(\w+)\}/g, (whole, name, offset) => {
    if (!Object.hasOwn(PARTS, name)) return whole;
    const written = PARTS[name](date, now);
    return offset > 0 && NEAR_DAYS.includes(written) ? written.toLowerCase() : written;
  });
}

/** A message's `ts` ("1700000000.000100") as epoch milliseconds. */
export function timeOf(ts) {
  return Math.floor(Number(ts) * 1000);
}

export function clockTime(at) {
  return TIME.format(new Date(at));
}

/** "Monday, December 7, 9:00 AM". */
export function dateAndTime(at) {
  const date = new Date(at);
  return `${WEEKDAY.format(date)}, ${MONTH.format(date)} ${date.getDate()}, ${TIME.format(date)}`;
}

export function dayKey(at) {
  return new Date(at).toDateString();
}

/** "Today", "Yesterday" or "Monday, November 23rd". */
export function dayName(at, now = timeThere()) {
  const date = new Date(at);
  const day = `${WEEKDAY.format(date)}, ${monthDay(date)}`;
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  return nearDay(date, now) ?? (sameYear ? day : `${day}, ${date.getFullYear()}`);
}

const NEAR_DAYS = ['Yesterday', 'Today', 'Tomorrow'];

function nearDay(date, now) {
  return NEAR_DAYS[1 + Math.round((startOfDay(date.getTime()) - startOfDay(now)) / 86_400_000)];
}

function startOfDay(at) {
  return new Date(at).setHours(0, 0, 0, 0);
}

function monthDay(date) {
  const day = date.getDate();
  const ending = day > 10 && day < 14 ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[day % 10] ?? 'th');
  return `${MONTH.format(date)} ${day}${ending}`;
}

function ago(passedMs) {
  const minutes = Math.round(Math.abs(passedMs) / 60_000);
  const [count, unit] =
    minutes < 1
      ? [0, '']
      : minutes < 60
        ? [minutes, 'minute']
        : minutes < 1440
          ? [Math.round(minutes / 60), 'hour']
          : [Math.round(minutes / 1440), 'day'];
  if (count === 0) return 'just now';
  const words = `${count} ${unit}${count === 1 ? '' : 's'}`;
  return passedMs < 0 ? `in ${words}` : `${words} ago`;
}
