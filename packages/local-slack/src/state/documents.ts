import type { Database } from './database.ts';

/** A table of JSON documents by id. A write is on disk when the call returns. */
export type Documents<T> = {
  get(id: string): T | null;
  put(id: string, document: T): void;
  all(): T[];
  remove(id: string): void;
};

export function documents<T>(database: Database, table: 'people' | 'channels' | 'homes' | 'response_urls' | 'files') {
  const get = database.prepare(`SELECT json FROM ${table} WHERE id = ?`);
  const put = database.prepare(
    `INSERT INTO ${table} (id, json) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET json = excluded.json`,
  );
  const all = database.prepare(`SELECT json FROM ${table} ORDER BY rowid`);
  const remove = database.prepare(`DELETE FROM ${table} WHERE id = ?`);
  const found: Documents<T> = {
    get: (id) => (get.get(id) ? parse<T>(get.get(id)) : null),
    put: (id, document) => void put.run(id, JSON.stringify(document)),
    all: () => all.all().map((row) => parse<T>(row)),
    remove: (id) => void remove.run(id),
  };
  return found;
}

/** Only this process writes the table, and only values of this type. */
function parse<T>(row: unknown): T {
  return JSON.parse((row as { json: string }).json) as T;
}
