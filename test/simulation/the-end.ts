import { KEPT_FOR_MS } from '../../src/app/images/next-action.ts';
import type { JobStep } from '../../src/storage/records/job-step.ts';
import { checkingAgain } from './acts/check-again.ts';
import { endLaws } from './audit/at-the-end.ts';
import { ownersIn } from './audit/books.ts';
import { cutTailLaws } from './audit/cut-tail.ts';
import { deliver } from './deliver.ts';
import type { Sim } from './run-seed.ts';

const MINUTE_MS = 60_000;
/** What may be open when everything works again has an end of its own; then there is a sweep or two. */
const QUIET_MS = 25 * MINUTE_MS;
/** Whatever goes on for longer than this does not end by itself. */
const OVER_BY_MS = 60 * MINUTE_MS;

/** Everything works again. What is open has its time to end, and then all that is to hold in the end is looked at. */
export async function theEnd(sim: Sim): Promise<void> {
  const { timeline, audit } = sim;
  if (audit.violations.length > 0) return;
  const quietAt = sim.becomeQuiet();
  const { holds, ledger, jobs } = audit.books;
  const latest = () => {
    const deadlines = [...holds.values()].flatMap(({ deadlineAt, end }) => (end ? [] : [deadlineAt]));
    const lapses = [...ledger.reckoning.told.requests.values()].flatMap(({ line, ends }) =>
      ends.length > 0 ? [] : [line.lapsesAt],
    );
    const kept = [...jobs.values()].flatMap(({ steps, isFinished }) => (isFinished ? [] : steps.flatMap(keptUntil)));
    // What lies further ahead was written by a clock that was wrong.
    const ends = kept.filter((each) => each <= timeline.now() + KEPT_FOR_MS);
    return Math.max(quietAt, ...deadlines, ...lapses, ...ends) + QUIET_MS;
  };
  let until = latest();
  while (timeline.now() < until && audit.violations.length === 0) {
    await timeline.run(timeline.now() + MINUTE_MS, () => audit.violations.length > 0);
    until = Math.max(until, latest(), goOn(sim, quietAt));
  }
  if (audit.violations.length > 0) return;
  const found = await endLaws({ ...sim, books: audit.books, stops: audit.stopping.stops, quietAt });
  const left = [...audit.nights.leftOut(quietAt), ...audit.stopping.leftUnsaid()];
  const cut = await cutTailLaws({
    ...sim,
    chance: sim.chance.fork('cut tail'),
    lines: ledger.lines,
    wasEdited: audit.stopping.hasEdit(),
  });
  for (const complaint of [...found, ...left, ...cut]) audit.complain(`at the end: ${complaint}`);
}

/** A refused request keeps its prompt for a while. */
const keptUntil = (step: JobStep) => (step.kind === 'told_declined' ? (step.keptUntilAt ?? []) : []);

/** A line that is still wrong is put back, and an owner lets spending go on. Answers until when there is something to see. */
function goOn(sim: Sim, quietAt: number): number {
  const { timeline, audit, wrongLine } = sim;
  const { stops, checkedAgain } = audit.stopping;
  const now = timeline.now();
  if (now > quietAt + OVER_BY_MS) return 0;
  wrongLine.tend(quietAt);
  if (wrongLine.stands()) return now + QUIET_MS;
  const stop = stops.at(-1);
  if (stop?.resumedAt !== null) return (stop?.resumedAt ?? 0) + QUIET_MS;
  const [by = ''] = ownersIn(audit.books);
  const scene = { now: timeline.now, newDelivery: () => `E${now}`, checkedAgain };
  deliver(sim, sim.chance.fork(`the end ${now}`), checkingAgain(scene, { by, stopId: stop.stopId }));
  return now + QUIET_MS;
}
