import { createRequire } from 'node:module';
import type { Leases } from '../../../src/peers/lease.ts';
import { openFolder } from '../../../src/start/folder-stores.ts';
import { openDatabase } from '../../../src/start/open-stores.ts';
import type { Journal } from '../../../src/storage/journal/journal.ts';
import type { JobStep } from '../../../src/storage/records/job-step.ts';
import type { Records } from '../../../src/storage/records/records.ts';
import type { StoreAt } from '../life.ts';
import { type Points, say } from './points.ts';

export type GuardedStores = {
  journal: Journal;
  records: Records;
  /** Null where one process is alone with its files. */
  openLeases: (() => Promise<Leases>) | null;
  close(): Promise<void>;
};

/** The stores as the product opens them, with a point to die at before, amid and after whatever they write. */
export async function openGuarded(at: StoreAt, points: Points, processId: string): Promise<GuardedStores> {
  points.reach('start:open:before');
  const opened = at.kind === 'sqlite' ? openOnSqlite(at.dataDir, points) : await openOnMongo(at.uri, points);
  const { records, openLeases, close } = opened;
  points.reach('start:open:after');
  const journal = at.kind === 'sqlite' ? opened.journal : tearing(opened.journal, points);
  return {
    journal: guardJournal(journal, points),
    records: guardRecords(records, { points, processId }),
    openLeases: openLeases && (async () => guardLeases(await openLeases(), points)),
    close,
  };
}

/**
 * In the engine, below everything of ours: what a transaction did stands in the log already before its commit, and is
 * nothing without it.
 */
function openOnSqlite(dataDir: string, points: Points) {
  const require = createRequire(import.meta.url);
  const engine = require(ENGINE) as Engine;
  let linesWritten = 0;
  class MortalDatabase extends engine.DatabaseSync {
    override exec(sql: string) {
      if (sql === 'COMMIT') points.reachAmid();
      super.exec(sql);
      if (sql === 'BEGIN IMMEDIATE') linesWritten = 0;
    }
    override prepare(sql: string) {
      const statement = super.prepare(sql);
      if (!sql.startsWith('INSERT INTO lines')) return statement;
      const run = statement.run.bind(statement);
      const counted = (...values: Parameters<typeof run>) => {
        linesWritten += 1;
        if (linesWritten === 2) points.reach('append:batch:amid');
        return run(...values);
      };
      return Object.defineProperty(statement, 'run', { value: counted });
    }
  }
  const loaded = require.cache[require.resolve(ENGINE)];
  if (!loaded) throw new Error('the engine was loaded, and is not there');
  loaded.exports = { ...engine, DatabaseSync: MortalDatabase };
  return openFolder({ dataDir, sqliteEngine: 'package' });
}

const ENGINE = '@photostructure/sqlite';
type Engine = typeof import('@photostructure/sqlite');

/** Long, because these machines are busy; a server that was killed is noticed at once. */
const WAIT_MS = 20_000;

async function openOnMongo(uri: string, points: Points) {
  const opened = await openDatabase(uri, { copyBudgets: true, waitMs: WAIT_MS });
  const { default: mongoose } = await import('mongoose');
  for (const connection of mongoose.connections) {
    if (connection.readyState !== mongoose.ConnectionStates.connected) continue;
    connection.getClient().on('commandStarted', ({ commandName }) => {
      // Told just before it is written to the socket: one turn of the loop later it is on its way.
      if (commandName === 'insert' || commandName === 'update' || commandName === 'delete')
        setImmediate(points.reachAmid);
    });
  }
  return opened;
}

/** The server writes an ordered insert document by document: where it dies in the middle, the first ones stand. */
const tearing = (journal: Journal, points: Points): Journal => ({
  ...journal,
  async append(lines) {
    if (lines.length > 1 && points.isDue('append:batch:amid')) {
      await journal.append(lines.slice(0, lines.length >> 1));
      points.die('append:batch:amid');
    }
    return await journal.append(lines);
  },
});

