import { type AccountId, AGENCY } from '../ledger/accounts.ts';
import type { Line } from '../ledger/lines.ts';
import type { OnExceeded, State } from '../ledger/state.ts';
import { usageOf } from '../ledger/usage/standings.ts';
import {
  type Calendar,
  previousMonth,
  WINDOWS,
  type Window,
  type WindowKeys,
  windowKeysAt,
} from '../ledger/usage/windows.ts';

/** A limit to preview before it is set. */
export type ProposedLimit = {
  window: Window;
  limitCredits: number;
  over: OnExceeded;
  rollOverMaxCredits: number | null;
};

/** What the limits would have done. A request that is over several of them is counted where the strictest leaves it. */
export type Rehearsal = {
  sinceAt: number;
  /** Everything that was made or is being made for the account, and what it used or holds. */
  requestsCount: number;
  usedCredits: number;
  blocked: Tally;
  asked: Tally;
  warned: Tally;
};

/** `usedCredits`: what these requests really used, so that of those blocked it is what would have been saved. */
export type Tally = {
  requestsCount: number;
  usedCredits: number;
  /** Those with most requests first. */
  members: readonly Counted<'memberId'>[];
  clients: readonly Counted<'clientId'>[];
};
export type Counted<Id extends 'memberId' | 'clientId'> = { [Key in Id]: string } & { requestsCount: number };

const DAY_MS = 86_400_000;
/** How long before the rehearsed days lines are wanted, so that the window which was open then is known as a whole. */
const LEAD_DAYS: Readonly<Record<Window, number | null>> = {
  day: 2,
  week: 8,
  month: 32,
  quarter: null,
  year: null,
  total: null,
};
/** Of long windows what the ledger has counted is taken, without the lines that are read. */
const COUNTED = WINDOWS.filter((window) => LEAD_DAYS[window] === null);

export function readsFrom(limits: readonly ProposedLimit[], sinceAt: number): number {
  const days = limits.map(({ window, rollOverMaxCredits }) => (LEAD_DAYS[window] ?? 0) + (rollOverMaxCredits ? 31 : 0));
  return sinceAt - Math.max(0, ...days) * DAY_MS;
}

/**
 * What limits would have done to an account's requests since a moment: in order, in the workspace's own calendar.
 * `lines` are those that touched the account, oldest first, from `readsFrom` on.
 *
 * It is simpler than the ledger, on purpose:
 * - Each request is taken as if it had ended at once: whether it fits is asked of what was held for it, as the ledger would,
 *   and what it then used is what was really captured; what is still held counts in full, what was given back not at all.
 * - What would have been blocked, or sent for approval, does not count towards what comes after it: an approval brings its
 *   own credits. What would only have been warned about does.
 * - Only the proposed limits are asked, as if they had always stood. Grants and moved budget are left out, and what was refused in these days, or never
 *   approved, stays so. People are assumed to have acted just as they did.
 */
export function rehearse(
  state: State,
  of: { account: AccountId; limits: readonly ProposedLimit[]; lines: readonly Line[]; sinceAt: number },
): Rehearsal {
  const { account, limits, lines, sinceAt } = of;
  const { settings } = state;
  const requests = settings ? requestsIn(lines, account) : [];
  const room = new Room(limits, settings ? usedBefore(state, { account, requests, calendar: settings }) : new Map());
  const tallies = { blocked: new Counting(), asked: new Counting(), warned: new Counting() };
  const all = new Counting();
  for (const request of requests) {
    const end = settings ? room.take(request, settings) : 'passed';
    if (request.at < sinceAt) continue;
    all.add(request);
    if (end !== 'passed') tallies[end].add(request);
  }
  const { requestsCount, usedCredits } = all.tally();
  return {
    sinceAt,
    requestsCount,
    usedCredits,
    blocked: tallies.blocked.tally(),
    asked: tallies.asked.tally(),
    warned: tallies.warned.tally(),
  };
}

type Made = { at: number; memberId: string; clientId: string; heldCredits: number; usedCredits: number };

