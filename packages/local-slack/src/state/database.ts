import { createRequire } from 'node:module';
import type { DatabaseSync } from '@photostructure/sqlite';

export type Database = InstanceType<typeof DatabaseSync>;

/** Opens a file, or `:memory:`, and brings it to the newest of the migrations in `schema`, oldest first. */
export type OpenDatabase = (file: string, schema: readonly string[]) => { database: Database; close(): void };

/** Enough for trying things out. A host that has its own way to keep files safe passes that instead. */
export const openPlainly: OpenDatabase = (file, schema) => {
  const require = createRequire(import.meta.url);
  const { DatabaseSync: Engine } = require('@photostructure/sqlite') as { DatabaseSync: typeof DatabaseSync };
  const database = new Engine(file);
  const { user_version: seen } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  for (const [index, migration] of schema.entries()) {
    if (index >= seen) database.exec(`BEGIN; ${migration}; PRAGMA user_version=${index + 1}; COMMIT`);
  }
  return { database, close: () => database.close() };
};
