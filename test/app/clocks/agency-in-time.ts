import { tendClock } from '../../../src/app/clock/correct-clock.ts';
import { recoverJobs } from '../../../src/app/images/recover-jobs.ts';
import type { CommandBody } from '../../../src/ledger/commands/commands.ts';
import { standings } from '../../../src/ledger/usage/standings.ts';
import { ENDINGS, type Ending } from '../../../src/ledger/usage/windows.ts';
import { timesOf } from '../../../src/scheduler/expression.ts';
import { plansOf } from '../../../src/scheduler/plans.ts';
import { dueTick, runDue } from '../../../src/scheduler/run-due.ts';
import type { Row } from '../../../src/scheduler/schedule.ts';
import { lastTick } from '../../../src/scheduler/ticks.ts';
import type { Journal } from '../../../src/storage/journal/journal.ts';
import { createMemoryRecords } from '../../../src/storage/records/memory.ts';
import { hold } from '../../support/fixtures.ts';
import { createPaperSlack } from '../../support/paper-slack.ts';
import { correctClock } from '../../support/verbs.ts';
import { ANA, BEN, CHANNEL, CLIENT, createWorld, MARCUS, OLIVIA, openAgency } from '../../support/world.ts';
import { createLaws } from './laws.ts';
import { createTime, type Machine } from './machines.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const HALF_PAST_THREE = '30 3 * * *';
/** What begins in another calendar, begins when the window that runs at the change has ended. */
const LONGEST_DAYS: Readonly<Record<Ending, number>> = { day: 34, week: 34, month: 34, quarter: 94, year: 368 };
const DIED = new Error('died at it');

/** What happens in one run; `process` counts modulo those that there are. */
export type Step =
  | { kind: 'wait'; ms: number }
  | { kind: 'set'; process: number; offMs: number; driftMsPerHour: number }
  | { kind: 'unplug' | 'plug' | 'round' | 'restart' | 'correct'; process: number }
  | { kind: 'spend'; process: number; by: 'ana' | 'ben'; credits: number; images: number }
  | { kind: 'end'; process: number; pick: number; usedPercent: number }
  | { kind: 'decide'; process: number; pick: number; how: 'once' | 'until' | 'raise' | 'deny' }
  /** `lastsMs`: for as long, what lasts until a time. */
  | { kind: 'give'; process: number; wish: CommandBody; lastsMs: number };

export type Plan = { outside: readonly boolean[]; startAt: number; timeZone: string; steps: readonly Step[] };

type Process = { machine: Machine; world: Awaited<ReturnType<typeof createWorld>> };

const NO_CALENDAR = { timeZone: 'UTC', weekStartsOn: 1 };

const LIMITS = [
  ['agency', 'month', 60, 'refuse'],
  [`client:${CLIENT}`, 'day', 12, 'refuse'],
  [`client:${CLIENT}`, 'week', 25, 'refuse'],
  [`client:${CLIENT}`, 'month', 40, 'ask'],
  [`member:${ANA}`, 'day', 8, 'ask'],
  [`member:${BEN}@client:${CLIENT}`, 'total', 45, 'refuse'],
] as const;

const lasting = (wish: CommandBody, untilAt: number): CommandBody =>
  wish.kind === 'grant' ? { ...wish, expiresAt: untilAt } : wish.kind === 'set_delegate' ? { ...wish, untilAt } : wish;

