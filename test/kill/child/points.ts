import { AsyncLocalStorage } from 'node:async_hooks';
import { writeSync } from 'node:fs';
import type { Doom, Label, Said } from '../life.ts';

/** To the parent, before anything else happens. */
export const say = (said: Said) => void writeSync(1, `${JSON.stringify(said)}\n`);

/** The points at which this process may die, and the one at which it does. */
export type Points = ReturnType<typeof createPoints>;

export function createPoints(doom: Doom) {
  const doing = new AsyncLocalStorage<readonly string[]>();
  let effectsCount = 0;
  let seenCount = 0;

  const isDue = (label: Label): boolean => {
    effectsCount += 1;
    if (doom.kind === 'effect') return effectsCount === doom.effectNo;
    if (doom.kind !== 'label' || doom.label !== label) return false;
    seenCount += 1;
    return seenCount === doom.nth;
  };

  /** The kernel takes the process away before this returns. */
  const die = (label: Label): never => {
    say({ say: 'died', label });
    process.kill(process.pid, 'SIGKILL');
    throw new Error('SIGKILL was survived');
  };

  const reach = (label: Label): void => {
    if (isDue(label)) die(label);
  };

  return {
    isDue,
    die,
    reach,
    /** What is being done just now, further down the stack: the store's own moments are told by it. */
    reachAmid: (): void => {
      for (const name of doing.getStore() ?? []) reach(`${name}:amid`);
    },
    guard:
      <Act extends (...words: never[]) => Promise<unknown>>(
        nameOf: (...words: Parameters<Act>) => readonly string[],
        act: Act,
      ) =>
      async (...words: Parameters<Act>): Promise<Awaited<ReturnType<Act>>> => {
        const names = nameOf(...words);
        for (const name of names) reach(`${name}:before`);
        const result = await doing.run(names, () => act(...words) as ReturnType<Act>);
        for (const name of names) reach(`${name}:after`);
        return result;
      },
  };
}
