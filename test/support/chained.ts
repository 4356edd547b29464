import type { Line } from '../../src/ledger/lines.ts';
import { LINE_CHAIN, lineHash } from '../../src/storage/journal/line-text.ts';

/** The lines as a book writes them: each with the hash of the one before it. */
export function chained(lines: readonly Line[], { fromSeq = 1 }: { fromSeq?: number } = {}): Line[] {
  const made: Line[] = [];
  for (const line of lines) {
    const before = made.at(-1);
    const previousHash = before ? lineHash(before) : LINE_CHAIN.first;
    made.push(line.seq < fromSeq ? line : { ...line, previousHash });
  }
  return made;
}
