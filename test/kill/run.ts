import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenStores } from '../../src/start/folder-stores.ts';
import { openFolder } from '../../src/start/folder-stores.ts';
import { openDatabase } from '../../src/start/open-stores.ts';
import { buildProgram } from '../support/program.ts';
import { openAgency } from './agency.ts';
import { audit } from './audit.ts';
import { LABELS } from './labels.ts';
import type { Label, StoreAt } from './life.ts';
import { type OutsideServer, startOutside } from './outside.ts';
import { type Plan, planOf, type StoreKind } from './plan.ts';
import { play, type Stage } from './scenario.ts';

/** A MongoDB of a worker's own; `kill` is null where it is somebody else's, and it then stays alive. */
export type MongoAt = { uri(database: string): string; kill: (() => Promise<void>) | null; stop(): Promise<void> };

/** More failures say nothing new. */
const FAILED_MAX = 20;

export type RunOptions = {
  stores: readonly StoreKind[];
  killsMin: number;
  /** The number of the first scenario: the same number is the same scenario. */
  from: number;
  workers: number;
  startMongo: (() => Promise<MongoAt>) | null;
  onScenario?(done: { plan: Plan; kills: number; problems: readonly string[]; total: Totals }): void;
};

export type Totals = {
  kills: number;
  scenarios: number;
  failed: { store: StoreKind; number: number; problems: readonly string[] }[];
  /** Private sentences and cards that were said again, as promised, because their process died before it noted them. */
  saidTwice: number;
  reached: Record<StoreKind, Map<Label, number>>;
};

/** Plays scenarios, one after the other on each worker, until so many processes and servers were killed. */
export async function run(options: RunOptions): Promise<Totals> {
  const { stores, from, workers, startMongo } = options;
  const total: Totals = {
    kills: 0,
    scenarios: 0,
    failed: [],
    saidTwice: 0,
    reached: { sqlite: new Map(), mongo: new Map() },
  };
  const child = buildProgram('test/kill/child/program.ts');
  const outside = await startOutside();
  const template = await newTemplate();
  let next = 0;
  const work = async () => {
    const mongo = stores.includes('mongo') ? ((await startMongo?.()) ?? null) : null;
    try {
      while (total.kills < options.killsMin && total.failed.length < FAILED_MAX) {
        const store = stores[next % stores.length] as StoreKind;
        const plan = planOf(from + Math.floor(next / stores.length), store);
        next += 1;
        await playOne(plan, { program: child.file, outside, template, mongo }, options, total);
      }
    } finally {
      await mongo?.stop();
    }
  };
  try {
    await Promise.all(Array.from({ length: workers }, work));
  } finally {
    await outside.close();
    child.remove();
    rmSync(template, { recursive: true, force: true });
  }
  return total;
}

type Theatre = { program: string; outside: OutsideServer; template: string; mongo: MongoAt | null };

async function playOne(plan: Plan, theatre: Theatre, { onScenario }: RunOptions, total: Totals): Promise<void> {
  const name = `${plan.store}-${plan.number}`;
  const { url, outside } = theatre.outside.open(name);
  const place = await newPlace(plan, theatre);
  const stage: Stage = {
    program: theatre.program,
    at: place.at,
    url,
    outside,
    killServer: theatre.mongo?.kill ?? null,
  };
  let problems: readonly string[];
  try {
    const played = await play(plan, stage);
    const stores = await place.open();
    const findings = await audit(played, outside, stores);
    await stores.close();
    problems = findings.problems;
    if (problems.length > 0)
      problems = [...problems, `died at: ${played.lives.map(({ diedAt }) => diedAt ?? '-').join(' ')}`];
    total.kills += played.kills;
    total.saidTwice += findings.saidTwice;
    const reached = total.reached[plan.store];
    for (const { diedAt } of played.lives) if (diedAt) reached.set(diedAt, (reached.get(diedAt) ?? 0) + 1);
    onScenario?.({ plan, kills: played.kills, problems, total });
  } finally {
    theatre.outside.forget(name);
    await place.remove();
  }
  total.scenarios += 1;
  if (problems.length > 0) total.failed.push({ store: plan.store, number: plan.number, problems });
}

/** An agency on SQLite, to be copied for each scenario. */
async function newTemplate(): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'inkwell-kills-'));
  const stores = openFolder({ dataDir, sqliteEngine: 'auto' });
  await openAgency(stores.journal);
  await stores.close();
  return dataDir;
}

type PlaceOf = { at: StoreAt; open(): Promise<OpenStores>; remove(): Promise<void> };

async function newPlace({ store, number }: Plan, { template, mongo }: Theatre): Promise<PlaceOf> {
  if (store === 'sqlite') {
    const dataDir = mkdtempSync(join(tmpdir(), 'inkwell-kills-'));
    cpSync(template, dataDir, { recursive: true });
    return {
      at: { kind: 'sqlite', dataDir },
      open: async () => openFolder({ dataDir, sqliteEngine: 'auto' }),
      remove: async () => rmSync(dataDir, { recursive: true, force: true }),
    };
  }
  if (!mongo) throw new Error('there is no MongoDB to play on');
  const uri = mongo.uri(`inkwell-kills-${process.pid}-${number}-test`);
  const open = () => openDatabase(uri, { waitMs: 20_000 });
  // Every collection is there before several processes open it: FerretDB does not survive two of them making one index.
  const stores = await openDatabase(uri, { copyBudgets: true, waitMs: 20_000 });
  await openAgency(stores.journal);
  await stores.close();
  return { at: { kind: 'mongo', uri }, open, remove: () => dropDatabase(uri) };
}

async function dropDatabase(uri: string): Promise<void> {
  const { openMongo } = await import('../../src/storage/mongo/open.ts');
  const mongo = await openMongo(uri, { waitMs: 20_000 });
  await mongo.connection.dropDatabase();
  await mongo.close();
}

/** What no process died at, of what there is to die at. */
export const missedOf = ({ reached }: Totals, store: StoreKind): Label[] =>
  LABELS.flatMap(({ label }) => (reached[store].has(label) ? [] : label));
