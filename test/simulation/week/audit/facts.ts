import type { Line } from '../../../../src/ledger/lines.ts';
import type { DigestPolicy } from '../../../../src/ledger/policy.ts';

export type PersonFacts = { role: string; isActive: boolean; clientIds: readonly string[]; teamIds: readonly string[] };
/** What the lines say of who is to hear what, from a moment on. */
export type Rules = {
  at: number;
  timeZone: string;
  weekStartsOn: number;
  digest: DigestPolicy;
  percents: readonly number[];
  quiet: { from: string; to: string } | null;
  people: ReadonlyMap<string, PersonFacts>;
  /** By account: until when. */
  muted: ReadonlyMap<string, number>;
  expected: ReadonlyMap<string, number>;
  /** Clients whose channels get their week. */
  clientDigests: ReadonlySet<string>;
};
/** An image that was charged: when it was asked for, and from when on that is known. */
export type Made = { clientId: string; heldAt: number; at: number };
/** What the last line that touched an account left of one window; `wholeCredits`: all that may be used. */
export type Figures = { usedCredits: number; wholeCredits: number };

/** What is known from the lines alone, by the time at which each became durable. */
export type Facts = {
  rules: Rules[];
  /** Windows with a limit, by account. */
  figures: Map<string, Map<string, Figures>>;
  made: Made[];
  lineAt: number;
  add(line: Line, at: number): void;
  now(): Rules;
  /** What was before is not looked at any more. */
  begin(at: number): void;
  /** Whether the calendar was another one at some time since. */
  wasMoved(): boolean;
  /** All that held at some time between the two. */
  between(fromAt: number, toAt: number): Rules[];
};

export function createFacts(): Facts {
  const first: Rules = {
    at: 0,
    timeZone: 'UTC',
    weekStartsOn: 1,
    digest: { weekday: 1, minuteOfDay: 540, readers: 'owners_and_managers' },
    percents: [50, 80, 100],
    quiet: null,
    people: new Map(),
    muted: new Map(),
    expected: new Map(),
    clientDigests: new Set(),
  };
  const held = new Map<string, Omit<Made, 'at'>>();
  const facts: Facts = {
    rules: [first],
    figures: new Map(),
    made: [],
    lineAt: 0,
    now: () => facts.rules.at(-1) ?? first,
    begin(at) {
      facts.rules = [{ ...facts.now(), at }];
    },
    wasMoved: () => facts.rules.some(({ timeZone }) => timeZone !== facts.now().timeZone),
    between(fromAt, toAt) {
      const begun = facts.rules.filter(({ at }) => at <= toAt);
      return begun.filter((_, index) => (begun[index + 1]?.at ?? Number.POSITIVE_INFINITY) > fromAt);
    },
    add(line, at) {
      facts.lineAt = at;
      const changed = changedBy(line, facts.now());
      if (changed) facts.rules.push({ ...facts.now(), ...changed, at });
      keepFigures(facts.figures, line);
      if (line.kind === 'held')
        for (const { holdId } of line.holds) held.set(holdId, { clientId: line.clientId, heldAt: line.at });
      const made = line.kind === 'captured' ? held.get(line.holdId) : undefined;
      if (made) facts.made.push({ ...made, at });
    },
  };
  return facts;
}

function changedBy(line: Line, before: Rules): Partial<Rules> | null {
  const person = (memberId: string, change: Partial<PersonFacts>): Partial<Rules> => {
    const known = before.people.get(memberId) ?? { role: 'creator', isActive: true, clientIds: [], teamIds: [] };
    return { people: new Map(before.people).set(memberId, { ...known, ...change }) };
  };
  const { kind } = line;
  if (kind === 'workspace_opened') {
    const { timeZone, weekStartsOn, ownerId } = line;
    return { timeZone, weekStartsOn, ...person(ownerId, { role: 'owner' }) };
  }
  if (kind === 'member_added' || kind === 'role_set') return person(line.memberId, { role: line.role });
  if (kind === 'manages_set') return person(line.memberId, { clientIds: line.clientIds, teamIds: line.teamIds });
  if (kind === 'member_suspended' || kind === 'member_resumed')
    return person(line.memberId, { isActive: kind === 'member_resumed' });
  if (kind === 'client_digest_set') {
    const others = [...before.clientDigests].filter((id) => id !== line.clientId);
    return { clientDigests: new Set(line.isOn ? [...others, line.clientId] : others) };
  }
  if (kind === 'alerts_muted') return { muted: new Map(before.muted).set(line.account, line.untilAt ?? 0) };
  if (kind === 'use_expected') return { expected: new Map(before.expected).set(line.account, line.untilAt) };
  return kind === 'policy_set' ? policyBy(line.policy) : null;
}

function policyBy(policy: Extract<Line, { kind: 'policy_set' }>['policy']): Partial<Rules> | null {
  if (policy.name === 'digest') return { digest: policy.value };
  if (policy.name === 'timeZone') return { timeZone: policy.value };
  if (policy.name === 'alerts') return { percents: policy.value.percents, quiet: policy.value.quiet };
  return null;
}

/** A line states every limited window of each account that it touched: those that it leaves out have no limit any more. */
function keepFigures(figures: Facts['figures'], line: Line): void {
  const touched = new Map<string, Map<string, Figures>>();
  for (const { account, window, usedCredits, heldCredits, availableCredits } of line.balances) {
    const windows = touched.get(account) ?? new Map<string, Figures>();
    touched.set(account, windows);
    if (availableCredits === null) continue;
    windows.set(window, { usedCredits, wholeCredits: usedCredits + heldCredits + availableCredits });
  }
  for (const [account, windows] of touched) figures.set(account, windows);
}
