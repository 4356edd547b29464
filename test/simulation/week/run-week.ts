import { Book } from '../../../src/book/book.ts';
import { timelessClock } from '../../../src/start/real-clock.ts';
import { isExpected } from '../audit/expected.ts';
import type { SeedResult } from '../run-seed.ts';
import { type Chance, createChance } from '../world/chance.ts';
import { createCounts } from '../world/counts.ts';
import { createStores } from '../world/stores.ts';
import { createTimeline } from '../world/timeline.ts';
import { createTrace } from '../world/trace.ts';
import { createWire } from '../world/wire.ts';
import { firstWishes } from './acts.ts';
import { createAlertAudit } from './audit/alerts.ts';
import { createDigestAudit } from './audit/digests.ts';
import { createDoubts } from './audit/doubts.ts';
import { createFacts } from './audit/facts.ts';
import { digestChannels, digestReaders } from './audit/readers.ts';
import { saidIn } from './audit/said.ts';
import { planDays } from './plan-days.ts';
import { OWNERS, openingLines, SCENES, WORKSPACE } from './world/agency.ts';
import { createEdge } from './world/edge.ts';
import { writeJob } from './world/jobs.ts';
import type { Look, ProcessParts } from './world/process.ts';
import { createWeekTown, PROCESSES } from './world/town.ts';
import { createWeekWeather } from './world/weather.ts';
import { createWork } from './world/work.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const DAYS = 9;
/** When everything works again, whoever had a claim is left alone for a while, and no quiet hours last longer. */
const QUIET_FOR_MS = 14 * HOUR_MS;

/** Some weeks of an agency and of three processes that are to tell of them: everything follows from the seed. */
export async function runWeek(seed: number, { keepTrace = false }: { keepTrace?: boolean } = {}): Promise<SeedResult> {
  const sim = await begin(seed, keepTrace);
  const { timeline, counts, trace, violations } = sim;
  try {
    await timeline.run(sim.untilAt, () => violations.length > 0);
    sim.becomeQuiet();
    await timeline.run(sim.untilAt + QUIET_FOR_MS, () => violations.length > 0);
    if (violations.length === 0) for (const complaint of sim.leftOut()) sim.complain(complaint);
  } catch (error) {
    violations.push(`the simulation broke: ${error instanceof Error ? error.stack : String(error)}`);
  }
  return { seed, violations, counts: counts.all(), hash: trace.hash(), trace: trace.latest() };
}

async function begin(seed: number, keepTrace: boolean) {
  const chance = createChance(`week ${seed}`);
  const isCalm = chance.is(0.12);
  const knowsIds = chance.is(0.5);
  const of = chance.pick(SCENES);
  const untilAt = of.startAt + DAYS * DAY_MS;
  const timeline = createTimeline(of.startAt);
  const trace = createTrace({ all: keepTrace });
  const counts = createCounts();
  const violations: string[] = [];
  const complain = (complaint: string) => {
    trace.add(timeline.now(), `!!! ${complaint}`);
    violations.push(`${new Date(timeline.now()).toISOString()} ${complaint}`);
  };
  const weather = createWeekWeather({ chance: chance.fork('weather'), timeline, counts, isCalm, untilAt });
  const wire = createWire({ chance: chance.fork('wire'), timeline, trace, weather });
  const facts = createFacts();
  const doubts = createDoubts({ troubles: weather.troubles, knowsIds });
  const digests = createDigestAudit({ facts, doubts, complain, readersOf: digestReaders });
  const clientDigests = createDigestAudit({
    ...{ facts, doubts, complain },
    readersOf: (rules, week, at) => digestChannels(facts, rules, week, at),
  });
  const alerts = createAlertAudit({ facts, doubts, complain });
  const looks: Look[] = [];
  const stores = createStores({
    workspace: WORKSPACE,
    wire,
    witness: {
      lineStands(line) {
        facts.add(line, timeline.now());
        if (line.kind === 'held') void writeJob(stores.records, line);
        counts.add(`line ${line.kind}`);
      },
      stepStands: () => {},
    },
  });
  const edge = createEdge({
    ...{ chance: chance.fork('edge'), wire, now: timeline.now, counts, weather },
    ...{ knowsIds, knowsCharts: chance.is(0.8) },
    arrives(message) {
      const said = saidIn(message.texts[0]?.text ?? '', timeline.now());
      trace.add(timeline.now(), `${message.memberId} reads ${JSON.stringify(said)}`);
      if (!said) return complain(`nobody knows what this is: ${message.texts[0]?.text}`);
      const isInChannel = said.kind === 'digest' && message.memberId.startsWith('C0');
      counts.add(isInChannel ? 'told client digest' : `told ${said.kind}`);
      if (said.kind === 'digest' && isInChannel) {
        // After a move to another zone, no arithmetic here says on which date an image counts.
        if (!facts.wasMoved()) clientDigests.arrives(message, said.week);
      } else if (said.kind === 'digest') digests.arrives(message, said.week);
      else alerts.arrives(message, said);
    },
  });

  await stores.journal.append(await openingLines(of));
  await openWeek(chance.fork('opening'), { now: timeline.now, stores });
  facts.begin(timeline.now());

  const parts: ProcessParts = {
    ...{ timeline, stores, wire, edge, work: createWork() },
    logged: (process, said, message) => complain(`${process.name}: ${message}: ${JSON.stringify(said)}`),
    failed(process, doing, error) {
      if (isExpected(error)) return;
      complain(`${process.name}, ${doing}: ${error instanceof Error ? error.stack : JSON.stringify(error)}`);
    },
    looked(look) {
      counts.add('looks');
      looks.push(look);
      alerts.looked(look);
    },
  };
  const town = createWeekTown({
    ...{ chance: chance.fork('town'), timeline, trace, counts, weather, isCalm, untilAt, parts },
  });
  // The first look plans the digest.
  for (const no of PROCESSES) town.lookSoon(no, 1_000 * no);
  timeline.after(10 * MINUTE_MS, () => weather.begin());
  planDays({ chance: chance.fork('people'), timeline, trace, counts, facts, town, parts, untilAt });

  return {
    timeline,
    counts,
    trace,
    violations,
    complain,
    untilAt,
    leftOut: () => {
      const [fromAt, toAt] = [of.startAt + 10 * MINUTE_MS, timeline.now()];
      const inChannels = facts.wasMoved() ? [] : clientDigests.leftOut(looks, fromAt, toAt);
      return [...digests.leftOut(looks, fromAt, toAt), ...inChannels];
    },
    becomeQuiet() {
      weather.clear();
      town.rest();
      for (const no of PROCESSES) {
        for (const hours of [0.6, 13]) town.lookSoon(no, hours * HOUR_MS + no * 5_000);
      }
    },
  };
}

async function openWeek(
  chance: Chance,
  { now, stores }: { now: () => number; stores: ReturnType<typeof createStores> },
) {
  const book = await Book.open({ journal: stores.journal, clock: timelessClock(now), workspace: WORKSPACE });
  for (const [index, wish] of firstWishes(chance).entries()) {
    const answer = await book.submit({ commandId: `first-${index}`, by: OWNERS[0], ...wish });
    if (!answer.ok) throw new Error(`the week cannot begin: ${JSON.stringify(answer.refusal)}`);
  }
}
