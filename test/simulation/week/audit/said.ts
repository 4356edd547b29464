import { addDays } from './calendar.ts';

/** What a message says, by its words alone. */
export type Said =
  | { kind: 'digest'; week: string }
  | { kind: 'limit'; account: string; window: string; state: string }
  | { kind: 'use'; account: string; date: string };

const DAY_MS = 86_400_000;
const WINDOWS: Readonly<Record<string, string>> = { weekly: 'week', monthly: 'month', total: 'total' };
const DIGEST = /The week of (\w+) (\d+)–/;
const LIMIT = /^(Resolved: )?(.+)’s (weekly|monthly|total) (?:budget|limit) (.+)\.$/;
const USE = /^(.+) used far more than usual/;

/** Null where it is neither a digest nor an alert. */
export function saidIn(text: string, at: number): Said | null {
  const [head = '', ...others] = text.split('\n');
  const digest = DIGEST.exec(head);
  if (digest) return { kind: 'digest', week: dateBefore(`${digest[1]} ${digest[2]}`, at) };
  const limit = LIMIT.exec(head);
  if (limit) {
    const [, , who = '', adjective = '', state = ''] = limit;
    return { kind: 'limit', account: accountOf(who), window: WINDOWS[adjective] ?? '', state: stateOf(state) };
  }
  const use = USE.exec(head);
  const day = / on \w+, (\w+ \d+)/.exec(others[0] ?? '')?.[1];
  return use && day ? { kind: 'use', account: accountOf(use[1] ?? ''), date: dateBefore(day, at) } : null;
}

/** `80`, `100`, `fast`, `left`, `resolved` or `ended`. */
function stateOf(words: string): string {
  if (words === 'is used up') return '100';
  if (words === 'is being used too fast') return 'fast';
  if (words === 'will be left over') return 'left';
  if (words === 'has room again') return 'resolved';
  if (words === 'has ended') return 'ended';
  return /^is (\d+)% used$/.exec(words)?.[1] ?? `unknown: ${words}`;
}

function accountOf(who: string): string {
  if (/^the agency$/i.test(who)) return 'agency';
  const named = /^the (team|project) (.+)$/i.exec(who);
  if (named) return `${named[1]?.toLowerCase()}:${named[2]?.toLowerCase()}`;
  const member = /^<@(\w+)>$/.exec(who);
  return member ? `member:${member[1]}` : `client:${who.toLowerCase()}`;
}

/** The last such day before a moment, in the words of a calendar without years. */
function dateBefore(day: string, at: number): string {
  const dates = [0, 1].map((yearsAgo) => {
    const year = new Date(at + DAY_MS).getUTCFullYear() - yearsAgo;
    return addDays(new Date(Date.parse(`${day}, ${year} UTC`)).toISOString().slice(0, 10), 0);
  });
  return dates.find((date) => Date.parse(date) <= at + DAY_MS) ?? '';
}
