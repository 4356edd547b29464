// Kills the product again and again, and audits what is left: `npm run crash-test -- --kills 8000 [--from N] [--store sqlite|mongo|both]`.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { LABELS } from '../test/kill/labels.ts';
import { findMongo } from '../test/kill/mongo.ts';
import { type StoreKind, scenariosForEachLabel } from '../test/kill/plan.ts';
import { missedOf, run } from '../test/kill/run.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '8000' },
    from: { type: 'string', default: '0' },
    store: { type: 'string', default: 'both' },
    workers: { type: 'string', default: String(Math.max(2, availableParallelism())) },
  },
});
const STORES: Record<string, readonly StoreKind[]> = {
  sqlite: ['sqlite'],
  mongo: ['mongo'],
  both: ['sqlite', 'mongo'],
};
const stores = STORES[values.store];
if (!stores) throw new Error(`--store is sqlite, mongo or both, not ${values.store}`);

const startedAt = Date.now();
const seconds = () => ((Date.now() - startedAt) / 1000).toFixed(0);
let toldAt = startedAt;
const total = await run({
  stores,
  killsMin: Number(values.kills),
  from: Number(values.from),
  workers: Number(values.workers),
  startMongo: stores.includes('mongo') ? await findMongo() : null,
  onScenario({ plan, problems, total: soFar }) {
    for (const problem of problems) console.log(`!!! ${plan.store} ${plan.number}: ${problem}`);
    if (problems.length > 0)
      console.log(`    again: npm run crash-test -- --store ${plan.store} --from ${plan.number} --kills 1`);
    if (Date.now() - toldAt < 10_000) return;
    toldAt = Date.now();
    console.log(`${soFar.kills} kills in ${soFar.scenarios} scenarios, ${seconds()} s`);
  },
});

/** A run that is too short to come to every label says what it came to; one that is long enough has to come to all. */
const isWhole = stores.every((store) => total.scenarios / stores.length >= 2 * scenariosForEachLabel(store));
const missed = stores.flatMap((store) => missedOf(total, store).map((label) => `${store} ${label}`));
if (isWhole) for (const label of missed) console.log(`!!! nobody died at ${label}`);
const reached = stores.map(
  (store) => `${LABELS.length - missedOf(total, store).length} of ${LABELS.length} labels on ${store}`,
);
const isGood = total.failed.length === 0 && !(isWhole && missed.length > 0);
console.log(
  `${isGood ? 'Nothing was lost' : 'FAILED'}: ${total.kills} kills, ${total.scenarios} scenarios, ` +
    `${total.failed.length} failed, ${reached.join(', ')}, ${total.saidTwice} private sentences said again, ${seconds()} s`,
);
process.exit(isGood ? 0 : 1);
