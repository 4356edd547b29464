import type { ResponseUrl } from '../deliveries/response-urls.ts';
import type { Seed } from '../seed.ts';
import type { Home } from '../views/slack-view.ts';
import type { Channel, FileRecord, Person } from '../workspace.ts';
import type { Database, OpenDatabase } from './database.ts';
import { type Documents, documents } from './documents.ts';
import { type Messages, messagesIn } from './messages.ts';

/** All that outlives the process: SQLite is the only copy, so what was answered is on disk. */
export type State = {
  people: Documents<Person>;
  channels: Documents<Channel>;
  homes: Documents<Home>;
  responseUrls: Documents<ResponseUrl>;
  files: Files;
  messages: Messages;
  readMark(person: string, channelId: string): string;
  markRead(person: string, channelId: string, ts: string): void;
  /** Gives a channel, and all that names it, another id. */
  moveChannel(channelId: string, toChannelId: string): void;
  /** A message id that was not given before, also when the clock stands still or was set back. */
  nextTs(): string;
  /** Forgets everything and restores the seed. */
  reset(): void;
  close(): void;
};

/** `file` is a path, or null for memory. */
type StateOptions = { file: string | null; openDatabase: OpenDatabase; seed: Seed; clock: () => number };

/** A new file gets the seed. */
export function openState(options: StateOptions): State {
  const { database, close } = options.openDatabase(options.file ?? ':memory:', SCHEMA);
  const readMark = database.prepare('SELECT ts FROM read_marks WHERE person = ? AND channel = ?');
  const markRead = database.prepare(
    `INSERT INTO read_marks (person, channel, ts) VALUES (?, ?, ?)
     ON CONFLICT (person, channel) DO UPDATE SET ts = max(ts, excluded.ts)`,
  );
  const moveReadMarks = database.prepare('UPDATE read_marks SET channel = ?2 WHERE channel = ?1');
  const messages = messagesIn(database);
  let lastMicros = microsOf(messages.lastTs());
  const state: State = {
    people: documents<Person>(database, 'people'),
    channels: documents<Channel>(database, 'channels'),
    homes: documents<Home>(database, 'homes'),
    responseUrls: documents<ResponseUrl>(database, 'response_urls'),
    files: filesIn(database),
    messages,
    readMark: (person, channelId) => (readMark.get(person, channelId) as { ts: string } | undefined)?.ts ?? '0',
    markRead: (person, channelId, ts) => void markRead.run(person, channelId, ts),
    moveChannel: (channelId, toChannelId) =>
      inTransaction(database, () => {
        const channel = state.channels.get(channelId);
        if (!channel) throw new Error(`There is no channel ${channelId} here.`);
        state.channels.put(toChannelId, { ...channel, channelId: toChannelId });
        state.channels.remove(channelId);
        messages.move(channelId, toChannelId);
        moveReadMarks.run(channelId, toChannelId);
        for (const url of state.responseUrls.all()) {
          if (url.channelId === channelId) state.responseUrls.put(url.id, { ...url, channelId: toChannelId });
        }
      }),
    nextTs: () => {
      lastMicros = Math.max(options.clock() * 1000, lastMicros + 1);
      return tsOf(lastMicros);
    },
    reset: () =>
      inTransaction(database, () => {
        for (const table of TABLES) database.exec(`DELETE FROM ${table}`);
        plant(state, options.seed, options.clock());
      }),
    close,
  };
  if (state.people.all().length === 0) state.reset();
  return state;
}

function plant(state: State, seed: Seed, now: number) {
  for (const person of seed.people) state.people.put(person.userId, { ...person, updatedAt: now });
  for (const channel of seed.channels) state.channels.put(channel.channelId, { ...channel, createdAt: now });
  for (const { channelId, userId, text, minutesAgo } of seed.messages) {
    const ts = tsOf((now - minutesAgo * 60_000) * 1000);
    state.messages.put({
      channelId,
      ts,
      threadTs: null,
      userId,
      text,
      blocks: [],
      fileIds: [],
      onlyFor: null,
      edited: null,
      isTombstone: false,
    });
    for (const { userId: reader } of seed.people) state.markRead(reader, channelId, ts);
  }
}

/** Padded, because timestamps are compared as texts, also under a clock that starts at zero. */
function tsOf(micros: number): string {
  const seconds = Math.floor(micros / 1_000_000);
  return `${String(seconds).padStart(10, '0')}.${String(micros % 1_000_000).padStart(6, '0')}`;
}

function microsOf(ts: string | null): number {
  if (ts === null) return 0;
  const [seconds = '0', micros = '0'] = ts.split('.');
  return Number(seconds) * 1_000_000 + Number(micros);
}

type Files = Documents<FileRecord> & {
  bytes(fileId: string): Uint8Array | null;
  keepBytes(fileId: string, bytes: Uint8Array): void;
  dropBytes(fileId: string): void;
};

function filesIn(database: Database): Files {
  const bytes = database.prepare('SELECT bytes FROM file_bytes WHERE id = ?');
  const keep = database.prepare(
    'INSERT INTO file_bytes (id, bytes) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET bytes = excluded.bytes',
  );
  const drop = database.prepare('DELETE FROM file_bytes WHERE id = ?');
  return {
    ...documents<FileRecord>(database, 'files'),
    bytes: (fileId) => (bytes.get(fileId) as { bytes: Uint8Array } | undefined)?.bytes ?? null,
    keepBytes: (fileId, content) => void keep.run(fileId, content),
    dropBytes: (fileId) => void drop.run(fileId),
  };
}

/** Documents as JSON, with columns only for what is searched by. Oldest migration first. */
const SCHEMA: readonly string[] = [
  `
  CREATE TABLE people (id TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;
  CREATE TABLE channels (id TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;
  CREATE TABLE homes (id TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;
  CREATE TABLE response_urls (id TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;
  CREATE TABLE files (id TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;
  CREATE TABLE file_bytes (id TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
  CREATE TABLE messages (
    channel TEXT NOT NULL, ts TEXT NOT NULL, thread TEXT, only_for TEXT, author TEXT NOT NULL, json TEXT NOT NULL,
    PRIMARY KEY (channel, ts)
  ) STRICT;
  CREATE INDEX messages_by_thread ON messages (channel, thread, ts);
  CREATE TABLE read_marks (person TEXT NOT NULL, channel TEXT NOT NULL, ts TEXT NOT NULL,
    PRIMARY KEY (person, channel)) STRICT
  `,
  'ALTER TABLE messages DROP COLUMN author',
];

const TABLES = [
  'people',
  'channels',
  'homes',
  'response_urls',
  'files',
  'file_bytes',
  'messages',
  'read_marks',
] as const;

/** All of `work` or nothing of it. */
function inTransaction(database: Database, work: () => void) {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
