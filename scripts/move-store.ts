// Copies a ledger and its records to another store: `npm run move-store -- --to mongodb://…`, and back with `--to DIR`.
import { existsSync, mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { lockFolder } from '../src/storage/sqlite/lock.ts';
import { CopyFault } from './ledger/copy.ts';
import { moveStore } from './ledger/move.ts';
import { hasLedger, isAddress, isExpected, nameOf, openPlace, type Place, places, sentenceOf } from './ledger/place.ts';

const { values } = parseArgs({ options: { to: { type: 'string' }, from: { type: 'string' } } });
const { to } = values;
const from = values.from ?? (to === undefined ? undefined : isAddress(to) ? places().folder : places().address);
const releases: (() => Promise<void> | void)[] = [];

if (!to || !from) {
  console.log(
    'Say where to: npm run move-store -- --to mongodb://host/inkwell, or --to DIR. From is MONGODB_URI or DATA_DIR,',
  );
  console.log('or what --from names. Nothing may run on either of them meanwhile.');
  process.exitCode = 1;
} else {
  process.exitCode = (await move(from, to)) ? 0 : 1;
}

async function move(source: Place, target: Place): Promise<boolean> {
  try {
    if (!isAddress(source) && !hasLedger(source)) throw new CopyFault(`There is no ledger in ${source}.`);
    const [fromStores, toStores] = [await take(source), await take(target)];
    console.log(`From ${nameOf(source)} to ${nameOf(target)}.`);
    const copied = await moveStore(fromStores, toStores, (what) => console.log(what));
    console.log(`${copied}: all there, and all right. ${nameOf(source)} is as it was.`);
    console.log(
      isAddress(target)
        ? 'Now set MONGODB_URI, and start.'
        : `Now take MONGODB_URI away, set DATA_DIR=${target}, and start.`,
    );
    return true;
  } catch (error) {
    if (!(error instanceof CopyFault) && !isExpected(error)) throw error;
    console.log(`Not moved: ${sentenceOf(error)}`);
    return false;
  } finally {
    for (const release of releases.reverse()) await release();
  }
}

/** A folder is kept from every bot meanwhile; whether bots run on a database only its owner knows. */
async function take(where: Place) {
  if (!isAddress(where)) {
    if (!existsSync(where)) mkdirSync(where, { recursive: true, mode: 0o700 });
    const lock = lockFolder(where);
    releases.push(() => lock.release());
  }
  const stores = await openPlace(where);
  releases.push(() => stores.close());
  return stores;
}