/** What was held, approved or not, with what became of it as far as it has ended. */
function requestsIn(lines: readonly Line[], account: AccountId): Made[] {
  const used = new Map<string, number>();
  for (const line of lines) {
    if (line.kind === 'voided') used.set(line.holdId, 0);
    // A slip is the agency's: client and member have their credits back.
    if (line.kind === 'slipped') used.set(line.holdId, account === AGENCY ? line.heldCredits : 0);
    if (line.kind === 'captured') {
      used.set(line.holdId, line.chargedTo === 'all' || account === AGENCY ? line.capturedCredits : 0);
    }
  }
  return lines.flatMap((line): Made[] => {
    if (line.kind !== 'held' && line.kind !== 'approved') return [];
    const { at, memberId, clientId, holds } = line;
    const heldCredits = holds.reduce((sum, { amountCredits }) => sum + amountCredits, 0);
    const usedCredits = holds.reduce((sum, { holdId, amountCredits }) => sum + (used.get(holdId) ?? amountCredits), 0);
    return [{ at, memberId, clientId, heldCredits, usedCredits }];
  });
}

/** What the account used and holds besides these requests, by the window's key. */
function usedBefore(
  state: State,
  { account, requests, calendar }: { account: AccountId; requests: readonly Made[]; calendar: Calendar },
): Map<string, number> {
  const before = new Map<string, number>();
  for (const { at, usedCredits } of requests) {
    const keys = windowKeysAt(at, calendar);
    for (const window of COUNTED) {
      const { usedCredits: used, heldCredits } = usageOf(state, account, keys[window]);
      before.set(keys[window], (before.get(keys[window]) ?? used + heldCredits) - usedCredits);
    }
  }
  return new Map([...before].map(([key, credits]) => [key, Math.max(0, credits)]));
}

type End = 'passed' | 'warned' | 'asked' | 'blocked';

const ENDS: Readonly<Record<OnExceeded, End>> = { refuse: 'blocked', ask: 'asked', warn: 'warned' };
const STRICTEST: readonly End[] = ['blocked', 'asked', 'warned'];

/** What each limit has left, window by window. */
class Room {
  constructor(
    private readonly limits: readonly ProposedLimit[],
    private readonly used: Map<string, number>,
  ) {}

  take({ at, heldCredits, usedCredits }: Made, calendar: Calendar): End {
    const keys = windowKeysAt(at, calendar);
    const ends = this.limits.filter((limit) => this.leftOf(limit, keys) < heldCredits).map(({ over }) => ENDS[over]);
    const end = STRICTEST.find((each) => ends.includes(each)) ?? 'passed';
    if (end === 'passed' || end === 'warned') {
      for (const key of Object.values(keys)) this.used.set(key, this.usedIn(key) + usedCredits);
    }
    return end;
  }

  private leftOf({ window, limitCredits, rollOverMaxCredits }: ProposedLimit, keys: WindowKeys): number {
    const key = keys[window];
    const last = rollOverMaxCredits === null ? null : previousMonth(key);
    const unused = last === null ? 0 : Math.max(0, limitCredits - this.usedIn(last));
    return limitCredits + Math.min(rollOverMaxCredits ?? 0, unused) - this.usedIn(key);
  }

  private usedIn(key: string): number {
    return this.used.get(key) ?? 0;
  }
}

class Counting {
  private requestsCount = 0;
  private usedCredits = 0;
  private readonly members = new Map<string, number>();
  private readonly clients = new Map<string, number>();

  add({ memberId, clientId, usedCredits }: Made) {
    this.requestsCount += 1;
    this.usedCredits += usedCredits;
    this.members.set(memberId, (this.members.get(memberId) ?? 0) + 1);
    this.clients.set(clientId, (this.clients.get(clientId) ?? 0) + 1);
  }

  tally(): Tally {
    return {
      requestsCount: this.requestsCount,
      usedCredits: this.usedCredits,
      members: mostFirst(this.members).map(([memberId, requestsCount]) => ({ memberId, requestsCount })),
      clients: mostFirst(this.clients).map(([clientId, requestsCount]) => ({ clientId, requestsCount })),
    };
  }
}

const mostFirst = (counts: ReadonlyMap<string, number>) =>
  [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
