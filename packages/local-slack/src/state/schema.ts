/** Documents as JSON, with columns only for what is searched by. Oldest migration first. */
export const SCHEMA: readonly string[] = [
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

export const TABLES = [
  'people',
  'channels',
  'homes',
  'response_urls',
  'files',
  'file_bytes',
  'messages',
  'read_marks',
] as const;
