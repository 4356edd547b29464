import { Book } from '../../src/app/book.ts';
import { actAtChance } from './acts/acts.ts';
import { checkingAgain } from './acts/check-again.ts';
import type { Act, Scene } from './acts/scene.ts';
import { endLaws } from './audit/at-the-end.ts';
import { createAudit } from './audit/audit.ts';
import { ownersIn } from './audit/books.ts';
import { CARD, kindsAtFirst, opening } from './world/agency.ts';
import { type Chance, createChance } from './world/chance.ts';
import { type Counts, createCounts } from './world/counts.ts';
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
/** What may be open when everything works again has an end of its own; then there is a sweep or two. */
const QUIET_MS = 25 * MINUTE_MS;
/** Whatever goes on for longer than this does not end by itself. */
const OVER_BY_MS = 60 * MINUTE_MS;

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

type Sim = Awaited<ReturnType<typeof begin>>;

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
  });
  const becomeQuiet = () => {
    quietAt = timeline.now();
    weather.clear();
    town.rest();
    return quietAt;
  };
  return { seed, chance, isCalm, timeline, trace, counts, audit, stores, slack, town, wrongLine, becomeQuiet };
}

async function openAgency(
  chance: Chance,
  { timeline, stores }: { timeline: Timeline; stores: ReturnType<typeof createStores> },
) {
  const clock = { now: timeline.now, sleep: async () => {} };
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
function watch(process: Process, book: Book, { answers }: ReturnType<typeof createAudit>): void {
  const submit = book.submit.bind(book);
  book.submit = async (command) => {
    try {
      const answer = await submit(command);
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

/** Slack tries again where nobody answers, and now and then although somebody did. */
function deliver(
  { timeline, counts, town, trace, audit }: Pick<Sim, 'timeline' | 'counts' | 'town' | 'trace' | 'audit'>,
  chance: Chance,
  act: Act,
) {
  counts.add('operations');
  counts.add(`act ${act.name}`);
  const arrive = (triesLeft: number) => {
    const ready = town.ready();
    if (ready.length === 0) {
      if (triesLeft > 0) timeline.after(chance.pick([3_000, 60_000]), () => arrive(triesLeft - 1));
      return;
    }
    const process = chance.pick(ready);
    trace.add(timeline.now(), `${process.name} is delivered ${act.name}`);
    if (!process.app) return;
    act.deliver(process.app).catch((error: unknown) => {
      const isReused = act.isForged && (error as { code?: unknown }).code === 'id_reused';
      if (process.isAlive && !isReused && !audit.isExpected(error)) {
        audit.complain(`${process.name}, ${act.name}: ${error instanceof Error ? error.stack : String(error)}`);
      }
    });
  };
  const lateMs = chance.is(0.05) ? chance.int(1_000, 30_000) : 0;
  if (lateMs > 0) fault(counts, 'overtaken');
  timeline.after(lateMs, () => arrive(3));
  if (!chance.is(0.07)) return;
  fault(counts, 'doubled');
  timeline.after(lateMs + chance.pick([0, 5, 3_000, 20_000, 90_000]), () => arrive(1));
}

function fault(counts: Counts, kind: string): void {
  counts.add('faults');
  counts.add(`fault ${kind}`);
  counts.add('fault in deliveries');
}

/** Everything works again. What is open has its time to end, and then all that is to hold in the end is looked at. */
async function theEnd(sim: Sim): Promise<void> {
  const { timeline, audit } = sim;
  if (audit.violations.length > 0) return;
  const quietAt = sim.becomeQuiet();
  const { holds, ledger } = audit.books;
  const latest = () => {
    const deadlines = [...holds.values()].flatMap(({ deadlineAt, end }) => (end ? [] : [deadlineAt]));
    const lapses = [...ledger.reckoning.told.requests.values()].flatMap(({ line, ends }) =>
      ends.length > 0 ? [] : [line.lapsesAt],
    );
    return Math.max(quietAt, ...deadlines, ...lapses) + QUIET_MS;
  };
  let until = latest();
  while (timeline.now() < until && audit.violations.length === 0) {
    await timeline.run(timeline.now() + MINUTE_MS, () => audit.violations.length > 0);
    until = Math.max(until, latest(), goOn(sim, quietAt));
  }
  if (audit.violations.length > 0) return;
  const found = await endLaws({
    ...sim,
    books: audit.books,
    stops: audit.stopping.stops,
    quietAt,
    workspace: WORKSPACE,
  });
  for (const complaint of [...found, ...audit.nights.leftOut(quietAt)]) audit.complain(`at the end: ${complaint}`);
}

/** A line that is still wrong is put back, and an owner lets spending go on. Answers until when there is something to see. */
function goOn(sim: Sim, quietAt: number): number {
  const { timeline, audit, wrongLine } = sim;
  const { stops, checkedAgain } = audit.stopping;
  wrongLine.tend(quietAt);
  const stop = stops.at(-1);
  const isStopped = stop?.resumedAt === null;
  const [by] = ownersIn(audit.books);
  if (isStopped && !wrongLine.stands() && by) {
    const scene = { now: timeline.now, newDelivery: () => `E${timeline.now()}`, checkedAgain };
    deliver(sim, sim.chance.fork('at the end'), checkingAgain(scene, { by, stopId: stop.stopId }));
  }
  const isOver = timeline.now() > quietAt + OVER_BY_MS;
  return isOver ? 0 : isStopped || wrongLine.stands() ? timeline.now() + QUIET_MS : (stop?.resumedAt ?? 0) + QUIET_MS;
}
