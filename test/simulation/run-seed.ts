import { Book } from '../../src/book/book.ts';
import { timelessClock } from '../../src/start/real-clock.ts';
import { actAtChance } from './acts/acts.ts';
import type { Scene } from './acts/scene.ts';
import { createAudit } from './audit/audit.ts';
import { deliver } from './deliver.ts';
import { theEnd } from './the-end.ts';
import { CARD, kindsAtFirst, opening } from './world/agency.ts';
import { type Chance, createChance } from './world/chance.ts';
import { createCounts } from './world/counts.ts';
import { createPeers } from './world/peers.ts';
import type { Process, ProcessParts } from './world/process.ts';
import { createProvider } from './world/provider.ts';
import { createSlack } from './world/slack.ts';
import { createStores } from './world/stores.ts';
import { createTimeline, type Timeline } from './world/timeline.ts';
import { createTown, type Town } from './world/town.ts';
import { createTrace } from './world/trace.ts';
import { createWeather } from './world/weather.ts';
import { createWire } from './world/wire.ts';
import { createWrongLine } from './world/wrong-line.ts';

export type SeedResult = {
  seed: number;
  violations: readonly string[];
  counts: Readonly<Record<string, number>>;
  /** The same seed leaves the same one. */
  hash: string;
  trace: readonly string[];
};

export const OPERATIONS_MIN = 200;
const WORKSPACE = 'T1';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Mondays, ends of months and years, and nights in which clocks are changed. */
const STARTS = [
  Date.UTC(2026, 10, 23, 9),
  Date.UTC(2026, 10, 30, 22, 40),
  Date.UTC(2026, 11, 31, 22, 40),
  Date.UTC(2027, 2, 27, 23, 40),
  Date.UTC(2026, 9, 24, 22, 40),
];
/** One agency, one to four processes, some hours: everything that happens follows from the seed. */
export async function runSeed(seed: number, { keepTrace = false }: { keepTrace?: boolean } = {}): Promise<SeedResult> {
  const sim = await begin(seed, keepTrace);
  const { timeline, audit, counts, trace } = sim;
  try {
    await people(sim);
    await theEnd(sim);
  } catch (error) {
    audit.complain(`the simulation broke: ${error instanceof Error ? error.stack : String(error)}`);
  }
  for (const { commandHash } of audit.books.ledger.lines) trace.add(timeline.now(), commandHash);
  return { seed, violations: audit.violations, counts: counts.all(), hash: trace.hash(), trace: trace.latest() };
}

export type Sim = Awaited<ReturnType<typeof begin>>;

async function begin(seed: number, keepTrace: boolean) {
  const chance = createChance(seed);
  const isCalm = chance.is(0.15);
  const timeline = createTimeline(chance.pick(STARTS));
  const trace = createTrace({ all: keepTrace });
  const counts = createCounts();
  const weather = createWeather({ chance: chance.fork('weather'), timeline, counts, isCalm });
  const wire = createWire({ chance: chance.fork('wire'), timeline, trace, weather });
  const processOf = (name: string) => town.processOf(name);
  const audit = createAudit({ now: timeline.now, counts, processOf, isCalm });
  const stores = createStores({ workspace: WORKSPACE, wire, witness: audit });
  const wrongLine = createWrongLine({
    ...{ chance: chance.fork('wrong line'), timeline, trace, counts, stores, isCalm },
    ...{ lines: audit.books.ledger.lines, witness: audit.stopping },
    isStopped: () => audit.books.ledger.reckoning.told.stopId !== null,
    timeZone: () => audit.books.ledger.reckoning.told.timeZone,
  });
  const slack = createSlack({ wire, now: timeline.now, witness: audit });
  for (const [id, kind] of kindsAtFirst()) slack.kinds.set(id, kind);
  const provider = createProvider({ chance: chance.fork('provider'), wire, now: timeline.now, witness: audit });
  await openAgency(chance.fork('agency'), { timeline, stores });

  let quietAt: number | null = null;
  const parts: ProcessParts = {
    ...{ workspace: WORKSPACE, timeline, stores, slack, provider, card: CARD },
    peers: createPeers({ workspace: WORKSPACE, wire, processOf, handed: () => counts.add('commands handed over') }),
    newId: idsOf(trace),
    alone: false,
    sweepEveryMs: () =>
      quietAt !== null && timeline.now() > quietAt + 4 * MINUTE_MS ? 5 * MINUTE_MS : 1.5 * MINUTE_MS,
    logged(process, facts, message) {
      if (!audit.isExpected(facts.error ?? null))
        audit.complain(`${process.name}: ${message}: ${JSON.stringify(facts)}`);
    },
    failed(process, doing, error) {
      if (doing === 'open' && (error as { code?: unknown }).code === 'corrupt') wrongLine.cannotStart();
      if (!audit.isExpected(error))
        audit.complain(`${process.name}, ${doing}: ${error instanceof Error ? error.stack : error}`);
    },
    swept: () => counts.add('sweeps'),
    dailyBegins: audit.nights.begins,
    dailyIsDone(process) {
      counts.add('nights checked');
      audit.nights.isDone(process);
    },
    dailiesEnd: audit.nights.end,
    watch: (process, book) => watch(process, book, audit),
  };
  const processesCount = Number(chance.weighted({ 1: 3, 2: 4, 3: 2, 4: 1 }));
  parts.alone = processesCount === 1;
  counts.add(`seeds with ${processesCount} processes`);
  counts.add(isCalm ? 'calm seeds' : 'stormy seeds');
  const town: Town = createTown({
    ...{ chance: chance.fork('town'), timeline, trace, counts, processesCount, isCalm, parts },
    rightAgain: audit.timing.rightAgain,
  });
  const becomeQuiet = () => {
    quietAt = timeline.now();
    weather.clear();
    town.rest();
    return quietAt;
  };
  return {
    seed,
    workspace: WORKSPACE,
    chance,
    isCalm,
    timeline,
    trace,
    counts,
    audit,
    stores,
    slack,
    town,
    wrongLine,
    becomeQuiet,
  };
}

