import { handleCommand } from '../../src/ledger/handle-command.ts';
import type { Line } from '../../src/ledger/lines.ts';
import type { State } from '../../src/ledger/state.ts';
import { holdOf } from './wishes.ts';
import { CHANNELS, OLIVIA } from './worlds.ts';

type Reached = { state: State; lines: readonly Line[] };

/** More than any wall here: where so much is held at once, nothing stops it. */
const ENDLESS_CREDITS = 1_000;
/** Where a rule allows a little at a time only. */
const TIMES_MAX = 12;

/**
 * The most that others than owners could hold from here without asking anybody: each of them alone, and all of them one
 * after the other, in both orders.
 */
export function* spendings({ state, lines }: Reached): Iterable<Reached> {
  const spenders = [...state.members.values()]
    .filter(({ memberId, role, status }) => memberId !== OLIVIA && role !== 'viewer' && status === 'active')
    .map(({ memberId }) => memberId)
    .sort();
  const orders = [...spenders.map((memberId) => [memberId]), spenders, [...spenders].reverse()];
  for (const order of orders) {
    let reached: Reached = { state, lines };
    for (const memberId of order) reached = spendAll(reached, memberId);
    yield reached;
  }
}

function spendAll(from: Reached, memberId: string): Reached {
  let reached = from;
  for (const channelId of CHANNELS) {
    const clientId = from.state.channels.get(channelId);
    const projects = from.state.projects.filter((each) => each.clientId === clientId && each.closedAt === null);
    for (const projectId of [null, ...projects.keys()]) reached = spend(reached, { memberId, channelId, projectId });
  }
  return reached;
}

type Where = { memberId: string; channelId: string; projectId: string | null };

/** As much as there is at once; where a rule bounds a request, that often. */
function spend(from: Reached, where: Where): Reached {
  let reached = from;
  let credits = ENDLESS_CREDITS;
  for (let times = 0; times < TIMES_MAX && credits > 0; times += 1) {
    const { line, state } = tried(reached, where, credits);
    if (line.kind === 'held') {
      reached = { state, lines: [...reached.lines, line] };
      if (credits === ENDLESS_CREDITS) return reached;
      continue;
    }
    credits = Math.min(credits - 1, roomIn(line));
  }
  return reached;
}

function tried({ state, lines }: Reached, { memberId, channelId, projectId }: Where, credits: number) {
  const commandId = `spend-${lines.length}-${memberId}-${channelId}-${credits}`;
  const command = { commandId, by: memberId, ...holdOf(channelId, credits, projectId) };
  const { line, state: next } = handleCommand(state, command, { now: state.lastAt, commandHash: '' });
  if (!line) throw new Error('turned away, though no burst limit is set');
  return { line, state: next };
}

/** What the answer says is left; nothing where it is about something else. */
function roomIn(line: Line): number {
  if (line.kind === 'asked') return Math.min(...line.exceeded.map(({ availableCredits }) => availableCredits));
  if (line.kind !== 'refused') return 0;
  const { refusal } = line;
  if (refusal.reason === 'price_too_high') return refusal.priceMaxCredits;
  if (refusal.reason !== 'limit_exceeded') return 0;
  const stopping = refusal.exceeded.filter(({ over }) => over !== 'warn');
  return Math.min(...stopping.map(({ availableCredits }) => availableCredits));
}
