import type { Message } from '../workspace.ts';
import type { Database } from './database.ts';

/** A reader sees ephemerals sent to them; `null` reads as Slack itself, which sees all. */
export type Reader = string | null;

export type Messages = {
  get(channelId: string, ts: string): Message | null;
  put(message: Message): void;
  remove(channelId: string, ts: string): void;
  removeAll(channelId: string): void;
  /** The same messages under another channel's id. */
  move(channelId: string, toChannelId: string): void;
  /** Messages of the channel itself, without replies; oldest first, the last ones before `before`. */
  page(channelId: string, query: { reader: Reader; before: string | null; limit: number }): Message[];
  /** Replies to a message, oldest first. */
  replies(channelId: string, ts: string, reader: Reader): Message[];
  /** Everything in the channel, replies among it, oldest first. */
  all(channelId: string, reader: Reader): Message[];
  /** Messages after `since` that everyone sees. A person who writes has read what is above. */
  unread(channelId: string, since: string): number;
  /** All messages whose blocks or files mention this id; for "who may see this file". */
  mentioning(id: string): Message[];
  /** The message of a channel that was sent with an id of its sender's. */
  sentAs(channelId: string, clientMessageId: string): Message | null;
  lastTs(): string | null;
};

const VISIBLE = '(?2 IS NULL OR only_for IS NULL OR only_for = ?2)';

export function messagesIn(database: Database): Messages {
  const read = (sql: string) => {
    const statement = database.prepare(`SELECT json FROM messages WHERE ${sql}`);
    return (...values: (string | number | null)[]) => statement.all(...values).map(parse);
  };
  const one = read('channel = ? AND ts = ?');
  const page = read(
    `channel = ?1 AND thread IS NULL AND ${VISIBLE} AND (?3 IS NULL OR ts < ?3) ORDER BY ts DESC LIMIT ?4`,
  );
  const replies = read(`channel = ?1 AND thread = ?3 AND ${VISIBLE} ORDER BY ts`);
  const all = read(`channel = ?1 AND ${VISIBLE} ORDER BY ts`);
  const mentioning = read('instr(json, ?) > 0');
  const sentAs = read(`channel = ? AND json_extract(json, '$.clientMessageId') = ?`);
  const put = database.prepare(
    `INSERT INTO messages (channel, ts, thread, only_for, json) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (channel, ts) DO UPDATE SET json = excluded.json`,
  );
  const remove = database.prepare('DELETE FROM messages WHERE channel = ? AND ts = ?');
  const removeAll = database.prepare('DELETE FROM messages WHERE channel = ?');
  const move = database.prepare(
    `UPDATE messages SET channel = ?2, json = json_set(json, '$.channelId', ?2) WHERE channel = ?1`,
  );
  const unread = database.prepare(
    'SELECT count(*) AS n FROM messages WHERE channel = ? AND thread IS NULL AND only_for IS NULL AND ts > ?',
  );
  const last = database.prepare('SELECT max(ts) AS ts FROM messages');
  return {
    get: (channelId, ts) => one(channelId, ts)[0] ?? null,
    put: (message) => {
      const { channelId, ts, threadTs, onlyFor } = message;
      put.run(channelId, ts, threadTs, onlyFor, JSON.stringify(message));
    },
    remove: (channelId, ts) => void remove.run(channelId, ts),
    removeAll: (channelId) => void removeAll.run(channelId),
    move: (channelId, toChannelId) => void move.run(channelId, toChannelId),
    page: (channelId, { reader, before, limit }) => page(channelId, reader, before, limit).reverse(),
    replies: (channelId, ts, reader) => replies(channelId, reader, ts),
    all: (channelId, reader) => all(channelId, reader),
    unread: (channelId, since) => (unread.get(channelId, since) as { n: number }).n,
    mentioning: (id) => mentioning(`"${id}"`),
    sentAs: (channelId, clientMessageId) => sentAs(channelId, clientMessageId)[0] ?? null,
    lastTs: () => (last.get() as { ts: string | null }).ts,
  };
}

function parse(row: unknown): Message {
  return JSON.parse((row as { json: string }).json) as Message;
}
