import { createHash } from 'node:crypto';
import type { Journal } from '../../src/journal/journal.ts';
import type { Line } from '../../src/ledger/lines.ts';
import type { Kept, Records } from '../../src/records/records.ts';
import type { OpenStores } from '../../src/stores.ts';
import { counted } from './place.ts';
import { verifyWorkspace } from './verify.ts';

/** Few enough lines for one write, on either store. */
const LINES_A_PAGE = 500;
const TELL_EVERY = 1_000;

/** Why a store was not moved; the source is as it was. */
export class MoveFault extends Error {
  override name = 'MoveFault';
}

/**
 * Copies everything to an empty store, and holds the copy against the source: line by line, folded again from its first
 * line, and record by record. Answers what was copied; throws a `MoveFault` where the copy cannot be relied on.
 */
export async function moveStore(from: OpenStores, to: OpenStores, tell: (what: string) => void): Promise<string> {
  if (!(await isEmpty(to))) throw new MoveFault('There is something in the target already. It has to be empty.');
  const workspaces = await from.journal.workspaces();
  let linesCount = 0;
  for (const workspace of workspaces) linesCount += await copyLines(from.journal, to.journal, { workspace, tell });
  const copied = await copyRecords(from.records.all(), to.records, tell);
  tell('Holding the copy against the source …');
  for (const workspace of workspaces) await compareLines(from.journal, to.journal, { workspace, tell });
  const [source, target] = [await digest(from.records.all()), await digest(to.records.all())];
  if (source.count !== target.count || source.sum !== target.sum) {
    throw new MoveFault(
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

type Step = { workspace: string; tell: (what: string) => void };

async function copyLines(from: Journal, to: Journal, { workspace, tell }: Step): Promise<number> {
  let afterSeq = 0;
  for await (const lines of pagesOf(from, workspace)) {
    if ((await to.append(lines)) !== 'appended') throw new MoveFault('Somebody else writes to the target.');
    const before = afterSeq;
    afterSeq += lines.length;
    if (Math.floor(before / TELL_EVERY) < Math.floor(afterSeq / TELL_EVERY)) {
      tell(`${workspace}: ${counted(afterSeq, 'line')} …`);
    }
  }
  tell(`${workspace}: ${counted(afterSeq, 'line')} copied.`);
  return afterSeq;
}

async function* pagesOf(journal: Journal, workspace: string): AsyncGenerator<Line[]> {
  for (let afterSeq = 0; ; ) {
    const lines = await journal.read({ workspace, afterSeq, linesMax: LINES_A_PAGE });
    if (lines.length === 0) return;
    yield lines;
    afterSeq += lines.length;
  }
}

async function copyRecords(all: AsyncIterable<Kept>, to: Records, tell: (what: string) => void): Promise<number> {
  let count = 0;
  for await (const kept of all) {
    const put = await putInto(to, kept);
    if (put === 'taken') throw new MoveFault('Somebody else writes to the target.');
    count += 1;
    if (count % TELL_EVERY === 0) tell(`${counted(count, 'record')} …`);
  }
  tell(`${counted(count, 'record')} copied.`);
  return count;
}

function putInto(to: Records, kept: Kept): Promise<'appended' | 'put' | 'taken'> {
  switch (kept.kind) {
    case 'step':
      return to.jobs.append(kept.step);
    case 'prompt':
      return to.prompts.put(kept.prompt);
    case 'image':
      return to.images.put(kept.image);
    case 'mark':
      return to.marks.put(kept.mark);
  }
}

async function compareLines(from: Journal, to: Journal, { workspace, tell }: Step): Promise<void> {
  const copy = pagesOf(to, workspace);
  for await (const lines of pagesOf(from, workspace)) {
    const page = await copy.next();
    const same = !page.done && canonical(page.value) === canonical(lines);
    if (!same) throw new MoveFault(`The lines of ${workspace} after ${(lines[0]?.seq ?? 1) - 1} are not the same.`);
  }
  if (!(await copy.next()).done) throw new MoveFault(`There are more lines of ${workspace} in the target.`);
  const verified = await verifyWorkspace(to, workspace);
  if (!verified.ok) throw new MoveFault(`${workspace}: line ${verified.seq} cannot be right: ${verified.problem}.`);
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
