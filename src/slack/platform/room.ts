import { z } from 'zod';
import { ACTIONS, COMMANDS, EVENTS, VIEWS } from '../kit/ids.ts';

/** How many deliveries this process works on at once. */
export type Bounds = {
  all: number;
  /** Of those that ask for images, which take minutes: what remains is for everything else. */
  images: number;
  ofOnePerson: number;
  /** Answers to those who were turned back, where the ack alone cannot say it. */
  turnedBack: number;
};

/** Each waits in memory with all that belongs to it, some tens of kilobytes. */
export const BOUNDS: Bounds = { all: 1_000, images: 500, ofOnePerson: 100, turnedBack: 200 };

/** Not acknowledged: Slack brings the delivery again, or tells the person that it did not work. */
export class NoRoomFault extends Error {
  override name = 'NoRoomFault';
  readonly code = 'no_room';
}

export const isNoRoom = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 'no_room';

/** Counts what is at work. */
export type Room = {
  /** Null where there is none; else what gives it back. */
  enter(body: unknown, what: string): (() => void) | null;
};

export function createRoom(bounds: Bounds): Room {
  let all = 0;
  let images = 0;
  const ofPerson = new Map<string, number>();
  return {
    enter(body, what) {
      const by = personIn(body);
      const own = by === null ? 0 : (ofPerson.get(by) ?? 0);
      const isForImages = FOR_IMAGES.has(what);
      if (all >= bounds.all || own >= bounds.ofOnePerson || (isForImages && images >= bounds.images)) return null;
      all += 1;
      if (isForImages) images += 1;
      if (by !== null) ofPerson.set(by, own + 1);
      return () => {
        all -= 1;
        if (isForImages) images -= 1;
        if (by !== null) countDown(ofPerson, by);
      };
    },
  };
}

const FOR_IMAGES: ReadonlySet<string> = new Set([
  COMMANDS.imagine,
  EVENTS.mentioned,
  VIEWS.imagine,
  ACTIONS.again,
  ACTIONS.insteadFirst,
  ACTIONS.insteadSecond,
]);

const acting = z.object({ user_id: z.string().optional(), user: z.object({ id: z.string() }).optional() });
const mentioning = z.object({ event: z.object({ type: z.literal(EVENTS.mentioned), user: z.string() }) });

/** Returns null for an event that has no person waiting for it. */
function personIn(body: unknown): string | null {
  const { user_id: typedBy, user } = acting.safeParse(body).data ?? {};
  return typedBy ?? user?.id ?? mentioning.safeParse(body).data?.event.user ?? null;
}

function countDown(counts: Map<string, number>, key: string): void {
  const left = (counts.get(key) ?? 0) - 1;
  if (left > 0) counts.set(key, left);
  else counts.delete(key);
}
