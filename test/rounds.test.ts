import { describe, expect, test } from 'vitest';
import { createIntervals } from '../src/scheduler/intervals.ts';
import { createClock } from './support/clock.ts';

const MINUTE_MS = 60_000;

function start() {
  const clock = createClock();
  const logged: unknown[] = [];
  const log = { info: () => {}, warn: () => {}, error: (facts: unknown) => void logged.push(facts) };
  return { clock, logged, rounds: createIntervals({ clock, log }) };
}

describe('rounds', () => {
  test('are done at once, or after a while, and then again and again', async () => {
    const { clock, rounds } = start();
    const done: string[] = [];
    rounds.every(MINUTE_MS, async () => void done.push('sweep'));
    rounds.every(MINUTE_MS, async () => void done.push('cron'), { firstAfterMs: MINUTE_MS });
    await clock.advance(0);
    expect(done).toEqual(['sweep']);
    await clock.advance(2 * MINUTE_MS);
    expect(done.filter((what) => what === 'sweep')).toHaveLength(3);
    expect(done.filter((what) => what === 'cron')).toHaveLength(2);
    rounds.stop();
  });

  test('one that fails is logged, and keeps neither itself nor another from the next time', async () => {
    const { clock, logged, rounds } = start();
    let tries = 0;
    rounds.every(MINUTE_MS, async () => {
      tries += 1;
      if (tries === 1) throw new Error('the store is away');
    });
    await clock.advance(MINUTE_MS);
    expect(tries).toBe(2);
    expect(logged).toEqual([{ error: { name: 'Error' } }]);
    rounds.stop();
  });

  test('a stop ends what waits at once, tells what is being done, and waits for its end', async () => {
    const { clock, rounds } = start();
    let finish = () => {};
    let isTold = false;
    rounds.every(MINUTE_MS, async ({ signal }) => {
      signal.addEventListener('abort', () => {
        isTold = true;
      });
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
    });
    let waited = 0;
    rounds.every(MINUTE_MS, async () => {
      waited += 1;
    });
    await clock.advance(0);
    rounds.stop();
    let isOver = false;
    void rounds.ended().then(() => {
      isOver = true;
    });
    await clock.advance(10 * MINUTE_MS);
    expect({ isTold, isOver, waited, sleepers: clock.sleepers }).toEqual({
      isTold: true,
      isOver: false,
      waited: 1,
      sleepers: 0,
    });
    finish();
    await clock.advance(0);
    expect(isOver).toBe(true);
  });
});
