import { createHash } from 'node:crypto';
import { keptHead } from '../../src/app/self-check/kept-head.ts';
import type { OpenStores } from '../../src/start/folder-stores.ts';
import type { Journal } from '../../src/storage/journal/journal.ts';
import type { Kept } from '../../src/storage/records/records.ts';
import { CopyFault, type Copying, copyLines, copyRecords, pagesOf } from './copy.ts';
import { counted } from './place.ts';
import { verifyWorkspace } from './verify.ts';

/**
 * Copies everything to an empty store, and holds the copy against the source: line by line, folded again from its first
 * line, and record by record. Answers what was copied; throws a `CopyFault` where the copy cannot be relied on.
 */
export async function moveStore(from: OpenStores, to: OpenStores, tell: (what: string) => void): Promise<string> {
  if (!(await isEmpty(to))) throw new CopyFault('There is something in the target already. It has to be empty.');
  const workspaces = await from.journal.workspaces();
  let linesCount = 0;
  for (const workspace of workspaces) linesCount += await copyLines(from.journal, to.journal, { workspace, tell });
  const copied = await copyRecords(from.records.all(), to.records, tell);
  tell('Holding the copy against the source …');
  for (const workspace of workspaces) await compareLines(from.journal, to, { workspace, tell });
  const [source, target] = [await digest(from.records.all()), await digest(to.records.all())];
  if (source.count !== target.count || source.sum !== target.sum) {
    throw new CopyFault(
      `The records are not the same: ${source.count} there, ${target.count} here. Does an Inkwell run on one of them?`,
    );
  }
  return `${counted(workspaces.length, 'workspace')}, ${counted(linesCount, 'line')}, ${counted(copied, 'record')}`;
}

async function isEmpty({ journal, records }: OpenStores): Promise<boolean> {
  if ((await journal.workspaces()).length > 0) return false;
  for await (const _ of records.all()) return false;
  return true;
}

async function compareLines(
  from: Journal,
  { journal: to, records }: OpenStores,
  { workspace, tell }: Copying,
): Promise<void> {
  const copy = pagesOf(to, workspace);
  for await (const lines of pagesOf(from, workspace)) {
    const page = await copy.next();
    const same = !page.done && canonical(page.value) === canonical(lines);
    if (!same) throw new CopyFault(`The lines of ${workspace} after ${(lines[0]?.seq ?? 1) - 1} are not the same.`);
  }
  if (!(await copy.next()).done) throw new CopyFault(`There are more lines of ${workspace} in the target.`);
  const kept = await keptHead({ records, workspace });
  const verified = await verifyWorkspace(to, workspace, { kept });
  if (!verified.ok) throw new CopyFault(`${workspace}: line ${verified.seq} cannot be right: ${verified.problem}.`);
  tell(`${workspace}: ${counted(verified.linesCount, 'line')} folded again, all right.`);
}

/** In whatever order they come. */
async function digest(all: AsyncIterable<Kept>): Promise<{ count: number; sum: bigint }> {
  let count = 0;
  let sum = 0n;
  for await (const kept of all) {
    const hash = createHash('sha256');
    if (kept.kind === 'image') hash.update(canonical({ ...kept.image, bytes: null })).update(kept.image.bytes);
    else hash.update(canonical(kept));
    sum = (sum + BigInt(`0x${hash.digest('hex')}`)) % 2n ** 256n;
    count += 1;
  }
  return { count, sum };
}

/** The same text for the same value, whatever order a store keeps its fields in. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
