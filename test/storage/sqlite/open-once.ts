// Opens a database file and says how that went: `node open-once.mjs FILE [when, in epoch ms | "nobody"]`.

import type { SqliteFault } from '../../../src/storage/sqlite/fault.ts';
import { openSqlite } from '../../../src/storage/sqlite/open.ts';

const [file = '', how = '0'] = process.argv.slice(2);
openSqlite(':memory:', { schema: [] }).close();
if (how === 'nobody') {
  // Root may write anywhere; nobody may not. The engine is loaded by now, wherever it lies.
  if (process.getuid?.() === 0) process.setgid?.(65_534);
  if (process.getuid?.() === 0) process.setuid?.(65_534);
} else {
  // Several at once: whoever is early waits here.
  while (Date.now() < Number(how));
}
try {
  openSqlite(file, { schema: ['CREATE TABLE a (x)', 'CREATE TABLE b (y)'] }).close();
  console.log('opened');
} catch (error) {
  const { name, code, message } = error as SqliteFault;
  console.log(`${name} ${code} ${message}`);
}
