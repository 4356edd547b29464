// Simulates the whole app, seed by seed: `npm run sim -- --seeds 200 [--week] [--from 1] [--workers 2] [--stop-at-first] [--trace]`.
// `--week`: the digests and alerts of weeks, instead of the images of some hours.
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { runSeed, type SeedResult } from '../test/simulation/run-seed.ts';
import { createTally } from '../test/simulation/tally.ts';
import { runWeek } from '../test/simulation/week/run-week.ts';

const TELL_EVERY_MS = 30_000;

if (isMainThread) process.exitCode = await simulate();
else serve();

async function simulate(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '200' },
      from: { type: 'string', default: '1' },
      workers: { type: 'string', default: String(Math.min(4, availableParallelism())) },
      'stop-at-first': { type: 'boolean', default: false },
      trace: { type: 'boolean', default: false },
      week: { type: 'boolean', default: false },
    },
  });
  const [seeds, from, workers] = [values.seeds, values.from, values.workers].map(Number);
  if (!isCount(seeds) || !isCount(workers) || from === undefined || !Number.isSafeInteger(from)) {
    console.log('--seeds, --from and --workers are whole numbers');
    return 2;
  }
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(0);
  const tally = createTally();
  let [done, toldAt] = [0, startedAt];
  const take = (result: SeedResult) => {
    tally.add(result);
    done += 1;
    if (performance.now() - toldAt > TELL_EVERY_MS) {
      toldAt = performance.now();
      console.log(`${done} of ${seeds} seeds, ${seconds()} s`);
    }
    if (result.violations.length > 0 || values.trace) tell(result, values);
    return !(values['stop-at-first'] && result.violations.length > 0);
  };
  const run = values.week ? runWeek : runSeed;
  if (seeds === 1) take(await run(from, { keepTrace: values.trace }));
  else await share({ from, seeds, workers, isWeek: values.week, take });
  for (const line of tally.lines()) console.log(line);
  console.log(`${tally.sentence()}, in ${seconds()} s`);
  return tally.isClean() ? 0 : 1;
}

function isCount(value: number | undefined): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function tell({ seed, violations, trace, hash }: SeedResult, how: { trace: boolean; week: boolean }): void {
  if (how.trace) for (const line of trace) console.log(line);
  console.log(`seed ${seed} (${hash}): ${violations.length} violations`);
  for (const violation of violations.slice(0, 10)) console.log(`  ${violation}`);
  if (violations.length > 0)
    console.log(`  again: npm run sim -- --seeds 1 --from ${seed} --trace${how.week ? ' --week' : ''}`);
}

type Sharing = { from: number; seeds: number; workers: number; isWeek: boolean; take(result: SeedResult): boolean };

/** Each worker has one seed in hand and one more waiting, so that it never waits itself. */
async function share({ from, seeds, workers, isWeek, take }: Sharing): Promise<void> {
  let next = from;
  let isStopped = false;
  const isLeft = () => next < from + seeds && !isStopped;
  const work = async () => {
    const worker = new Worker(fileURLToPath(import.meta.url), { resourceLimits: { maxYoungGenerationSizeMb: 96 } });
    try {
      await new Promise<void>((resolve, reject) => {
        let given = 0;
        const give = () => {
          if (!isLeft()) return;
          given += 1;
          worker.postMessage({ seed: next++, isWeek });
        };
        worker.on('error', reject);
        worker.on('message', (result: SeedResult) => {
          given -= 1;
          if (!take(result)) isStopped = true;
          give();
          if (isStopped || given === 0) resolve();
        });
        give();
        give();
        if (given === 0) resolve();
      });
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, seeds) }, work));
}

/** Where an error came from is told when its seed is run again: to note it for every fault takes a twentieth of all time. */
function serve(): void {
  Error.stackTraceLimit = 0;
  let latest = Promise.resolve();
  parentPort?.on('message', ({ seed, isWeek }: { seed: number; isWeek: boolean }) => {
    latest = latest.then(async () => {
      // The end of a trace helps to find the cause.
      parentPort?.postMessage({ ...(await (isWeek ? runWeek : runSeed)(seed)), trace: [] });
    });
  });
}
