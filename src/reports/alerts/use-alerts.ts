import { medianAbsoluteDeviation, medianSorted } from 'simple-statistics';
import { type AccountId, parseAccount } from '../../ledger/accounts.ts';
import type { State } from '../../ledger/state.ts';
import type { MadeImage } from '../../ledger/tally/made-images.ts';
import { ACTIVE_DAYS_MIN, isUnusual, judgeLastHour } from '../anomaly.ts';
import { addDays } from '../usage.ts';
import { hourOf, hoursOf, judgedAccounts } from './hours-used.ts';

/** What explains most of a rise; `share`: of the credits of that time. */
export type UseCause = { by: 'member' | 'project' | 'model' | 'quality' | 'client'; value: string; share: number };

/** An hour or a day far out of what is usual. `hour`: null for the whole day. */
export type UseFinding = {
  account: AccountId;
  date: string;
  hour: number | null;
  actualCredits: number;
  /** The median of that hour, or of days with use. */
  expectedCredits: number;
  /** What hours of this kind use at most, for *This is expected*. */
  hourMaxCredits: number;
  cause: UseCause | null;
};

const DAYS = 28;
/** A day is told from here on, against the highest of the four weeks before it. */
const DAY_TIMES = 1.5;
const DAY_DEVIATIONS = 5;
const CAUSE_SHARE_MIN = 0.5;
/** Less above the usual is a handful of images: a member who makes few would be told of for one busy hour. */
const EXCESS_MIN_CREDITS = 50;

/** Judges the hours and the day of each new image, for its client and its member. */
export function useFindings(state: State, date: string, fresh: readonly MadeImage[], at: number): UseFinding[] {
  if (!state.settings) return [];
  const hours = new Map<AccountId, Set<number>>();
  for (const image of fresh) {
    for (const account of judgedAccounts(image)) {
      hours.set(account, (hours.get(account) ?? new Set()).add(hourOf(image, state.settings.timeZone)));
    }
  }
  const findings = [...hours].flatMap(([account, of]) => {
    const expected = state.alerts.get(account)?.expected;
    const usualCredits = expected && expected.untilAt > at ? expected.hourMaxCredits : null;
    const found = [...of].flatMap((hour) => judgeHour(state, { account, date, hour, usualCredits }) ?? []);
    const day = usualCredits === null ? judgeDay(state, account, date) : null;
    return day ? [...found, day] : found;
  });
  return findings.filter((finding) => !isSaidOfClient(finding, findings));
}

/** A client’s alert that names a member says all that an alert about that member would say. */
const isSaidOfClient = ({ account, hour }: UseFinding, all: readonly UseFinding[]): boolean => {
  const parsed = parseAccount(account);
  if (parsed?.kind !== 'member') return false;
  return all.some(
    (other) => other.hour === hour && other.cause?.by === 'member' && other.cause.value === parsed.memberId,
  );
};

type Asked = { account: AccountId; date: string; hour: number; usualCredits: number | null };

function judgeHour(state: State, { account, date, hour, usualCredits }: Asked): UseFinding | null {
  const hours = hoursOf(state, account, date);
  // No rise is so large then: most hours end here, without a look at four weeks.
  if ((hours[hour] ?? 0) < EXCESS_MIN_CREDITS) return null;
  const before = datesBefore(date).flatMap((each) => hoursOf(state, account, each));
  const judgement = judgeLastHour([...before, ...hours.slice(0, hour + 1)]);
  if (!judgement || !isUnusual(judgement) || judgement.actual <= (usualCredits ?? 0)) return null;
  const actualCredits = judgement.actual;
  if (actualCredits - judgement.expected < EXCESS_MIN_CREDITS) return null;
  const found = { account, date, hour, actualCredits, expectedCredits: Math.round(judgement.expected) };
  return { ...found, hourMaxCredits: actualCredits, cause: causeOf(state, found) };
}

function judgeDay(state: State, account: AccountId, date: string): UseFinding | null {
  const hours = hoursOf(state, account, date);
  const actualCredits = sum(hours);
  if (actualCredits < EXCESS_MIN_CREDITS) return null;
  const active = datesBefore(date)
    .map((each) => sum(hoursOf(state, account, each)))
    .filter((credits) => credits > 0)
    .sort((a, b) => a - b);
  if (active.length < ACTIVE_DAYS_MIN) return null;
  const expected = medianSorted(active);
  const spread = medianAbsoluteDeviation(active);
  if (actualCredits <= Math.max(DAY_TIMES * (active.at(-1) ?? 0), expected + DAY_DEVIATIONS * spread)) return null;
  if (actualCredits - expected < EXCESS_MIN_CREDITS) return null;
  const found = { account, date, hour: null, actualCredits, expectedCredits: Math.round(expected) };
  return { ...found, hourMaxCredits: Math.max(...hours), cause: causeOf(state, found) };
}

/** Of what makes up half of it, what does so most unlike the weeks before. */
function causeOf(state: State, of: Pick<UseFinding, 'account' | 'date' | 'hour'>): UseCause | null {
  const { timeZone } = state.settings ?? { timeZone: 'UTC' };
  const now = imagesOf(state, of.account, of.date).filter(
    (image) => of.hour === null || hourOf(image, timeZone) === of.hour,
  );
  const before = datesBefore(of.date).flatMap((date) => imagesOf(state, of.account, date));
  const isMember = of.account.startsWith('member:');
  const dimensions = [isMember ? 'client' : 'member', 'project', 'model', 'quality'] as const;
  const causes = dimensions.flatMap((by) => {
    const usual = sharesBy(by, before);
    return [...sharesBy(by, now)].map(([value, share]) => ({
      by,
      value,
      share,
      above: share - (usual.get(value) ?? 0),
    }));
  });
  const [most] = causes.filter(({ share }) => share >= CAUSE_SHARE_MIN).sort((a, b) => b.above - a.above);
  return most ? { by: most.by, value: most.value, share: most.share } : null;
}

const imagesOf = ({ images }: State, account: AccountId, date: string): MadeImage[] =>
  images
    .get(date)
    ?.filter((image) => judgedAccounts(image).includes(account))
    .toArray() ?? [];

function sharesBy(by: UseCause['by'], images: readonly MadeImage[]): Map<string, number> {
  const whole = sum(images.map(({ credits }) => credits));
  const shares = new Map<string, number>();
  for (const { credits, clientId, memberId, projectId, model, quality } of images) {
    const value = { client: clientId, member: memberId, project: projectId, model, quality }[by];
    if (value !== null && whole > 0) shares.set(value, (shares.get(value) ?? 0) + credits / whole);
  }
  return shares;
}

const datesBefore = (date: string): string[] => Array.from({ length: DAYS }, (_, index) => addDays(date, index - DAYS));
const sum = (values: readonly number[]): number => values.reduce((before, value) => before + value, 0);
