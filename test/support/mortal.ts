import type { Journal } from '../../src/storage/journal/journal.ts';
import type { Records } from '../../src/storage/records/records.ts';
import type { TestClock } from './clock.ts';
import type { TestWorld } from './world.ts';

/** What a process does to the world outside itself, in the order it does it. */
type Effect = string;
export type Moment = 'before' | 'after';

/** Lets the process die before or after its n-th effect: from then on nothing it tries has any effect. */
export function createGuard(dieAt: { effectNo: number; moment: Moment } | null) {
  const effects: Effect[] = [];
  let dead = false;
  const never = () => new Promise<never>(() => {});
  const guard =
    <Words extends unknown[], Result>(name: string, act: (...words: Words) => Promise<Result>) =>
    async (...words: Words): Promise<Result> => {
      if (dead) return await never();
      effects.push(name);
      const due = dieAt?.effectNo === effects.length;
      if (due && dieAt.moment === 'before') {
        dead = true;
        return await never();
      }
      const result = await act(...words);
      if (!due) return result;
      dead = true;
      return await never();
    };
  return { effects, guard, isDead: () => dead };
}

/** The same story once for every moment at which its process can die, each looked at; an error says when it died. */
export async function dyingAtEach<Played>(
  effects: readonly Effect[],
  play: (dieAt: { effectNo: number; moment: Moment }) => Promise<Played>,
  audit: (played: Played, died: string) => Promise<void> | void,
): Promise<void> {
  for (const [index, effect] of effects.entries()) {
    for (const moment of ['before', 'after'] as const) {
      const died = `${moment} ${effect}`;
      const played = await play({ effectNo: index + 1, moment });
      try {
        await audit(played, died);
      } catch (error) {
        const where = `died ${died} (effect ${index + 1} of ${effects.join(' ')})`;
        throw new Error(`${where}: ${(error as Error).message}`, { cause: error });
      }
    }
  }
}

export async function isDone(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  const first = await Promise.race([promise, new Promise((resolve) => setImmediate(() => resolve(pending)))]);
  return first !== pending;
}

/** With a process its timers die, too. */
export const guardClock = (clock: TestClock, { isDead }: { isDead(): boolean }): TestClock => ({
  ...clock,
  sleep: (ms) => new Promise((resolve) => void clock.after(ms, () => !isDead() && resolve())),
  after: (ms, happen) => clock.after(ms, () => !isDead() && happen()),
});

type Guard = ReturnType<typeof createGuard>['guard'];

export function guardStores({ journal, records }: { journal: Journal; records: Records }, guard: Guard) {
  return {
    journal: { ...journal, append: guard('append', journal.append) },
    records: {
      ...records,
      jobs: { ...records.jobs, append: guard('step', records.jobs.append) },
      prompts: {
        ...records.prompts,
        put: guard('prompt', records.prompts.put),
        erase: guard('erase_prompt', records.prompts.erase),
      },
      images: {
        ...records.images,
        put: guard('bytes', records.images.put),
        erase: guard('erase_bytes', records.images.erase),
      },
      marks: { ...records.marks, put: guard('mark', records.marks.put) },
    },
  };
}

export const guardMessenger = (messenger: TestWorld['messenger'], guard: Guard): TestWorld['messenger'] => ({
  ...messenger,
  announce: guard('announce', messenger.announce),
  redraw: guard('redraw', messenger.redraw),
  upload: guard('upload', messenger.upload),
  removeFile: guard('remove_file', messenger.removeFile),
  tell: guard('tell', messenger.tell),
  postCard: guard('card', messenger.postCard),
  redrawCard: guard('redraw_card', messenger.redrawCard),
});
