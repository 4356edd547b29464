import type { Clock } from '../../ports/ports.ts';

/**
 * Slack takes one message a second in a channel, and short bursts: so the first few pass at once, and then one each
 * second, in order. A channel waits only for itself.
 */
export type ChannelRateLimit = {
  /** `crowded`: too many wait already; the work was not begun. */
  run<T>(channelId: string, work: () => Promise<T>): Promise<T | 'crowded'>;
};

const BURST = 3;
/** At one a second this is as long as anybody waits for a message. */
const WAITING_MAX = 120;
const LANES_MAX = 1_000;

type Lane = { tail: Promise<unknown>; waiting: number; freeAt: number };

export function createChannelRateLimit(clock: Clock, { everyMs }: { everyMs: number }): ChannelRateLimit {
  const lanes = new Map<string, Lane>();
  return {
    run(channelId, work) {
      const lane = lanes.get(channelId) ?? { tail: Promise.resolve(), waiting: 0, freeAt: 0 };
      if (lane.waiting >= WAITING_MAX) return Promise.resolve('crowded');
      forgetIdle(lanes, clock.now());
      lanes.set(channelId, lane);
      lane.waiting += 1;
      const turn = lane.tail.then(async () => {
        try {
          await waitFor(clock, lane, everyMs);
          return await work();
        } finally {
          lane.waiting -= 1;
        }
      });
      lane.tail = turn.catch(() => undefined);
      return turn;
    },
  };
}

/** `freeAt` is when the channel would be free if every message so far had waited its second. */
async function waitFor(clock: Clock, lane: Lane, everyMs: number): Promise<void> {
  const waitMs = lane.freeAt - (BURST - 1) * everyMs - clock.now();
  if (waitMs > 0) await clock.sleep(waitMs);
  lane.freeAt = Math.max(lane.freeAt, clock.now()) + everyMs;
}

function forgetIdle(lanes: Map<string, Lane>, now: number) {
  if (lanes.size < LANES_MAX) return;
  for (const [channelId, lane] of lanes) if (lane.waiting === 0 && lane.freeAt <= now) lanes.delete(channelId);
}
