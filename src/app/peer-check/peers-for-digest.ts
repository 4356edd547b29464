import type { State } from '../../ledger/state.ts';
import type { PeerHeld } from '../../reports/peer-week.ts';
import type { AppContext } from '../context.ts';
import { onceMarker } from '../once/once-markers.ts';
import { placeOf } from '../once/post-once.ts';
import { differentKey, type PeerWeek, peerWeek, toldKey, weekOf, weeksAgo } from './judge-peers.ts';
import { managersAbout } from './managers-about.ts';

/** So long it has held, week after week, and so long ago the person was told, before a manager reads of it. */
const HOLDS_WEEKS = 3;
/** A telling from before this is about other work. */
const TOLD_WEEKS_MAX = 11;

/** Everything that a manager may read as of a date. None while the check is off, and none from before it was turned on. */
export async function peersHeld(context: AppContext, state: State, date: string): Promise<PeerHeld[]> {
  const on = state.settings?.peerCheckOn;
  if (!on) return [];
  const week = weekOf(state, date);
  const weeks: PeerWeek[] = [];
  for (let ago = 0; ago < HOLDS_WEEKS; ago += 1) {
    const judged = await peerWeek(context, weeksAgo(week, ago));
    if (!judged || judged.at < on.at) return [];
    weeks.push(judged);
  }
  const held: PeerHeld[] = [];
  for (const [memberId, found] of Object.entries(weeks[0]?.found ?? {})) {
    const holds = weeks.every((each) => memberId in each.found) && state.members.get(memberId)?.status === 'active';
    if (holds && (await wasToldInTime(context, { memberId, week, sinceAt: on.at }))) held.push({ memberId, ...found });
  }
  return held;
}

type Told = { memberId: string; week: string; sinceAt: number };

/** Whether the person was told long enough ago, and has not said since that the work was different. */
async function wasToldInTime(context: AppContext, { memberId, week, sinceAt }: Told): Promise<boolean> {
  for (let ago = 0; ago <= TOLD_WEEKS_MAX; ago += 1) {
    const then = weeksAgo(week, ago);
    if ((await onceMarker(context, differentKey(memberId, then))) !== null) return false;
    if (ago < HOLDS_WEEKS || (await placeOf(context, toldKey(memberId, then))) === null) continue;
    return ((await peerWeek(context, then))?.at ?? 0) >= sinceAt;
  }
  return false;
}

/** One person at most, so that no digest has a list of people. Where it holds of several, they take turns by the week. */
export function heldFor(state: State, held: readonly PeerHeld[], { by, date }: { by: string; date: string }) {
  const own = held
    .filter(({ memberId }) => managersAbout(state, memberId).includes(by))
    .toSorted((one, other) => (one.memberId < other.memberId ? -1 : 1));
  const weekNo = Math.floor(Date.parse(weekOf(state, date)) / (7 * 86_400_000));
  return own[weekNo % Math.max(1, own.length)] ?? null;
}
