import type { SqliteFile } from '../sqlite/file.ts';
import { endOfPrefix, type Marks } from './records.ts';

export function marksIn({ database, read, write }: SqliteFile): Marks {
  const insert = database.prepare('INSERT INTO marks VALUES (?, ?, ?, ?)');
  const select = database.prepare('SELECT value FROM marks WHERE workspace = ? AND key = ?');
  const remove = database.prepare('DELETE FROM marks WHERE workspace = ? AND key = ?');
  const expire = database.prepare(
    `DELETE FROM marks WHERE workspace = ?1 AND key IN (
       SELECT key FROM marks WHERE workspace = ?1 AND key >= ?2 AND key < ?3 AND at < ?4 LIMIT ?5
     )`,
  );
  return {
    put: async ({ workspace, key, value, at }) => putOrTaken(await write(() => insert.run(workspace, key, value, at))),
    get: ({ workspace, key }) =>
      read(() => (select.get(workspace, key) as { value: string } | undefined)?.value ?? null),
    remove: ({ workspace, key }) => read(() => void remove.run(workspace, key)),
    expire: ({ workspace, prefix, before, marksMax }) =>
      read(() => Number(expire.run(workspace, prefix, endOfPrefix(prefix), before, marksMax).changes)),
  };
}

export const putOrTaken = (written: 'written' | 'taken') => (written === 'written' ? 'put' : 'taken');
