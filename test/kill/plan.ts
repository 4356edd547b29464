import { LABELS, TAKEOVER } from './labels.ts';
import type { Doom, Label, Thread } from './life.ts';
import { BESIDE, type Namer, STORIES, type StoryName } from './stories.ts';

export type StoreKind = 'sqlite' | 'mongo';

/** What a life is to die of. `moment`: at any time; `effect`: at any of its effects; `server`: the database's server does. */
type Target = { at: 'label'; label: Label; story: StoryName } | { at: 'effect' | 'moment' | 'server' };

export type PlannedLife = {
  doom: Doom;
  threads: readonly Thread[];
  /** Killed from outside so long after it was started; null: at its end, if it lives to see it. */
  killedAfterMs: number | null;
};

/** One or two processes at once; the next round begins when all of them are dead. */
export type Round = { jumpMs: number; lives: readonly PlannedLife[]; serverKilledAfterMs: number | null };

/** A scenario: the same agency, killed again and again, and then left to recover. The number says all there is to it. */
export type Plan = { number: number; store: StoreKind; rounds: readonly Round[]; chance: Chance };

export const KILLS_A_SCENARIO = 8;
const MINUTE_MS = 60_000;
const JUMPS_MS = [0, 0, 0, 0, 0, 70_000, 3 * MINUTE_MS, 15 * MINUTE_MS, 70 * MINUTE_MS];
const EFFECTS_MAX = 110;
const KILLED_WITHIN_MS = 450;
const LABELS_ONLY: readonly Target[] = LABELS.map((each) => ({ at: 'label', ...each }));

/** In each round through them all labels are died at once, and so many processes more at random. */
const targetsOf = (store: StoreKind): readonly Target[] => [
  ...LABELS_ONLY,
  ...Array.from({ length: 50 }, (): Target => ({ at: 'effect' })),
  ...Array.from({ length: 30 }, (): Target => ({ at: 'moment' })),
  ...Array.from({ length: store === 'mongo' ? 16 : 0 }, (): Target => ({ at: 'server' })),
];

/** Every label once, in an order of chance, and no more. */
export const scenariosForEachLabel = (store: StoreKind) => Math.ceil(targetsOf(store).length / KILLS_A_SCENARIO);

export function planOf(number: number, store: StoreKind): Plan {
  const chance = chanceOf(`${store} ${number}`);
  const namer = namerOf(chance);
  const targets = Array.from({ length: KILLS_A_SCENARIO }, (_, n) => targetAt(number * KILLS_A_SCENARIO + n, store));
  const rounds: Round[] = [];
  while (targets.length > 0) {
    const target = targets.shift() as Target;
    if (target.at === 'label' && TAKEOVER.includes(target.label)) {
      rounds.push(...takeover(target.label, { namer, chance }));
      continue;
    }
    const lives = [lifeOf(target, { namer, chance })];
    const [next] = targets;
    // Two with clocks of their own would not be two processes of one bot.
    if (store === 'mongo' && next && staysInTime(target) && staysInTime(next) && chance.below(10) < 4) {
      targets.shift();
      lives.push(lifeOf(next, { namer, chance }));
    }
    const ofServer = target.at === 'server' || (lives.length > 1 && next?.at === 'server');
    rounds.push({
      jumpMs: chance.pick(JUMPS_MS),
      lives,
      serverKilledAfterMs: ofServer ? 60 + chance.below(500) : null,
    });
  }
  return { number, store, rounds, chance };
}

/** Only the stories told here: time passes in some, and no second process may be in another one. */
const staysInTime = (target: Target): boolean => {
  if (target.at !== 'label') return true;
  if (TAKEOVER.includes(target.label)) return false;
  const threads = STORIES[target.story](namerOf(chanceOf('time')));
  return threads.every((thread) => thread.every(({ kind }) => kind !== 'later'));
};

type With = { namer: Namer; chance: Chance };

function lifeOf(target: Target, { namer, chance }: With): PlannedLife {
  const beside = () => STORIES[chance.pick(BESIDE)](namer);
  switch (target.at) {
    case 'label': {
      const threads = [...STORIES[target.story](namer), ...(chance.below(2) ? beside() : [])];
      return { doom: { kind: 'label', label: target.label, nth: 1 }, threads, killedAfterMs: null };
    }
    case 'effect':
      return {
        doom: { kind: 'effect', effectNo: 1 + chance.below(EFFECTS_MAX) },
        threads: [...beside(), ...beside(), ...beside()],
        killedAfterMs: null,
      };
    case 'moment':
      return {
        doom: { kind: 'waiting' },
        threads: [...beside(), ...beside()],
        killedAfterMs: 50 + chance.below(KILLED_WITHIN_MS),
      };
    case 'server':
      return { doom: { kind: 'waiting' }, threads: [...beside(), ...beside(), ...beside()], killedAfterMs: null };
  }
}

/** One dies with a job in its hands; the next one lives when the lease has run out. */
function takeover(label: Label, { namer, chance }: With): Round[] {
  const diesAt = chance.pick<Label>(['step:held:after', 'post:announce:channel:after', 'step:announced:after']);
  const victim: Doom = { kind: 'label', label: diesAt, nth: 1 };
  const heir: Doom = { kind: 'label', label, nth: 1 };
  const round = (doom: Doom, jumpMs: number): Round => ({
    jumpMs,
    lives: [{ doom, threads: STORIES.image(namer), killedAfterMs: null }],
    serverKilledAfterMs: null,
  });
  return [round(victim, 0), round(heir, 2 * MINUTE_MS)];
}

function targetAt(index: number, store: StoreKind): Target {
  const targets = targetsOf(store);
  const cycle = Math.floor(index / targets.length);
  return chanceOf(`targets ${store} ${cycle}`).shuffle(targets)[index % targets.length] as Target;
}

function namerOf(chance: Chance): Namer {
  let count = 0;
  return {
    next: (what) => {
      count += 1;
      return `${what}-${count}`;
    },
    pick: chance.pick,
    nowMs: Date.now(),
  };
}

export type Chance = {
  /** A whole number from 0. */
  below(count: number): number;
  pick<Value>(values: readonly Value[]): Value;
  shuffle<Value>(values: readonly Value[]): Value[];
};

/** The same words, the same chances. */
export function chanceOf(words: string): Chance {
  let state = [...words].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 0x01000193), 0x811c9dc5);
  const below = (count: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % count;
  };
  return {
    below,
    pick: <Value>(values: readonly Value[]) => values[below(values.length)] as Value,
    shuffle<Value>(values: readonly Value[]) {
      const shuffled = [...values];
      for (let last = shuffled.length - 1; last > 0; last -= 1) {
        const other = below(last + 1);
        [shuffled[last], shuffled[other]] = [shuffled[other] as Value, shuffled[last] as Value];
      }
      return shuffled;
    },
  };
}
