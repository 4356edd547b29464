import { expect, test } from 'vitest';
import { startMongo } from '../kill/mongo.ts';
import { describeOnMongo, ownServer } from '../support/mongo.ts';
import { AT_ONCE, FIT } from '../support/race-shapes.ts';
import { race } from './race.ts';

const PROCESSES = 4;
const ROUNDS = 2;
const SEED = 20_261_124;

describeOnMongo('the race', () => {
  test(`${ROUNDS} rounds of ${AT_ONCE} requests at once over ${PROCESSES} processes: exactly ${FIT} are held; seed ${SEED}`, async () => {
    const mongo = await startMongo(ownServer());
    const rounds = await race({ processes: PROCESSES, rounds: ROUNDS, seed: SEED, uri: mongo.uri });
    await mongo.stop();
    expect(rounds.flatMap(({ problems }) => problems)).toEqual([]);
    expect(rounds).toHaveLength(ROUNDS);
  }, 300_000);
});
