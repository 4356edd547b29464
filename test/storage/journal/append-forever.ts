// Writes to a journal until it is killed, and says which commands were answered: `node append-forever.mjs FILE NAME`.
import { writeSync } from 'node:fs';
import { Book } from '../../../src/book/book.ts';
import { realClock } from '../../../src/start/real-clock.ts';
import { openSqliteJournal } from '../../../src/storage/journal/sqlite.ts';
import { WORKSPACE } from '../../support/fixtures.ts';

const [file = '', name = ''] = process.argv.slice(2);
const IN_FLIGHT = 12;
const book = await Book.open({ journal: openSqliteJournal(file), clock: realClock, workspace: WORKSPACE });
let count = 0;

async function writeForever(): Promise<never> {
  for (;;) {
    count += 1;
    const memberId = `${name}-${count}`;
    await book.submit({ commandId: memberId, by: 'inkwell', kind: 'add_member', memberId, role: 'viewer' });
    writeSync(1, `${memberId}\n`);
  }
}

await Promise.all(Array.from({ length: IN_FLIGHT }, writeForever));
