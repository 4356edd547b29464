import type { Line } from '../../src/ledger/lines.ts';
import type { Journal } from '../../src/storage/journal/journal.ts';
import type { Kept, Records } from '../../src/storage/records/records.ts';
import { counted } from './place.ts';

/** Few enough lines for one write, on either store. */
const LINES_A_PAGE = 500;
const TELL_EVERY = 1_000;

/** Why a store was not copied; the source is as it was. */
export class CopyFault extends Error {
  override name = 'CopyFault';
}

export type Copying = { workspace: string; tell: (what: string) => void };

export async function copyLines(from: Journal, to: Journal, { workspace, tell }: Copying): Promise<number> {
  let afterSeq = 0;
  for await (const lines of pagesOf(from, workspace)) {
    if ((await to.append(lines)) !== 'appended') throw new CopyFault('Somebody else writes to the target.');
    const before = afterSeq;
    afterSeq += lines.length;
    if (Math.floor(before / TELL_EVERY) < Math.floor(afterSeq / TELL_EVERY)) {
      tell(`${workspace}: ${counted(afterSeq, 'line')} …`);
    }
  }
  tell(`${workspace}: ${counted(afterSeq, 'line')} copied.`);
  return afterSeq;
}

export async function* pagesOf(journal: Journal, workspace: string): AsyncGenerator<Line[]> {
  for (let afterSeq = 0; ; ) {
    const lines = await journal.read({ workspace, afterSeq, linesMax: LINES_A_PAGE });
    if (lines.length === 0) return;
    yield lines;
    afterSeq += lines.length;
  }
}

export async function copyRecords(
  all: AsyncIterable<Kept>,
  to: Records,
  tell: (what: string) => void,
): Promise<number> {
  let count = 0;
  for await (const kept of all) {
    const put = await putInto(to, kept);
    if (put === 'taken') throw new CopyFault('Somebody else writes to the target.');
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
