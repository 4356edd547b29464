import type { Line } from '../../src/ledger/lines.ts';
import { LINE_CHAIN, lineHash } from '../../src/storage/journal/line-text.ts';

/** What a person may do to stored lines, and what is said of it. */
export type Damage = {
  name: string;
  change(lines: Line[]): Line[];
  /** The line that is named, by its number, and what is said of it. */
  named(lines: readonly Line[]): Named;
  /** What owners read, where it is not that a line failed its check. */
  owners?: string;
  /** The line for which a start stops spending, where the start sees another one than the check of all lines. */
  atStart?(lines: readonly Line[]): number;
  /** No start can fold what is left, so it is done to a ledger that a process works on. */
  isUnfoldable?: true;
};
type Named = { seq: number; problem: RegExp };

const of = <Kind extends Line['kind']>(lines: readonly Line[], kind: Kind) =>
  lines.find((line) => line.kind === kind) as Line & { kind: Kind };

/** Replaces one line, in its place. */
const edited = <Kind extends Line['kind']>(
  kind: Kind,
  change: (line: Line & { kind: Kind }) => object,
): Pick<Damage, 'change' | 'named'> => ({
  change: (lines) =>
    lines.map((line) => (line === of(lines, kind) ? ({ ...line, ...change(line as never) } as Line) : line)),
  named: (lines) => ({ seq: of(lines, kind).seq, problem: /./ }),
});

/** Gives lines the hashes that fit, from the one after `fromSeq` up to `toSeq`. */
function hashedAgain(lines: readonly Line[], fromSeq: number, toSeq = Number.POSITIVE_INFINITY): Line[] {
  const made: Line[] = [];
  for (const line of lines) {
    const before = made.at(-1);
    const previousHash = before ? lineHash(before) : LINE_CHAIN.first;
    made.push(line.seq > fromSeq && line.seq <= toSeq ? { ...line, previousHash } : line);
  }
  return made;
}

const later = ({ at }: Line) => ({ at: at + 1 });
const lastOf = (lines: readonly Line[]) => lines.at(-1) as Line;
const GONE = 5;

/** The first is the one that no hash in the journal shows. */
export const DAMAGES: readonly Damage[] = [
  {
    name: 'the last line was removed',
    change: (lines) => lines.slice(0, -1),
    named: (lines) => ({ seq: lines.length, problem: /missing.*end of the ledger/ }),
    owners: 'The last entries of Inkwell’s ledger are missing',
  },
  { name: 'a reason was changed', ...edited('granted', () => ({ reason: 'Another' })) },
  { name: 'a name was changed', ...edited('client_renamed', () => ({ name: 'Southwind' })) },
  { name: 'a time was changed by a millisecond', ...edited('client_renamed', later) },
  {
    name: 'a nested value was changed',
    ...edited('held', ({ work }) => ({ work: { ...work, stage: 'final' } })),
  },
  {
    name: 'a line in the middle was removed',
    change: (lines) => lines.filter(({ seq }) => seq !== GONE),
    named: () => ({ seq: GONE + 1, problem: new RegExp(`line ${GONE} is missing`) }),
    isUnfoldable: true,
    owners: 'Entries just before line',
  },
  {
    name: 'a line was removed and the numbers were closed up',
    change: (lines) =>
      lines.flatMap((line) => (line.seq === GONE ? [] : [line.seq > GONE ? { ...line, seq: line.seq - 1 } : line])),
    named: () => ({ seq: GONE, problem: /was removed/ }),
    owners: 'The last entries of Inkwell’s ledger are missing',
    atStart: (lines) => lines.length,
  },
  {
    name: 'two lines were swapped',
    change: (lines) =>
      lines
        .map((line) => ({ ...line, seq: line.seq === GONE ? GONE + 1 : line.seq === GONE + 1 ? GONE : line.seq }))
        .sort((one, other) => one.seq - other.seq),
    named: () => ({ seq: GONE, problem: /was changed|was removed/ }),
  },
  {
    name: 'a line was replaced, and the next one got its hash',
    change: (lines) => {
      const { change, named } = edited('client_renamed', later);
      const { seq } = named(lines);
      return hashedAgain(change(lines), seq, seq + 1);
    },
    named: (lines) => ({ seq: of(lines, 'client_renamed').seq + 1, problem: /was changed: line \d+ carries the hash/ }),
  },
  {
    name: 'a line was replaced, and all lines after it got their hashes',
    change: (lines) => hashedAgain(edited('client_renamed', later).change(lines), of(lines, 'client_renamed').seq),
    named: (lines) => ({ seq: lines.length, problem: /is not the line that was there/ }),
  },
  {
    name: 'the last line was replaced',
    change: (lines) => lines.with(-1, { ...lastOf(lines), ...later(lastOf(lines)) } as Line),
    named: (lines) => ({ seq: lines.length, problem: /is not the line that was there/ }),
  },
];