async function openAgency(
  chance: Chance,
  { timeline, stores }: { timeline: Timeline; stores: ReturnType<typeof createStores> },
) {
  const clock = timelessClock(timeline.now);
  const book = await Book.open({ journal: stores.journal, clock, workspace: WORKSPACE });
  for (const [index, [by, wish]] of opening(chance).entries()) {
    const answer = await book.submit({ commandId: `given-${index}`, by, ...wish });
    if (!answer.ok) throw new Error(`the agency cannot be opened: ${JSON.stringify(answer.refusal)}`);
  }
}

function idsOf(_: unknown): () => string {
  let ids = 0;
  return () => {
    ids += 1;
    return `id-${ids}`;
  };
}

/** Every command of a process, and what it is answered. */
function watch(process: Process, book: Book, { answers, timing }: ReturnType<typeof createAudit>): void {
  const submit = book.submit.bind(book);
  book.submit = async (command, how) => {
    if (!how?.isHanded) timing.asks(process, command);
    try {
      const answer = await submit(command, how);
      if (process.isAlive) answers.answer(command, answer);
      return answer;
    } catch (error) {
      if (process.isAlive) answers.fail(command, error);
      throw error;
    }
  };
}

/** They act one after the other, some at the same moment, until they have done enough. */
async function people(sim: Sim): Promise<void> {
  const { timeline, audit, counts, town, wrongLine } = sim;
  const chance = sim.chance.fork('people');
  let deliveries = 0;
  const scene: Scene = {
    chance,
    told: audit.books.ledger.reckoning.told,
    slack: sim.slack,
    now: timeline.now,
    newDelivery: () => `D${++deliveries}`,
    asked: [],
    checkedAgain: audit.stopping.checkedAgain,
  };
  const paceMs = chance.pick([1_000, 3_000, 8_000]);
  let isOver = false;
  const sleeps = chance.is(sim.isCalm ? 0 : 0.5) || wrongLine.isAtNight;
  let sleptAt = sleeps ? chance.int(60, 160) : null;
  const next = () => {
    if (counts.get('operations') >= OPERATIONS_MIN) {
      isOver = true;
      return;
    }
    const isBedtime = sleptAt !== null && counts.get('operations') > sleptAt;
    const nightMs = isBedtime ? (wrongLine.isAtNight ? wrongLine.night() : chance.int(5, 17) * HOUR_MS) : 0;
    if (nightMs > 0) {
      sleptAt = null;
      town.sleep(nightMs);
      counts.add('nights');
    } else deliver(sim, chance, actAtChance(scene));
    timeline.after(nightMs + (chance.is(0.15) ? 0 : chance.int(0, 2 * paceMs)), next);
  };
  next();
  await timeline.run(Number.MAX_SAFE_INTEGER, () => isOver || audit.violations.length > 0);
}
