import { describe, expect, test } from 'vitest';
import { describeOnMongo, ownServer } from '../support/mongo.ts';
import { LABELS } from './labels.ts';
import { startMongo } from './mongo.ts';
import { run } from './run.ts';

/** As many as fit beside the other tests; `npm run crash-test` comes to every label, on both stores. */
const ON_SQLITE = 160;
const ON_MONGO = 32;
/** The number of the first scenario: `npm run crash-test -- --from` plays it again. */
const FROM = 0;
const WORKERS = 2;

test('there are more points to die at than anybody remembers, and each is named once', () => {
  const labels = LABELS.map(({ label }) => label);
  expect(labels.length).toBeGreaterThanOrEqual(40);
  expect(new Set(labels).size).toBe(labels.length);
});

describe('kill -9 of real processes, again and again', () => {
  test(`${ON_SQLITE} times on SQLite, from scenario ${FROM}: nothing is lost, nothing doubled, everybody is told`, async () => {
    const total = await run({
      stores: ['sqlite'],
      killsMin: ON_SQLITE,
      from: FROM,
      workers: WORKERS,
      startMongo: null,
    });
    expect(total.failed).toEqual([]);
    expect(total.kills).toBeGreaterThanOrEqual(ON_SQLITE);
    expect(total.reached.sqlite.size).toBeGreaterThan(ON_SQLITE / 3);
  }, 300_000);
});

describeOnMongo('kill -9 of real processes and of their server', () => {
  test(`${ON_MONGO} times on MongoDB, from scenario ${FROM}: nothing is lost, nothing doubled, everybody is told`, async () => {
    const total = await run({
      stores: ['mongo'],
      killsMin: ON_MONGO,
      from: FROM,
      workers: WORKERS,
      startMongo: () => startMongo(ownServer()),
    });
    expect(total.failed).toEqual([]);
    expect(total.kills).toBeGreaterThanOrEqual(ON_MONGO);
    expect(total.reached.mongo.size).toBeGreaterThan(ON_MONGO / 3);
  }, 300_000);
});