const guardLeases = (leases: Leases, points: Points): Leases => ({
  ...leases,
  claim: points.guard<Leases['claim']>(
    ({ url }) => [url === null ? 'lease:given_back' : 'lease:claimed'],
    leases.claim,
  ),
});

function guardJournal(journal: Journal, points: Points): Journal {
  const append = points.guard<Journal['append']>(
    (lines) => [...new Set(lines.map(({ kind }) => `append:${kind}`))],
    async (lines) => {
      const written = await journal.append(lines);
      if (written === 'appended') for (const { seq, commandId } of lines) say({ say: 'line', seq, commandId });
      return written;
    },
  );
  return { ...journal, append };
}

function guardRecords(records: Records, { points, processId }: { points: Points; processId: string }): Records {
  const { jobs, prompts, images, marks } = records;
  /** Who wrote a job's last step, as far as this process has read it. */
  const owners = new Map<string, string>();
  const stepNames = ({ kind, jobId }: JobStep) => {
    const isOfOther = owners.has(jobId) && owners.get(jobId) !== processId;
    return [`step:${kind}`, ...(kind === 'claimed' && isOfOther ? ['takeover'] : [])];
  };
  return {
    ...records,
    jobs: {
      ...jobs,
      append: points.guard<Records['jobs']['append']>(stepNames, async (step) => {
        const written = await jobs.append(step);
        if (written === 'appended') say({ say: 'step', jobId: step.jobId, stepNo: step.stepNo });
        return written;
      }),
      async steps(query) {
        const steps = await jobs.steps(query);
        const last = steps.at(-1);
        if (last) owners.set(query.jobId, last.owner);
        return steps;
      },
    },
    prompts: {
      ...prompts,
      put: points.guard(() => ['prompt'], prompts.put),
      erase: points.guard(() => ['erase:prompt'], prompts.erase),
    },
    images: {
      ...images,
      put: points.guard(() => ['bytes'], images.put),
      erase: points.guard(() => ['erase:bytes'], images.erase),
      expire: points.guard(() => ['sweep:expire'], images.expire),
    },
    marks: {
      ...marks,
      put: points.guard(({ key }: { key: string }) => [`mark:${classOf(key)}`], marks.put),
      remove: points.guard(({ key }: { key: string }) => [`unmark:${classOf(key)}`], marks.remove),
      expire: points.guard(() => ['sweep:expire_marks'], marks.expire),
    },
  };
}

/** Marks by what they are about. */
const CLASSES: readonly [RegExp, string][] = [
  [/^request\/.*\/card\/\d+$/, 'card_list'],
  [/^request\/.*\/to\/.*\/place$/, 'card_place'],
  [/^request\/.*\/to\//, 'card'],
  [/^request\/.*\/closed$/, 'request_closed'],
  [/^request\/.*\/more\//, 'more_in_the_way'],
  [/^drawing\/.*\/over$/, 'drawing_over'],
  [/^drawing\//, 'drawing'],
  [/^told\//, 'told'],
  [/^warned\//, 'warned'],
  [/^trouble\/.*\/to\/.*\/place$/, 'trouble_place'],
  [/^trouble\/.*\/to\//, 'trouble_card'],
  [/^trouble\//, 'trouble'],
  [/^off-board\/.*\/to\/.*\/place$/, 'receipt_place'],
  [/^off-board\/.*\/to\//, 'receipt'],
  [/^off-board\//, 'off_boarded'],
  [/^cron\/.*\/done$/, 'cron_done'],
  [/^cron\//, 'cron_claim'],
  [/^client-card\/.*\/.*\/place$/, 'client_card_place'],
  [/^client-card\/.*\//, 'client_card'],
  [/^client-card\//, 'who_asked'],
  [/^kept\//, 'kept'],
];
const classOf = (key: string) => CLASSES.find(([pattern]) => pattern.test(key))?.[1] ?? 'other';
