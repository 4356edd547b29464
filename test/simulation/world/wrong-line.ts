import type { Line } from '../../../src/ledger/lines.ts';
import { nightOf } from '../audit/nights.ts';
import type { Chance } from './chance.ts';
import type { Counts } from './counts.ts';
import type { Stores } from './stores.ts';
import type { Timeline } from './timeline.ts';
import type { Trace } from './trace.ts';

/** A line that somebody changed in the database itself; `how` says what of it. */
export type Edit = { seq: number; how: keyof typeof EDITS };
export type EditWitness = { lineEdited(edit: Edit): void; linePutBack(): void };

/** In few seeds somebody edits the database; an operator hears of it, and puts the line back. */
export type WrongLine = {
  /** It happens while everybody is asleep, until the books are due to be looked at. */
  isAtNight: boolean;
  /** How long everybody sleeps then. */
  night(): number;
  /** A process cannot be started: the operator does not wait for long. */
  cannotStart(): void;
  /** Everything works again since then: now and then the operator is not there before. */
  tend(quietAt: number): void;
  stands(): boolean;
};

type Parts = {
  chance: Chance;
  timeline: Timeline;
  trace: Trace;
  counts: Counts;
  stores: Stores;
  /** As they were written. */
  lines: readonly Line[];
  isStopped: () => boolean;
  timeZone: () => string;
  witness: EditWitness;
  isCalm: boolean;
};

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
const SEEDS = 0.04;
/** The first look at the books is a minute after the first start. */
const BEFORE_THE_FIRST_LOOK_MS = 40_000;
const LOOKS_EVERY_MS = 15_000;
/** From hearing of it to having put it back; null is not before everything works again. */
const PUTS_BACK_AFTER_MS = [5_000, 20_000, 90_000, 400_000, null] as const;
/** Whoever may be told has been told by then, and whoever may find it has found it. */
const NOTICED_MS = 9 * MINUTE_MS;
const UNNOTICED_MS = 22 * MINUTE_MS;

/**
 * Nothing that later decisions add up: what is written on top of a wrong sum stays wrong when it is put back, and then
 * only a backup helps. Null cannot be read any more; undefined where there is no such thing to change.
 */
const EDITS = {
  balances(line: Line): Line | undefined {
    const [first, ...others] = line.balances;
    return first && { ...line, balances: [{ ...first, usedCredits: first.usedCredits + 1 }, ...others] };
  },
  cost: (line: Line): Line | undefined =>
    line.kind === 'captured' ? { ...line, costMicroUsd: line.costMicroUsd + 1 } : undefined,
  name: (line: Line): Line | undefined =>
    line.kind === 'client_created' ? { ...line, name: `${line.name} Ltd` } : undefined,
  /** No balance and no command shows it. The hash that the next line carries does. */
  model: (line: Line): Line | undefined =>
    line.kind === 'held' ? { ...line, work: { ...line.work, model: 'odd' } } : undefined,
  unreadable: (_: Line): null => null,
};

export function createWrongLine(parts: Parts): WrongLine {
  const { chance, timeline, trace, counts, stores, lines, isStopped, timeZone, witness, isCalm } = parts;
  const isPlanned = chance.is(SEEDS);
  const isAtNight = isPlanned && !isCalm && chance.is(0.5);
  const how = chance.pick(Object.keys(EDITS) as (keyof typeof EDITS)[]);
  const putsBackAfterMs = chance.pick(PUTS_BACK_AFTER_MS);
  let seq: number | null = null;
  let isNoticed = false;

  const edit = () => {
    // What the hashes alone show is seen where a line follows.
    const able = (how === 'model' ? lines.slice(0, -1) : lines).filter((line) => EDITS[how](line) !== undefined);
    const line = chance.is(0.3) ? able.at(-1) : able.length > 0 ? chance.pick(able) : undefined;
    if (!line) return;
    seq = line.seq;
    stores.edited.set(seq, EDITS[how](line) ?? null);
    trace.add(timeline.now(), `somebody edits line ${seq}: ${how}`);
    counts.add(`edit ${how}`);
    witness.lineEdited({ seq, how });
    timeline.after(LOOKS_EVERY_MS, look);
  };
  const look = () => {
    if (seq === null) return;
    if (!isStopped()) return void timeline.after(LOOKS_EVERY_MS, look);
    isNoticed = true;
    if (putsBackAfterMs !== null) timeline.after(putsBackAfterMs, putBack);
  };
  const putBack = () => {
    if (seq === null) return;
    trace.add(timeline.now(), `line ${seq} is put back`);
    stores.edited.delete(seq);
    seq = null;
    witness.linePutBack();
  };
  if (isPlanned && !isAtNight) timeline.after(chance.int(0, BEFORE_THE_FIRST_LOOK_MS), edit);

  return {
    isAtNight,
    night() {
      const now = timeline.now();
      const ofNow = nightOf(now, timeZone());
      let ms = 0;
      while (nightOf(now + ms, timeZone()) === ofNow) ms += QUARTER_MS;
      ms += chance.int(0, QUARTER_MS);
      timeline.after(chance.int(1, ms - 1), edit);
      return ms;
    },
    cannotStart() {
      if (seq === null || isNoticed) return;
      isNoticed = true;
      timeline.after(chance.int(1, 90) * 1_000, putBack);
    },
    tend(quietAt) {
      if (timeline.now() >= quietAt + (isNoticed ? NOTICED_MS : UNNOTICED_MS)) putBack();
    },
    stands: () => seq !== null,
  };
}