/** An agency with several processes on one journal, whose clocks do what the plan says; and what is broken at its end. */
export async function runPlan(plan: Plan, journal: Journal) {
  const time = createTime(plan.startAt);
  const laws = createLaws(time.right.now);
  const shared = { records: createMemoryRecords(), messenger: createPaperSlack() };
  const ticks: string[] = [];
  /** Until everything is repaired every second one dies at it, and leaves its claim behind. */
  let claims = 0;
  let isRepaired = false;
  const daily: Row = {
    name: 'tick',
    expression: HALF_PAST_THREE,
    begins: 'with_last_tick',
    madeUpWithinMs: null,
    async run(_: unknown, tick: string) {
      claims += 1;
      if (!isRepaired && claims % 2 === 1) throw DIED;
      ticks.push(tick);
    },
  };

  const journalOf = (machine: Machine | null): Journal => ({
    ...journal,
    async append(lines) {
      const written = await journal.append(lines);
      if (written === 'appended') for (const line of lines) laws.saw(line, machine);
      return written;
    },
  });
  const first = await createWorld({ ...shared, clock: time.right, journal: journalOf(null) });
  await openAgency(first);
  const setUp: CommandBody[] = [
    { kind: 'add_member', memberId: ANA, role: 'creator' },
    { kind: 'add_member', memberId: BEN, role: 'creator' },
    { kind: 'set_policy', policy: { name: 'timeZone', value: plan.timeZone } } as CommandBody,
    ...LIMITS.map(
      ([account, window, limitCredits, over]): CommandBody => ({
        ...{ kind: 'set_limit', account, window, limitCredits, over, rollOverMaxCredits: null },
      }),
    ),
  ];
  for (const [index, wish] of setUp.entries()) {
    const answer = await first.book.submit({ commandId: `set-up-${index}`, by: OLIVIA, ...wish });
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  }

  const start = async (machine: Machine, processId: string): Promise<Process> => {
    await machine.clock.askAround?.();
    const world = await createWorld({ ...shared, clock: machine.clock, journal: journalOf(machine), processId });
    return { machine, world };
  };
  const processes: Process[] = [];
  for (const [index, hasOutside] of plan.outside.entries())
    processes.push(await start(time.machine({ hasOutside }), `p${index}`));

  let ids = 0;
  const submit = async ({ world }: Process, by: string, wish: CommandBody) => {
    const answer = await world.book.submit({ ...wish, commandId: `c${++ids}`, by });
    if (!answer.ok && answer.refusal.reason === 'clock_wrong') laws.seen.refused += 1;
    return answer;
  };
  const round = async ({ world }: Process) => {
    await recoverJobs(world, { alone: false });
    await runDue(world, [daily]).catch((error: unknown) => {
      if (error !== DIED) throw error;
    });
  };

  for (const step of plan.steps) {
    if (step.kind === 'wait') {
      await time.right.advance(step.ms);
      continue;
    }
    const index = step.process % processes.length;
    const process = processes[index] as Process;
    const { machine, world } = process;
    switch (step.kind) {
      case 'set':
        machine.set(step.offMs, step.driftMsPerHour);
        break;
      case 'unplug':
        machine.isPlugged = false;
        break;
      case 'plug':
        machine.isPlugged = plan.outside[index] ?? false;
        break;
      case 'round':
        await round(process);
        break;
      case 'correct':
        await byOwner(process);
        break;
      case 'restart':
        processes[index] = await start(machine, `${world.processId}+`);
        break;
      case 'spend': {
        const asked = hold(step.credits, { imagesCount: step.images, channelId: CHANNEL });
        await submit(process, step.by === 'ana' ? ANA : BEN, asked);
        break;
      }
      case 'end': {
        const open = [...world.book.now().holds.values()];
        const one = open[step.pick % open.length];
        if (!one) break;
        const capturedCredits = Math.round((one.amountCredits * step.usedPercent) / 100);
        const { holdId } = one;
        const wish: CommandBody =
          capturedCredits > 0
            ? { kind: 'capture', holdId, capturedCredits, costMicroUsd: 1 }
            : { kind: 'void', holdId, reason: 'refused' };
        await submit(process, 'inkwell', wish);
        break;
      }
      case 'decide': {
        const open = [...world.book.now().requests.values()].filter(({ end }) => end === null);
        const request = open[step.pick % open.length];
        if (request) await decide(process, request.requestId, step.how);
        break;
      }
      case 'give':
        await submit(process, OLIVIA, lasting(step.wish, world.clock.now() + step.lastsMs));
    }
  }

  async function decide(process: Process, requestId: string, how: 'once' | 'until' | 'raise' | 'deny') {
    if (how === 'deny') return void (await submit(process, MARCUS, { kind: 'deny', requestId, reason: '' }));
    const lacking = [
      { account: `client:${CLIENT}`, window: 'month' },
      { account: `member:${ANA}`, window: 'day' },
    ] as const;
    const limits = lacking.map((each) => ({ ...each, limitCredits: 50 }));
    const expiresAt = process.world.clock.now() + 5 * DAY;
    await submit(process, OLIVIA, {
      kind: 'approve',
      requestId,
      how:
        how === 'raise'
          ? { kind: how, limits }
          : how === 'until'
            ? { kind: how, amountCredits: 20, expiresAt }
            : { kind: how },
      seen: lacking.map(({ account, window }) => `${account} ${window}` as const),
    });
  }

  await repair();
  return { laws, ticks, broken: [...laws.broken, ...(await atTheEnd())] };

  /** Clocks are right, and what the docs say is done: a minute's round, or an owner's click where nobody confirms the time. */
  async function repair() {
    for (const [index, { machine }] of processes.entries()) {
      machine.set(0);
      machine.isPlugged = plan.outside[index] ?? false;
    }
    await time.right.advance(11 * MINUTE);
    for (const { world } of processes) await tendClock(world);
    await byOwner(processes[0] as Process);
    isRepaired = true;
    for (let minutes = 0; minutes < 3; minutes += 1) {
      await time.right.advance(MINUTE);
      for (const each of processes) await round(each);
    }
  }

  /** An owner's click, where the card is shown. */
  async function byOwner({ world }: Process) {
    const { lastAt } = await world.book.read();
    if (lastAt - world.clock.now() > 5 * MINUTE)
      await correctClock(world, { deliveryId: `click-${++ids}`, by: OLIVIA, wrongAt: lastAt });
  }

  async function atTheEnd(): Promise<string[]> {
    const found: string[] = [];
    const now = time.right.now();
    const [process] = processes as [Process];
    const state = await process.world.book.read();
    if (Math.abs(state.lastAt - now) > 30 * MINUTE && state.lastAt > now)
      found.push(`the ledger is at ${state.lastAt - now} ms`);
    for (const [account, window] of LIMITS) {
      if (window === 'total') continue;
      const [later] = standings(state, account, now + 32 * DAY).filter((each) => each.window === window);
      if (later && (later.usedCredits !== 0 || later.heldCredits !== 0 || later.limitCredits <= 0))
        found.push(`${account} ${window} does not end within 32 days`);
    }
    const answers = await Promise.all(processes.map((each) => submit(each, OLIVIA, hold(1, { channelId: CHANNEL }))));
    for (const answer of answers)
      if (!answer.ok && answer.refusal.reason === 'clock_wrong')
        found.push('nothing is spent, though all clocks are right');
    // Holds that have lost their job slip, requests escalate and lapse: all within two days.
    for (let hours = 0; hours < 50; hours += 5) {
      // A claim that a wrong clock left may look like a good one, for as long as those last.
      for (const minutes of [280, 20]) {
        await time.right.advance(minutes * MINUTE);
        for (const each of processes) await round(each);
      }
      const untilAt = time.right.now() - 20 * MINUTE;
      const { timeZone } = process.world.book.now().settings ?? NO_CALENDAR;
      const due = [
        dueTick(await plansOf(process.world, daily), untilAt),
        lastTick(timesOf(HALF_PAST_THREE), timeZone, { fromAt: now, untilAt }),
      ];
      for (const tick of due) if (tick !== null && !ticks.includes(tick)) found.push(`${tick} was not looked at`);
    }
    const after = await process.world.book.read();
    for (const { holdId, deadlineAt } of after.holds.values())
      found.push(`${holdId} is held until ${deadlineAt - now} ms`);
    for (const { requestId, end } of after.requests.values()) if (!end) found.push(`${requestId} waits for ever`);
    const soonAt = now + 6 * DAY;
    for (const [account, grants] of after.grants)
      for (const { heldCredits, expiresAt } of grants)
        if (heldCredits !== 0 || (expiresAt ?? 0) > soonAt)
          found.push(`a grant of ${account} is held, or lasts too long`);
    for (const { memberId, delegate } of after.members.values())
      if (delegate && delegate.untilAt > soonAt) found.push(`${memberId} is away for too long`);
    for (const window of ENDINGS)
      for (const { fromAt } of after.settings?.turns?.[window].turns ?? [])
        if (fromAt > now + LONGEST_DAYS[window] * DAY)
          found.push(`the ${window} of another calendar begins after ${fromAt - now} ms`);
    if (new Set(ticks).size !== ticks.length) found.push(`a tick came twice: ${ticks.join()}`);
    return found;
  }
}
