/**
 * Simulated time: everything that is going to happen, in the order of its moment. Nothing happens between two moments, and
 * of two things at one moment the one that was planned first comes first.
 */
export type Timeline = {
  now(): number;
  /** Plans something; the answer takes it back. */
  after(ms: number, happen: () => void): () => void;
  /** Lets everything happen up to a moment, or until `isOver`. */
  run(untilAt: number, isOver: () => boolean): Promise<void>;
};

const settled = Promise.resolve();

type Planned = { at: number; order: number; happen: (() => void) | null };

export function createTimeline(startAt: number): Timeline {
  const heap: Planned[] = [];
  let now = startAt;
  let order = 0;

  return {
    now: () => now,
    after(ms, happen) {
      const planned: Planned = { at: now + Math.max(0, ms), order: order++, happen };
      push(heap, planned);
      return () => {
        planned.happen = null;
      };
    },
    run(untilAt, isOver) {
      const turns = takeTurns();
      return new Promise<void>((resolve, reject) => {
        /** The next thing, as soon as everything is settled that followed from the one before. */
        const goOn = () => {
          try {
            if (turns.areLeft()) for (const turn of turns.take()) turn();
            else if (!happenNext()) return over(resolve);
            // A tick asked for by a promise comes when no promise is left to be kept.
            void settled.then(askForTick);
          } catch (error) {
            over(() => reject(error));
          }
        };
        const askForTick = () => process.nextTick(goOn);
        const happenNext = (): boolean => {
          while (!isOver()) {
            const next = heap[0];
            if (!next || next.at > untilAt) {
              now = Math.max(now, untilAt);
              return false;
            }
            pop(heap);
            if (!next.happen) continue;
            now = next.at;
            next.happen();
            return true;
          }
          return false;
        };
        const over = (end: () => void) => {
          turns.giveBack();
          end();
        };
        goOn();
      });
    },
  };
}

type Turns = { take(): (() => void)[]; areLeft(): boolean; giveBack(): void };

/**
 * For as long as the timeline runs, the turns of the event loop that the book gives up are turns of it: to wait for the
 * machine's own would take half of all time.
 */
function takeTurns(): Turns {
  const machines = globalThis.setImmediate;
  let waiting: (() => void)[] = [];
  const simulated = (turn: () => void) => void waiting.push(turn);
  globalThis.setImmediate = simulated as unknown as typeof setImmediate;
  return {
    take() {
      const taken = waiting;
      waiting = [];
      return taken;
    },
    areLeft: () => waiting.length > 0,
    giveBack() {
      globalThis.setImmediate = machines;
    },
  };
}

const isEarlier = (one: Planned, other: Planned) =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

function push(heap: Planned[], planned: Planned): void {
  let index = heap.push(planned) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!isEarlier(planned, heap[parent] as Planned)) break;
    heap[index] = heap[parent] as Planned;
    index = parent;
  }
  heap[index] = planned;
}

function pop(heap: Planned[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && isEarlier(heap[child + 1] as Planned, heap[child] as Planned)) child += 1;
    if (!isEarlier(heap[child] as Planned, last)) break;
    heap[index] = heap[child] as Planned;
    index = child;
  }
  heap[index] = last;
}
