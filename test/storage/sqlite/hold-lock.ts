// Holds a lock on database files for a while, as another program does: `node hold-lock.mjs SQL MS FILE…`. Says when.
import { createRequire } from 'node:module';

const { DatabaseSync } = createRequire(import.meta.url)('@photostructure/sqlite');
const [sql, ms, ...files] = process.argv.slice(2);
const databases = files.map((file) => {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA busy_timeout=5000');
  for (const each of String(sql).split(';')) database.prepare(each).get();
  return database;
});
console.log('locked');
setTimeout(() => {
  for (const database of databases) database.close();
  process.exit(0);
}, Number(ms));
