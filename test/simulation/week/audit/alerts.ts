import type { Arrived } from '../world/edge.ts';
import type { Look } from '../world/process.ts';
import { addDays, wallAt, weekOf } from './calendar.ts';
import type { Doubts } from './doubts.ts';
import type { Facts, Rules } from './facts.ts';
import { AROUND_MS, alertReaders, isMutedAt, isQuietAt } from './readers.ts';
import type { Said } from './said.ts';

type Parts = { facts: Facts; doubts: Doubts; complain: (complaint: string) => void };
type Alert = { message: Arrived; account: string; window: string; key: string };

const MINUTE_MS = 60_000;
const ON_ITS_WAY_MS = 10 * MINUTE_MS;
const CLOCKS_MS = 2.5 * MINUTE_MS;
/** Whoever was cut off is left alone for two minutes, by the clocks of both. */
const LEFT_ALONE_MS = 6 * MINUTE_MS;

/** One message for a reader and a window, or a day: begun only where it may be, and showing what is so. */
export function createAlertAudit({ facts, doubts, complain }: Parts) {
  const all: Alert[] = [];
  /** One, but for those that nobody knows of. */
  const of = (memberId: string, account: string, key: string) =>
    all.filter((each) => each.message.memberId === memberId && each.account === account && each.key === key);

  const begins = (message: Arrived, { account, window, key }: Omit<Alert, 'message'>): void => {
    const { memberId, at } = message;
    const what = `the alert of ${account} ${key} to ${memberId}`;
    const rules = facts.between(at - ON_ITS_WAY_MS, at);
    if (!rules.some((each) => alertReaders(each, account).includes(memberId))) complain(`${what}: not responsible`);
    const ats = [at - ON_ITS_WAY_MS, at, at + CLOCKS_MS];
    if (rules.every((each) => ats.every((when) => isQuietAt(each, when)))) complain(`${what}: in quiet hours`);
    if (rules.every((each) => ats.every((when) => isMutedAt(each, account, when)))) complain(`${what}: muted`);
    if (of(memberId, account, key).some((each) => !doubts.mayStandTwice(each.message, message)))
      complain(`${what} came twice`);
    all.push({ message, account, window, key });
  };

  return {
    arrives(message: Arrived, said: Exclude<Said, { kind: 'digest' }>): void {
      const { account } = said;
      if (said.kind === 'use') {
        begins(message, { account, window: 'day', key: said.date });
        return;
      }
      const { window, state } = said;
      // No line says in which window a forecast begins.
      if (facts.wasMoved() && isForecast(account, window)) return;
      const key = facts.wasMoved() ? writtenKey(account, window) : windowKey(facts.now(), window, message.at);
      if (state === 'resolved' || state === 'ended') complain(`a message about ${account} ${key} is begun ${state}`);
      begins(message, { account, window, key });
    },

    /** After a good look nothing is left to be told, and each message shows what is so. */
    looked({ beganAt, endedAt, error, isAlone }: Look): void {
      if (facts.wasMoved() || !isAlone) return;
      if (error !== null || facts.lineAt >= beganAt || doubts.wasTroubled(beganAt - LEFT_ALONE_MS, endedAt)) return;
      const rules = facts.now();
      for (const [account, windows] of facts.figures) {
        for (const [key, { usedCredits, wholeCredits }] of windows) {
          const [window = ''] = key.split(':');
          if (account.startsWith('member:') || window === 'day' || isForecast(account, window)) continue;
          if (AROUND_MS.some((ms) => windowKey(rules, window, endedAt + ms) !== key)) continue;
          const reached = rules.percents.filter((percent) => usedCredits * 100 >= percent * wholeCredits);
          const percent = usedCredits === 0 ? null : (reached.at(-1) ?? null);
          for (const memberId of alertReaders(rules, account))
            shows({ rules, account, key, memberId, percent, endedAt });
        }
      }
      for (const alert of all) if (alert.window !== 'day') isUpToDate(alert, rules, endedAt);
    },
  };

  /** After a move to another zone, windows end as they were announced: then the lines say which one runs. */
  function writtenKey(account: string, window: string): string {
    const keys = [...(facts.figures.get(account)?.keys() ?? [])];
    return keys.find((key) => key.split(':')[0] === window) ?? window;
  }

  type Shown = {
    rules: Rules;
    account: string;
    key: string;
    memberId: string;
    percent: number | null;
    endedAt: number;
  };

  function shows({ rules, account, key, memberId, percent, endedAt }: Shown): void {
    const copies = of(memberId, account, key);
    const what = `the alert of ${account} ${key} to ${memberId}`;
    const ats = AROUND_MS.map((ms) => endedAt + ms);
    const isHeldBack = ats.some((at) => isQuietAt(rules, at) || isMutedAt(rules, account, at));
    if (copies.length === 0) {
      if (percent !== null && !isHeldBack) complain(`${what} did not come: ${percent}% are used`);
      return;
    }
    const wanted = percent === null ? 'resolved' : String(Math.min(percent, 100));
    const isLost = (percent === null || isHeldBack) && copies.some((each) => doubts.isLost(each.message));
    if (!isLost && !copies.some((each) => stateOf(each) === wanted))
      complain(`${what} says ${statesOf(copies)}, it is ${wanted}`);
  }

  /** Of a window that is over, and of a limit that was taken away. */
  function isUpToDate(alert: Alert, rules: Rules, at: number): void {
    const { account, window, key, message } = alert;
    const copies = of(message.memberId, account, key);
    const says = (state: string) => copies.some((each) => stateOf(each) === state || doubts.isLost(each.message));
    if (!alertReaders(rules, account).includes(message.memberId)) return;
    const keys = AROUND_MS.map((ms) => windowKey(rules, window, at + ms));
    const isLimited = [...(facts.figures.get(account)?.keys() ?? [])].some((each) => each.split(':')[0] === window);
    const what = `the alert of ${account} ${key} to ${message.memberId}`;
    if (keys.every((each) => each === key)) {
      if (!isLimited && !says('resolved')) complain(`${what} says ${statesOf(copies)}, and has no limit`);
    } else if (isLimited && keys.every((each) => keyBefore(window, each) === key) && !says('ended')) {
      complain(`${what} says ${statesOf(copies)}, and its window is over`);
    }
  }
}

const statesOf = (copies: readonly Alert[]) => copies.map(stateOf).join(' and ');
const stateOf = ({ message }: Alert): string => {
  const said = message.texts.at(-1)?.text.split('\n')[0] ?? '';
  return stateIn(said);
};

const stateIn = (head: string) =>
  /has ended\.$/.test(head)
    ? 'ended'
    : /has room again\.$/.test(head)
      ? 'resolved'
      : /is used up\.$/.test(head)
        ? '100'
        : (/is (\d+)% used\.$/.exec(head)?.[1] ?? head);

/** What a forecast is part of: no arithmetic of ours says what is to be told of it. */
const isForecast = (account: string, window: string) => account.startsWith('client:') && window === 'month';

function windowKey({ timeZone, weekStartsOn }: Rules, window: string, at: number): string {
  const { date } = wallAt(at, timeZone);
  if (window === 'week') return `week:${weekOf(date, weekStartsOn)}`;
  return window === 'month' ? `month:${date.slice(0, 7)}` : window;
}

function keyBefore(window: string, key: string): string | null {
  const [, date = ''] = key.split(':');
  if (window === 'week') return `week:${addDays(date, -7)}`;
  return window === 'month' ? `month:${addDays(`${date}-01`, -1).slice(0, 7)}` : null;
}
