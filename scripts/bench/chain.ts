import { join } from 'node:path';
import type { Line } from '../../src/ledger/lines.ts';
import { Verifier } from '../../src/ledger/verify/verifier.ts';
import { contentHash } from '../../src/ports/content-hash.ts';
import { LINE_CHAIN, lineHash } from '../../src/storage/journal/line-text.ts';
import { openSqliteJournal } from '../../src/storage/journal/sqlite.ts';
import { cpuTimed, median } from './report.ts';
import { journalLines, WORKSPACE } from './workload.ts';

/** As many as share a write when many people ask at once. */
const BATCH_LINES = 64;
const PAGE_LINES = 2_000;
const ROUNDS = 5;

/**
 * Measures the chain in milliseconds of CPU for all lines. It appends lines to SQLite with and without the hash of the line
 * before. Then it reads all lines, and checks them with and without their hashes. Rounds take turns.
 */
export async function chainCost(folder: string, { linesCount }: { linesCount: number }) {
  const texts = [...journalLines(linesCount)].map((line) => JSON.stringify(line));
  const ms = { chained: [] as number[], bare: [] as number[], checked: [] as number[], unchecked: [] as number[] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const bareMs = await append(join(folder, `bare-${round}.sqlite`), { texts, isChained: false });
    const file = join(folder, `chained-${round}.sqlite`);
    const chainedMs = await append(file, { texts, isChained: true });
    const uncheckedMs = await check(file, null);
    const checkedMs = await check(file, LINE_CHAIN);
    // The first round warms up.
    if (round === 0) continue;
    ms.bare.push(bareMs);
    ms.chained.push(chainedMs);
    ms.unchecked.push(uncheckedMs);
    ms.checked.push(checkedMs);
  }
  return {
    chainedMs: median(ms.chained),
    bareMs: median(ms.bare),
    checkedMs: median(ms.checked),
    uncheckedMs: median(ms.unchecked),
  };
}

/** Parses the lines again in each round: a line keeps its text, and that text has to be made in any case. */
async function append(file: string, { texts, isChained }: { texts: readonly string[]; isChained: boolean }) {
  const lines = texts.map((text) => JSON.parse(text) as Line);
  const journal = openSqliteJournal(file);
  const took = await cpuTimed(async () => {
    let previousHash = LINE_CHAIN.first;
    for (let from = 0; from < lines.length; from += BATCH_LINES) {
      const batch = lines.slice(from, from + BATCH_LINES);
      for (const line of isChained ? batch : []) {
        line.previousHash = previousHash;
        previousHash = lineHash(line);
      }
      await journal.append(batch);
    }
  });
  await journal.close();
  return took;
}

async function check(file: string, chain: typeof LINE_CHAIN | null): Promise<number> {
  const journal = openSqliteJournal(file);
  const verifier = new Verifier(WORKSPACE, contentHash, chain);
  const took = await cpuTimed(async () => {
    for (let afterSeq = 0; ; ) {
      const lines = await journal.read({ workspace: WORKSPACE, afterSeq, linesMax: PAGE_LINES });
      for (const line of lines) verifier.add(line);
      afterSeq += lines.length;
      if (lines.length === 0) break;
    }
  });
  await journal.close();
  const verified = verifier.result();
  if (!verified.ok) throw new Error(`line ${verified.seq} ${verified.problem}`);
  return took;
}
