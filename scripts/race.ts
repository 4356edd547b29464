// 500 requests at once over several processes, with credits for ten: `npm run race -- --rounds 200 [--processes 4] [--seed N]`.
import { parseArgs } from 'node:util';
import { findMongo } from '../test/kill/mongo.ts';
import { race } from '../test/race/race.ts';
import { AT_ONCE, FIT } from '../test/support/race-shapes.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    processes: { type: 'string', default: '4' },
    seed: { type: 'string', default: '20261124' },
  },
});
const processes = Number(values.processes);
const startMongo = await findMongo();
if (!startMongo) throw new Error('there is no MongoDB to race on');

const mongo = await startMongo();
const startedAt = performance.now();
const rounds = await race({
  processes,
  rounds: Number(values.rounds),
  seed: Number(values.seed),
  uri: mongo.uri,
  onRound({ round, ms, problems }) {
    for (const problem of problems) console.log(`!!! round ${round}: ${problem}`);
    if (round % 10 === 9) console.log(`${round + 1} rounds, the last one ${ms.toFixed(0)} ms`);
  },
});
await mongo.stop();

const failed = rounds.filter(({ problems }) => problems.length > 0);
const askedAgain = rounds.reduce((sum, round) => sum + round.askedAgain, 0);
console.log(
  `${failed.length === 0 ? `Exactly ${FIT} in every round` : `FAILED in ${failed.length} rounds`}: ` +
    `${rounds.length} rounds of ${AT_ONCE} requests at once over ${processes} processes, ` +
    `${askedAgain} asked again, ${((performance.now() - startedAt) / 1000).toFixed(0)} s`,
);
process.exit(failed.length === 0 && rounds.length > 0 ? 0 : 1);
