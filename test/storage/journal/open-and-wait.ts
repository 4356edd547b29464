// Opens a journal, says so, and waits to be killed: `node open-and-wait.mjs FILE`.
import { writeSync } from 'node:fs';
import { openSqliteJournal } from '../../../src/storage/journal/sqlite.ts';

openSqliteJournal(process.argv[2] ?? '');
writeSync(1, 'open\n');
setInterval(() => {}, 1_000);
