/** Chance that can be had again: everything that follows from a seed follows from it the next time too. */
export type Dice = {
  below(count: number): number;
  /** Once in so many. */
  chance(times: number): boolean;
  one<Each>(of: readonly Each[]): Each;
  some<Each>(of: readonly Each[]): Each[];
  /** A figure that no other account has: six digits. */
  figure(): number;
};

export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (count: number) => next() % count;
  return {
    below,
    chance: (times) => below(times) === 0,
    one: (of) => {
      if (of.length === 0) throw new Error('nothing to choose from');
      return of[below(of.length)] as (typeof of)[number];
    },
    some: (of) => of.filter(() => below(2) === 0),
    figure: () => 100_000 + below(900_000),
  };
}
