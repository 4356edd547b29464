import type { Arrived } from '../world/edge.ts';
import type { Look } from '../world/process.ts';
import { addDays, momentOf, wallAt, weekdayOf, weekOf } from './calendar.ts';
import type { Doubts } from './doubts.ts';
import type { Facts, Rules } from './facts.ts';

type Parts = {
  facts: Facts;
  doubts: Doubts;
  complain: (complaint: string) => void;
  /** Those who get the digest of a week, by what is known at a moment. */
  readersOf(rules: Rules, week: string, at: number): readonly string[];
};
type Tick = { at: number; date: string; week: string };
/** What the digest goes by from a moment on. */
type Stretch = { rules: Rules; fromAt: number; toAt: number };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Clocks that agree differ by so much, and a call may take so long. */
const CLOCKS_MS = 2.5 * MINUTE_MS;
const ON_ITS_WAY_MS = 10 * MINUTE_MS;
/** A day, and the hour that autumn adds to it. */
const MADE_UP_WITHIN_MS = 25 * HOUR_MS;
/** Whoever failed or died is left alone for a quarter of an hour, by the clocks of both. */
const LEFT_ALONE_MS = 19 * MINUTE_MS;

/** Each digest once for a week and a reader, when it is due, to whom it is for; and whatever could be sent was sent. */
export function createDigestAudit({ facts, doubts, complain, readersOf }: Parts) {
  const all: { message: Arrived; week: string }[] = [];
  const of = (memberId: string, week: string) =>
    all.filter((each) => each.message.memberId === memberId && each.week === week);

  return {
    arrives(message: Arrived, week: string): void {
      const { memberId, at } = message;
      const what = `the digest of ${week} to ${memberId}`;
      const rules = facts.between(at - ON_ITS_WAY_MS, at);
      if (!rules.some((each) => readersOf(each, week, at).includes(memberId))) complain(`${what}: not a reader`);
      const due = stretchesOf(facts, at).some((stretch) =>
        ticksOf(stretch, { fromAt: at - MADE_UP_WITHIN_MS - ON_ITS_WAY_MS, toAt: at + CLOCKS_MS }, CLOCKS_MS).some(
          (tick) => tick.week === week,
        ),
      );
      if (!due) complain(`${what} was not due`);
      const before = of(memberId, week);
      if (before.some((each) => !doubts.mayStandTwice(each.message, message))) complain(`${what} came twice`);
      all.push({ message, week });
    },

    /** What was due, and could be sent: somebody had a good look in time, and nobody had left a claim. */
    leftOut(looks: readonly Look[], fromAt: number, untilAt: number): string[] {
      const stretches = stretchesOf(facts, untilAt);
      const ticks = stretches.flatMap((stretch) => ticksOf(stretch, { fromAt, toAt: untilAt }, 0));
      const sure = stretches.filter(({ fromAt: from, toAt }) => isSeen(looks, from, toAt));
      return sure.flatMap((stretch) =>
        ticksOf(stretch, { fromAt, toAt: untilAt }, -CLOCKS_MS - MINUTE_MS).flatMap(({ at, date, week }) => {
          const next = Math.min(...ticks.filter((tick) => tick.at > at).map((tick) => tick.at));
          // A date is one tick, whatever its time: what ran on it once does not run again.
          const isAgain = ticks.some((tick) => tick.date === date && tick.at < at);
          const look = looks.find(({ beganAt, endedAt, isAlone, error }) => {
            const isInTime = beganAt > at + CLOCKS_MS && endedAt < Math.min(at + MADE_UP_WITHIN_MS, next) - CLOCKS_MS;
            return isInTime && isAlone && error === null && !doubts.wasTroubled(beganAt - LEFT_ALONE_MS, endedAt);
          });
          return look && !isAgain ? missing({ at, week }, look) : [];
        }),
      );
    },
  };

  function missing({ at, week }: Pick<Tick, 'at' | 'week'>, { by, beganAt, endedAt }: Look): string[] {
    const [first = [], ...others] = facts
      .between(at - ON_ITS_WAY_MS, endedAt)
      .map((rules) => readersOf(rules, week, at - ON_ITS_WAY_MS));
    const due = `due at ${new Date(at).toISOString()}, when ${by.name} looked at ${new Date(beganAt).toISOString()}`;
    return first
      .filter((id) => others.every((each) => each.includes(id)))
      .filter((id) => !of(id, week).some(({ message }) => message.at <= endedAt))
      .map((id) => `the digest of ${week} to ${id} did not come, ${due}`);
  }
}

/** Whether somebody saw how it was then: what nobody saw was never planned. */
const isSeen = (looks: readonly Look[], fromAt: number, toAt: number) =>
  looks.some((look) => look.error === null && look.beganAt > fromAt && look.endedAt < toAt);

function stretchesOf({ rules }: Facts, untilAt: number): Stretch[] {
  const stretches: Stretch[] = [];
  for (const each of rules) {
    const last = stretches.at(-1);
    if (last && isSame(last.rules, each)) continue;
    if (last) last.toAt = each.at;
    stretches.push({ rules: each, fromAt: each.at, toAt: untilAt + CLOCKS_MS });
  }
  return stretches;
}

const isSame = (one: Rules, other: Rules) =>
  one.timeZone === other.timeZone &&
  one.digest.weekday === other.digest.weekday &&
  one.digest.minuteOfDay === other.digest.minuteOfDay;

/** Those of a stretch that lie between two moments. `marginMs`: more than the stretch, or less. */
function ticksOf({ rules, ...stretch }: Stretch, between: { fromAt: number; toAt: number }, marginMs: number): Tick[] {
  const fromAt = Math.max(stretch.fromAt - marginMs, between.fromAt);
  const toAt = Math.min(stretch.toAt + marginMs, between.toAt);
  const ticks: Tick[] = [];
  if (fromAt > toAt) return ticks;
  const { weekday, minuteOfDay } = rules.digest;
  const last = addDays(wallAt(toAt, rules.timeZone).date, 1);
  for (let date = addDays(wallAt(fromAt, rules.timeZone).date, -1); date <= last; date = addDays(date, 1)) {
    if (weekdayOf(date) !== weekday) continue;
    const at = momentOf(date, minuteOfDay, rules.timeZone);
    if (at !== null && at >= fromAt && at <= toAt)
      ticks.push({ at, date, week: addDays(weekOf(date, rules.weekStartsOn), -7) });
  }
  return ticks;
}

/** The next moment at which a digest is due, as things are. */
export function nextTickAfter(rules: Rules, at: number): number | null {
  const stretch = { rules, fromAt: at, toAt: Number.POSITIVE_INFINITY };
  return ticksOf(stretch, { fromAt: at + 1, toAt: at + 8 * 24 * HOUR_MS }, 0)[0]?.at ?? null;
}
