import type { Book } from '../../src/book/book.ts';
import type { Command } from '../../src/ledger/commands/commands.ts';
import { imageCommands } from './workload.ts';

export type Loop = {
  ms: number;
  /** Of this process; null where people go on as soon as they are answered. */
  imagesPerS: number | null;
  /** The number of the first image. */
  from: number;
  /** How many of them there are in a closed loop. */
  people: number;
};

/** Milliseconds that each answered command took, and by code what was answered with an error. */
export type Took = { ms: number[]; errors: Record<string, number> };

/** Images come when they come, however long the others take: a hold, and its capture once that is answered. */
export async function openLoop(book: Book, { ms, imagesPerS, from }: Loop): Promise<Took> {
  const took: Took = { ms: [], errors: {} };
  const chance = chanceOf(from);
  const beganAt = performance.now();
  const running: Promise<void>[] = [];
  let n = from;
  for (let dueAt = 0; dueAt < ms; dueAt += (-Math.log(1 - chance()) * 1_000) / (imagesPerS ?? 1)) {
    const waitMs = beganAt + dueAt - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    running.push(image(book, { n, askedAt: beganAt + dueAt, took }));
    n += 1;
  }
  await Promise.all(running);
  return took;
}

/** So many people without a pause, until the time is over. */
export async function closedLoop(book: Book, { ms, from, people }: Loop): Promise<Took> {
  const took: Took = { ms: [], errors: {} };
  const untilAt = performance.now() + ms;
  let n = from;
  const person = async () => {
    while (performance.now() < untilAt) {
      n += 1;
      await image(book, { n, askedAt: performance.now(), took });
    }
  };
  await Promise.all(Array.from({ length: people }, person));
  return took;
}

async function image(book: Book, { n, askedAt, took }: { n: number; askedAt: number; took: Took }): Promise<void> {
  const { hold, capture } = imageCommands(n);
  if (await answered(hold.command, askedAt)) await answered(capture.command, performance.now());

  async function answered(command: Command, at: number): Promise<boolean> {
    try {
      const { ok } = await book.submit(command);
      took.ms.push(performance.now() - at);
      return ok;
    } catch (error) {
      const { code = 'unknown' } = error as { code?: string };
      took.errors[code] = (took.errors[code] ?? 0) + 1;
      took.ms.push(performance.now() - at);
      return false;
    }
  }
}

/** The same arrivals in each run. */
function chanceOf(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
