import { describe, expect, test } from '@jest/globals';
import { createTurns } from '../../src/journal/mongo-turns.ts';
import { createClock, MONDAY } from '../support/clock.ts';

const TURN_MS = 250;

/** Time that something waited, on a clock that goes on by itself. */
function start(at = MONDAY) {
  let now = at;
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
  };
  const turns = createTurns(clock);
  const waited = async (work: () => Promise<void>) => {
    const before = now;
    await work();
    return now - before;
  };
  const pass = (ms: number) => {
    now += ms;
  };
  return { turns, waited, pass, now: () => now };
}

describe('turns', () => {
  test('whoever is alone never waits', async () => {
    const { turns, waited, pass } = start();
    for (let n = 0; n < 50; n += 1) {
      expect(await waited(() => turns.begin('T1', 40))).toBe(0);
      pass(20);
      turns.won('T1');
    }
  });

  test('a race that was lost by accident is tried again at once', async () => {
    const { turns, waited, pass } = start();
    expect(await waited(() => turns.lost('T1', 0.5))).toBe(0);
    pass(5);
    expect(await waited(() => turns.begin('T1', 40))).toBe(0);
  });

  test('who loses again waits for the beginning of the next turn, the sooner the more often they lost', async () => {
    const { turns, waited, now } = start(MONDAY + 30);
    await turns.lost('T1', 1);
    await turns.lost('T1', 1);
    const first = (now() - MONDAY) % TURN_MS;
    await turns.lost('T1', 1);
    const second = (now() - MONDAY) % TURN_MS;
    expect(first).toBeGreaterThan(second);
    expect(second).toBeGreaterThan(0);
    expect(await waited(() => turns.lost('T1', 0))).toBeLessThanOrEqual(TURN_MS);
  });

  test('who wins among others goes on until the turn ends, lets them in, and goes on', async () => {
    const { turns, waited, pass } = start();
    await turns.lost('T1', 0);
    turns.won('T1');
    pass(100);
    expect(await waited(() => turns.begin('T1', 40))).toBe(0);
    turns.won('T1');
    pass(TURN_MS);
    expect(await waited(() => turns.begin('T1', 40))).toBe(40);
    turns.won('T1');
    expect(await waited(() => turns.begin('T1', 40))).toBe(0);
    pass(TURN_MS);
    expect(await waited(() => turns.begin('T1', 10_000))).toBe(TURN_MS);
  });

  test('when nobody else has been met for a while there is nobody to be let in', async () => {
    const { turns, waited, pass } = start();
    await turns.lost('T1', 0);
    turns.won('T1');
    pass(2_000);
    expect(await waited(() => turns.begin('T1', 40))).toBe(0);
  });

  test('workspaces are apart', async () => {
    const { turns, waited, pass } = start();
    await turns.lost('T1', 0);
    turns.won('T2');
    pass(TURN_MS);
    expect(await waited(() => turns.begin('T2', 40))).toBe(0);
  });

  test('a clock that stands still holds nobody up who is alone', async () => {
    const turns = createTurns(createClock());
    turns.won('T1');
    await turns.begin('T1', 40);
    turns.won('T1');
  });
});
