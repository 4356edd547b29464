import { type AccountId, accountsOf } from '../../../src/ledger/accounts.ts';
import { fold } from '../../../src/ledger/apply/apply.ts';
import type { Line } from '../../../src/ledger/lines.ts';
import { emptyState, type State } from '../../../src/ledger/state.ts';
import { windowKeysAt } from '../../../src/ledger/usage/windows.ts';
import { WORKSPACE } from '../../support/world.ts';
import type { Machine } from './machines.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** As documented: a machine may differ from what others say, and a line from the machine that reads it. */
const MACHINE_MS = 2 * MINUTE + 1_000;
const AHEAD_MS = 5 * MINUTE;

type Spent = {
  holdId: string;
  accounts: readonly AccountId[];
  at: number;
  trueAt: number;
  credits: number;
  corrections: number;
  /** Of windows that were not kept any more when the clock was corrected. */
  mayBeLost: boolean;
};

/**
 * Looks at every line at the moment that it is durable, with the true time in hand, and adds up by itself what was spent in
 * the windows of the true calendar.
 */
export function createLaws(now: () => number) {
  const broken: string[] = [];
  const seen = { spent: 0, judged: 0, documented: 0, ahead: 0, corrections: 0, refused: 0 };
  let state: State = emptyState(WORKSPACE);
  let spent: Spent[] = [];
  const granted: { account: AccountId; credits: number }[] = [];
  /** Since the ledger went ahead: how far it went at each step. */
  let steps: number[] = [];
  let corrections = 0;
  let last = { at: 0, trueAt: 0 };

  const complain = (line: Line, words: string) =>
    void broken.push(`line ${line.seq} ${line.kind} at ${new Date(line.at).toISOString()}: ${words}`);

  /** Two steps of more than a day are kept, and one of less: more than that is documented as what may be lost. */
  const isDocumented = () => steps.length > 2 || (steps.length > 1 && steps.some((ms) => ms < 26 * HOUR));

  function saw(line: Line, machine: Machine | null) {
    const trueAt = now();
    const before = state;
    state = fold(state, [line]);
    if (line.kind === 'clock_corrected') {
      corrections += 1;
      seen.corrections += 1;
      if (isDocumented()) mayBeLost();
      if (line.at - trueAt <= AHEAD_MS) steps = [];
    } else noteStep(line, trueAt);
    if (machine?.wasTold() && line.at > Math.max(before.lastAt, trueAt + MACHINE_MS))
      complain(line, 'is dated ahead by a machine that was told the time');
    if (line.kind === 'granted') granted.push({ account: line.account, credits: line.amountCredits });
    if (line.kind === 'approved')
      granted.push(...line.grants.map(({ account, amountCredits: credits }) => ({ account, credits })));
    if (line.kind === 'held' || line.kind === 'approved') {
      if (machine) whileInDoubt(line, machine, before);
      holds(line, trueAt);
    }
    if (line.kind === 'budget_moved' && machine) whileInDoubt(line, machine, before);
    if (line.kind === 'captured')
      ends(line.holdId, line.chargedTo === 'agency' ? ['agency'] : null, line.capturedCredits);
    if (line.kind === 'voided') ends(line.holdId, null, 0);
    if (line.kind === 'slipped') ends(line.holdId, ['agency'], null);
    last = { at: line.at, trueAt };
  }

  function mayBeLost() {
    seen.documented += 1;
    spent = spent.map((each) => ({ ...each, mayBeLost: true }));
  }

  function noteStep(line: Line, trueAt: number) {
    const stepMs = line.at - last.at;
    const isAhead = line.at - trueAt > AHEAD_MS;
    const jumped = stepMs - (trueAt - last.trueAt) > AHEAD_MS;
    if (isAhead && last.at > 0 && (jumped || stepMs > 25 * HOUR)) steps.push(stepMs);
    if (isAhead) seen.ahead += 1;
  }

  function whileInDoubt(line: Line, machine: Machine, before: State) {
    const off = machine.shows() - now();
    if (machine.wasTold() && Math.abs(off) > MACHINE_MS + 1_000)
      complain(line, `is written by a machine that knows that its clock is off by ${off} ms`);
    const reads = machine.wasTold() ? now() : machine.shows();
    if (before.lastAt - reads > AHEAD_MS + MACHINE_MS)
      complain(line, `spends while the last line is ahead by ${before.lastAt - reads} ms`);
  }

  /** In the windows of the true time. What was dated back by a clock that nobody held against anything is in older ones. */
  function holds(line: Line & { kind: 'held' | 'approved' }, trueAt: number) {
    const accounts = accountsOf(line);
    for (const { holdId, amountCredits } of line.holds)
      spent.push({ holdId, accounts, at: line.at, trueAt, credits: amountCredits, corrections, mayBeLost: false });
    seen.spent += 1;
    const isRight = Math.abs(line.at - trueAt) <= AHEAD_MS;
    if (isRight) seen.judged += 1;
    // As documented: a clock that is ahead spends the windows that it shows, each of them once, each time it is wrong.
    const isSame = isRight
      ? (each: Spent) => happenedAt(each)
      : (each: Spent) => (each.corrections === corrections ? each.at : Number.NaN);
    for (const account of accounts) inLimits(line, account, isSame);
  }

  /** What was dated ahead counts at its true time; what was dated back by a clock that nobody held against anything, as dated. */
  const happenedAt = ({ at, trueAt, mayBeLost }: Spent) =>
    mayBeLost ? Number.NaN : at - trueAt > AHEAD_MS ? trueAt : at;

  function inLimits(line: Line, account: AccountId, timeOf: (each: Spent) => number) {
    const { settings } = state;
    if (!settings) return;
    const present = windowKeysAt(line.at, settings);
    const of = spent.filter((each) => each.accounts.includes(account) && !Number.isNaN(timeOf(each)));
    const grants = granted.filter((each) => each.account === account);
    for (const { window, limitCredits } of state.limits.get(account) ?? []) {
      const isIn = (each: Spent) => windowKeysAt(timeOf(each), settings)[window] === present[window];
      const credits = sum(of.filter(isIn));
      const room = limitCredits + sum(grants);
      if (credits > room) complain(line, `${account} has spent ${credits} of ${room} this ${window}`);
    }
  }

  function ends(holdId: string, accounts: readonly AccountId[] | null, credits: number | null) {
    spent = spent.map((each) =>
      each.holdId === holdId
        ? { ...each, accounts: accounts ?? each.accounts, credits: credits ?? each.credits }
        : each,
    );
  }

  return { saw, broken, seen };
}

const sum = (all: readonly { credits: number }[]) => all.reduce((credits, each) => credits + each.credits, 0);

export type Laws = ReturnType<typeof createLaws>;
