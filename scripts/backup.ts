// Copies ledger and records to a folder while Inkwell runs, from either store: `npm run backup -- --to DIR`.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { backUp } from './ledger/back-up.ts';
import { CopyFault } from './ledger/copy.ts';
import {
  hasLedger,
  isAddress,
  isExpected,
  nameOf,
  openPlace,
  ownPlace,
  type Place,
  sentenceOf,
} from './ledger/place.ts';

const { values } = parseArgs({ options: { to: { type: 'string' }, from: { type: 'string' } } });
const from = values.from ?? ownPlace();
const to = values.to ?? `backups/${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}`;

process.exitCode = (await take(from, to)) ? 0 : 1;

async function take(source: Place, folder: string): Promise<boolean> {
  // What was broken off must never look like a backup: it gets its name when it is whole.
  const unfinished = `${folder}.unfinished`;
  try {
    if (isAddress(folder)) throw new CopyFault('A backup goes to a folder: --to DIR.');
    if (!isAddress(source) && !hasLedger(source)) throw new CopyFault(`There is no ledger in ${source}.`);
    if (!isFree(folder)) throw new CopyFault(`There is something in ${folder} already. Name another folder.`);
    if (!isFree(unfinished))
      throw new CopyFault(`${unfinished} is left of a backup that was broken off. Remove it first.`);
    mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
    const copied = await copy(source, unfinished);
    renameSync(unfinished, folder);
    console.log(`${copied} in ${folder}, folded again from the first line, all right.`);
    console.log(`To restore: stop every Inkwell, and start with DATA_DIR=${folder}, or move it on:`);
    console.log(`  npm run move-store -- --from ${folder} --to mongodb://…`);
    return true;
  } catch (error) {
    if (!(error instanceof CopyFault) && !isExpected(error)) throw error;
    console.log(`No backup was made: ${sentenceOf(error)}`);
    return false;
  }
}

async function copy(source: Place, folder: string): Promise<string> {
  const fromStores = await openPlace(source);
  try {
    const toStores = await openPlace(folder);
    try {
      console.log(`From ${nameOf(source)}, which may go on working meanwhile.`);
      return await backUp(fromStores, toStores, (what) => console.log(what));
    } finally {
      await toStores.close();
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  } finally {
    await fromStores.close();
  }
}

function isFree(folder: string): boolean {
  return !existsSync(folder) || readdirSync(folder).length === 0;
}
