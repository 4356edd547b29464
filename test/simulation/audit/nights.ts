/** A process, as far as it can be seen from outside. */
type Doer = { name: string; skewMs: number };
/** `end`: of the round that it was part of, which notes that it was done. */
type Doing = { by: Doer; at: number; isDone: boolean; end: 'noted' | 'failed' | null };

type Parts = {
  now: () => number;
  timeZone: () => string;
  /** Nothing is lost and nobody dies: then there is no excuse to do anything twice. */
  isCalm: boolean;
  complain: (complaint: string) => void;
  looked(beganAt: number): void;
};

/** The books are looked at when nobody makes images. */
const HALF_PAST_THREE_MS = 3.5 * 60 * 60_000;
/** From the look at the clock to the beginning: a few calls, each of them late. */
const ON_ITS_WAY_MS = 120_000;
/** Whoever is at it is left alone for a quarter of an hour by the clocks of both, which may be far apart. */
const LEFT_ALONE_MS = 13 * 60_000;

/**
 * What is done once a day: in its own night, once, and again only where whoever did it died, met a fault or got stuck. In
 * calm weather a fault is an answer that came so late that it was not waited for.
 */
export function createNights({ now, timeZone, isCalm, complain, looked }: Parts) {
  const all = new Map<string, Doing[]>();
  const open: Doing[] = [];
  return {
    begins(by: Doer, name: string, night: string): void {
      const at = now();
      const nights = [at, at - ON_ITS_WAY_MS].map((each) => nightOf(each + by.skewMs, timeZone()));
      const what = `the ${name} of ${night}`;
      if (!nights.includes(night)) complain(`${by.name} does ${what}, it is the night of ${nights[0]}`);
      const key = `${name} ${night}`;
      const earlier = all.get(key) ?? [];
      for (const each of earlier) {
        if (each.end === 'noted') complain(`${by.name} does ${what}, which ${each.by.name} has done`);
        else if (at - each.at < LEFT_ALONE_MS) complain(`${by.name} does ${what} while ${each.by.name} is at it`);
        else if (isCalm && each.end !== 'failed') complain(`${by.name} does ${what} again, and nothing had gone wrong`);
      }
      const doing: Doing = { by, at, isDone: false, end: null };
      all.set(key, [...earlier, doing]);
      open.push(doing);
    },
    isDone(by: Doer): void {
      const doing = open.findLast((each) => each.by === by);
      if (!doing) throw new Error(`${by.name} has done what it had not begun`);
      doing.isDone = true;
      looked(doing.at);
    },
    end(by: Doer, how: 'noted' | 'failed'): void {
      for (const each of open.filter((doing) => doing.by === by)) {
        each.end = how;
        open.splice(open.indexOf(each), 1);
      }
    },
    /** The last night before everything worked again was looked at, unless a later one was. */
    leftOut(quietAt: number): string[] {
      const night = nightOf(quietAt, timeZone());
      const wasLooked = [...all].some(([key, doings]) => {
        return key >= `self-check ${night}` && doings.some(({ isDone }) => isDone);
      });
      return wasLooked ? [] : [`nobody looked at the books in the night of ${night}`];
    },
  };
}

/** Making one takes a hundred times as long as asking it. */
function wallClock(timeZone: string): Intl.DateTimeFormat {
  const known = wallClocks.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  wallClocks.set(timeZone, made);
  return made;
}

const wallClocks = new Map<string, Intl.DateTimeFormat>();

/** The date of the last half past three on the wall. Swedish writes dates and times as ISO does. */
export function nightOf(at: number, timeZone: string): string {
  const wall = wallClock(timeZone).format(at);
  const asIfUtc = Date.parse(`${wall.replace(' ', 'T')}Z`);
  return new Date(asIfUtc - HALF_PAST_THREE_MS).toISOString().slice(0, 10);
}
