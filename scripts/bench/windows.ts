import { fold } from '../../src/ledger/apply/apply.ts';
import { emptyState } from '../../src/ledger/state.ts';
import { WINDOWS, type Window } from '../../src/ledger/usage/windows.ts';
import { cpuTimed, median } from './report.ts';
import { type Asked, imageCommands, linesFrom, openingCommands, WORKSPACE } from './workload.ts';

/** The windows of earlier versions, without quarter and year. */
const FOUR: readonly Window[] = ['day', 'week', 'month', 'total'];
const LISTS = { six: [...WINDOWS], four: FOUR };
/** An even number: each list is first as often as the other. */
const ROUNDS = 8;

/**
 * Milliseconds of CPU of the same holds and captures while six windows are counted and while four are: decided in memory,
 * which hashes each command as well, and folded, which is little more than counting.
 */
export async function windowsCost({ imagesCount }: { imagesCount: number }) {
  const asked = [...askedFor(imagesCount)];
  const lines = [...linesFrom(emptyState(WORKSPACE), asked)];
  const decidedMs = { six: [] as number[], four: [] as number[] };
  const foldedMs = { six: [] as number[], four: [] as number[] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    // Whichever comes second may pay for the first one's garbage.
    for (const name of round % 2 === 0 ? (['four', 'six'] as const) : (['six', 'four'] as const)) {
      const decided = await cpuTimed(() => counting(LISTS[name], () => decideAll(asked)));
      const folded = await cpuTimed(() => counting(LISTS[name], () => fold(emptyState(WORKSPACE), lines)));
      // The first round warms up.
      if (round === 0) continue;
      decidedMs[name].push(decided);
      foldedMs[name].push(folded);
    }
  }
  return {
    sixMs: median(decidedMs.six),
    fourMs: median(decidedMs.four),
    foldedSixMs: median(foldedMs.six),
    foldedFourMs: median(foldedMs.four),
  };
}

function* askedFor(imagesCount: number): Generator<Asked> {
  yield* openingCommands();
  for (let n = 0; n < imagesCount; n += 1) {
    const { hold, capture } = imageCommands(n);
    yield hold;
    yield capture;
  }
}

/** Runs some work while only these windows are counted. The ledger's own list is changed: it has no such setting. */
export function counting<Result>(windows: readonly Window[], work: () => Result): Result {
  const list = WINDOWS as unknown as Window[];
  const before = list.splice(0, list.length, ...windows);
  try {
    return work();
  } finally {
    list.splice(0, list.length, ...before);
  }
}

export function decideAll(asked: Iterable<Asked>): number {
  let credits = 0;
  for (const line of linesFrom(emptyState(WORKSPACE), asked))
    if (line.kind === 'captured') credits += line.capturedCredits;
  return credits;
}
