/** Chance that can be had again: the same seed throws the same dice. */
export type Chance = {
  /** At least 0, below 1. */
  next(): number;
  /** Both inclusive. */
  int(least: number, most: number): number;
  is(probability: number): boolean;
  pick<Value>(values: readonly Value[]): Value;
  /** A name, as often as its weight says. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name;
  /** Another chance, that throws dice of its own: what is asked of one does not change the other. */
  fork(name: string): Chance;
};

/** Small fast counter (sfc32): four words of state, good enough for dice, and quick. */
export function createChance(seed: number | string): Chance {
  const text = String(seed);
  let a = hashed(text, 0x9e3779b9);
  let b = hashed(text, 0x243f6a88);
  let c = hashed(text, 0xb7e15162);
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let warm = 0; warm < 12; warm += 1) next();

  const chance: Chance = {
    next,
    int: (least, most) => least + Math.floor(next() * (most - least + 1)),
    is: (probability) => next() < probability,
    pick<Value>(values: readonly Value[]): Value {
      if (values.length === 0) throw new Error('nothing to pick from');
      return values[Math.floor(next() * values.length)] as Value;
    },
    weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
      let all = 0;
      for (const name in weights) all += weights[name];
      let left = next() * all;
      let last: Name | null = null;
      for (const name in weights) {
        left -= weights[name];
        if (left < 0) return name;
        last = name;
      }
      return last as Name;
    },
    fork: (name) => createChance(`${text}/${name}`),
  };
  return chance;
}

/** FNV-1a. */
export function hashed(text: string, start = 0x811c9dc5): number {
  let hash = start | 0;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}
