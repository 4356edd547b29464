// The ledger-conformance-kit against the real book, on scratch data: `npm run conformance-server` serves its endpoints until it is stopped,
// `npm run conformance [-- --times 10] [--uri mongodb://…-test]` checks the fifteen invariants and prints a card.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { realClock } from '../src/start/real-clock.ts';
import { openMongoJournal } from '../src/storage/journal/mongo.ts';
import { openSqliteJournal } from '../src/storage/journal/sqlite.ts';
import { openMongo } from '../src/storage/mongo/open.ts';
import { serveKit, throughHttp } from '../test/conformance/http.ts';
import { INVARIANTS } from '../test/conformance/invariants.ts';
import { CAPABILITIES, CREDITS, type KitLedger } from '../test/conformance/kit.ts';
import { openBookLedger } from '../test/conformance/on-the-book.ts';

const { values, positionals } = parseArgs({
  options: { times: { type: 'string', default: '10' }, uri: { type: 'string' } },
  allowPositionals: true,
});

/** Never data of anybody's: a folder of its own that is removed again, or a database that says that it is a test's. */
async function openScratch() {
  if (values.uri === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'inkwell-lck-'));
    const journal = openSqliteJournal(join(folder, 'ledger.sqlite'));
    const remove = async () => {
      await journal.close();
      rmSync(folder, { recursive: true, force: true });
    };
    return { name: `SQLite in ${folder}`, journal, remove };
  }
  const mongo = await openMongo(values.uri, { waitMs: 30_000 });
  const name = mongo.connection.db?.databaseName ?? '';
  if (!name.endsWith('-test')) throw new Error('Name a database that ends in -test: it is dropped.');
  await mongo.connection.dropDatabase();
  const remove = async () => {
    await mongo.connection.dropDatabase();
    await mongo.close();
  };
  return { name: `MongoDB, ${name}`, journal: await openMongoJournal(mongo), remove };
}

async function card(ledger: KitLedger, where: string, times: number): Promise<boolean> {
  console.log(`${where}, ${times} times the kit's load`);
  let allHeld = true;
  for (const { id, title, needs, check } of INVARIANTS) {
    if (needs && !CAPABILITIES.some((each) => each === needs)) {
      console.log(`${id}  not declared  ${title} (${needs})`);
      continue;
    }
    await ledger.reset();
    const begunAt = performance.now();
    const { held, detail } = await check(ledger, times);
    allHeld &&= held;
    console.log(
      `${id}  ${held ? 'holds ' : 'BROKEN'}  ${title}: ${detail} (${Math.round(performance.now() - begunAt)} ms)`,
    );
  }
  return allHeld;
}

const scratch = await openScratch();
const ledger = await openBookLedger({ journals: [scratch.journal], clock: realClock });
const kit = await serveKit(ledger);
const stop = async () => {
  await kit.close();
  await ledger.close();
  await scratch.remove();
};
if (positionals[0] === 'check') {
  const times = Math.max(1, Math.trunc(Number(values.times)) || 1);
  const direct = await card(ledger, scratch.name, times);
  const http = await card(throughHttp(kit.url), 'Over HTTP', 1);
  await stop();
  process.exitCode = direct && http ? 0 : 1;
} else {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
  console.log(`The kit's endpoints on ${scratch.name} (removed at the end):\n  ${kit.url}/_lck/`);
  console.log(`Its one currency is credits, called ${CREDITS}. Run the kit with:`);
  console.log(`  lck run --adapter ${kit.url} --capabilities ${CAPABILITIES.join(',')}`);
}
