// Pages of messages put together, and turned into rows. Pure.
import { dayKey, timeOf } from './text/dates.js';

/** Messages of one author closer than this share one head. */
const TOGETHER_MS = 5 * 60_000;

/** The newest page over what is already there: older pages stay, and what vanished within the new page's span goes. */
export function mergePage(before, page) {
  if (!before || before.messages.length === 0) return page;
  const first = page.messages[0]?.ts;
  const older =
    first === undefined || !page.hasOlder ? [] : before.messages.filter(({ ts }) => Number(ts) < Number(first));
  return {
    ...page,
    messages: [...older, ...page.messages],
    hasOlder: older.length > 0 ? before.hasOlder : page.hasOlder,
  };
}

/**
 * Rows of a list: day separators (in a thread a line with the number of replies), a "new" line before `newFromTs`,
 * and messages. `compact` rows go without face and name; what only one person sees always has its own.
 */
export function rowsOf(messages, { newFromTs = null, inThread = false } = {}) {
  const rows = [];
  const replies = messages.filter(({ note }) => !note).length - 1;
  let last = null;
  for (const message of messages) {
    const at = timeOf(message.ts);
    const day = inThread ? '' : dayKey(at);
    if (!inThread && last?.day !== day) rows.push({ kind: 'day', key: `day ${day}`, at });
    const starts = newFromTs !== null && Number(message.ts) >= Number(newFromTs);
    const isNew = starts && !(last?.starts ?? false);
    if (isNew) rows.push({ kind: 'new', key: 'new' });
    const isParent = inThread && last === null;
    const compact = last !== null && last.day === day && !isNew && !last.isParent && goesTogether(last, message, at);
    rows.push({ kind: 'message', key: message.ts, message, at, compact, inThread });
    if (isParent && replies > 0) rows.push({ kind: 'replies', key: 'replies', count: replies });
    last = { day, at, message, starts, isParent };
  }
  return rows;
}

function goesTogether(last, message, at) {
  const before = last.message;
  if (before.ephemeral || message.ephemeral) return false;
  return before.userId === message.userId && at - last.at < TOGETHER_MS;
}

/** Notes of the page itself stand among the messages, as Slackbot's, by time. */
export function withNotes(messages, notes, { channelId, userId }) {
  if (notes.length === 0) return messages;
  const common = { channelId, userId, note: true, ephemeral: true, edited: false, replies: 0, blocks: [], files: [] };
  return [...messages, ...notes.map((note) => ({ ...common, ...note }))].sort((a, b) => Number(a.ts) - Number(b.ts));
}
