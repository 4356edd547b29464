import type { AlertChoice } from '../alert-choices.ts';
import type { Change, Draft } from '../kinds/kind.ts';
import type { EntryOf } from '../lines.ts';
import { type ApprovedRoom, type Request, requestLists } from '../requests.ts';
import type { Grant, Hold, Limit, Member, Settings, State } from '../state.ts';
import { dateOf } from '../tally/blocked.ts';
import { withCalendar } from '../usage/change-calendar.ts';
import { gatherUsage } from '../usage/usage.ts';
import { earlierOf, isLaterKey, type WindowKeys } from '../usage/windows.ts';

import { keysAt } from './limits.ts';

/** Longer than a night without lines, so that it is noted rarely; what a day's limit has counted is still there then. */
const JUMP_MS = 25 * 3_600_000;
/** Of the windows before this many jumps what was used is kept. */
const JUMPS_MAX = 2;

/**
 * A long silence and a clock that jumps ahead look alike at first. What was used in the windows before it is kept a while,
 * so that no account has its limit twice where the clock is corrected.
 */
export function noteJump(state: State, at: number): Pick<State, 'jumps'> | null {
  if (!state.settings || at - state.lastAt < JUMP_MS) return null;
  return { jumps: [...state.jumps, keysAt(state, state.lastAt)].slice(-JUMPS_MAX) };
}

/**
 * From here on the time is the line's, which lies before the line before it. Whatever was dated later is read as if it had
 * happened now: what was used counts in the windows of now, and what lasts for a while lasts as long from now on.
 */
export function applyClock(
  state: State,
  { seq, at, by: correctedBy, wrongAt }: EntryOf<'clock_corrected'>,
  uses: Draft,
): Change {
  const keys = keysAt(state, at);
  const jumps = state.jumps.filter(({ day }) => !isLaterKey(day, keys.day));
  const by = (time: number) => Math.min(time, at);
  const byOrNone = (time: number | null) => time && by(time);
  /** The end of something that began then. */
  const from: From = (beganAt, endsAt) => (beganAt > at ? at + (endsAt - beganAt) : endsAt);
  const { stop } = state;
  const holds = state.holds.map(
    (hold): Hold => ({
      ...hold,
      heldAt: by(hold.heldAt),
      deadlineAt: from(hold.heldAt, hold.deadlineAt),
      keys: earlierOf(hold.keys, keys),
    }),
  );
  // Some ended on another day by now.
  requestLists.forget(state.requests);
  uses.keep(jumps);
  uses.tally.readBy(dateOf(keys), at);
  gatherUsage(uses, { keys, holds: holds.valueSeq() });
  return {
    corrections: [
      ...state.corrections.map((each) => ({ ...each, at: by(each.at) })),
      { seq, at, by: correctedBy, wrongAt },
    ],
    jumps,
    settings: state.settings && settingsBy(state.settings, { by, at }),
    members: state.members.map((member) => memberBy(member, { by, from })),
    clients: state.clients.map((client) => ({
      ...client,
      createdAt: by(client.createdAt),
      qualityCap: client.qualityCap && chosenBy(client.qualityCap, { by, from }),
      closedAt: byOrNone(client.closedAt),
    })),
    projects: state.projects.map((project) => ({
      ...project,
      createdAt: by(project.createdAt),
      closedAt: byOrNone(project.closedAt),
    })),
    limits: state.limits.map((limits) => limits.map((limit) => limitFrom(limit, keys))),
    grants: state.grants.map((grants) =>
      grants.map(
        (grant): Grant => ({
          ...grant,
          grantedAt: by(grant.grantedAt),
          expiresAt: grant.expiresAt && from(grant.grantedAt, grant.expiresAt),
        }),
      ),
    ),
    holds,
    slips: state.slips.map((slip) => ({ ...slip, slippedAt: by(slip.slippedAt) })),
    requests: state.requests.map((request) => ({
      ...request,
      askedAt: by(request.askedAt),
      escalatesAt: from(request.askedAt, request.escalatesAt),
      lapsesAt: from(request.askedAt, request.lapsesAt),
      escalatedAt: byOrNone(request.escalatedAt),
      end: request.end && { ...request.end, at: by(request.end.at) },
      room: roomFrom(request, from),
    })),
    alerts: state.alerts.map(({ muted, expected }) => ({
      muted: muted && chosenBy(muted, { by, from }),
      expected: expected && chosenBy(expected, { by, from }),
    })),
    bursts: state.bursts.map((times) => times.map(by)),
    stop: stop && { ...stop, at: by(stop.at), resumed: stop.resumed && { ...stop.resumed, at: by(stop.resumed.at) } },
  };
}

function settingsBy(settings: Settings, { by, at }: { by(time: number): number; at: number }): Settings {
  const { peerCheckOn } = settings;
  const since = peerCheckOn && { ...peerCheckOn, at: by(peerCheckOn.at) };
  return { ...withCalendar(settings, {}, at), peerCheckOn: since };
}

type From = (beganAt: number, endsAt: number) => number;
type Times = { by(time: number): number; from: From };

function memberBy(member: Member, { by, from }: Times): Member {
  const { since, statusAt, delegate, appointed } = member;
  return {
    ...member,
    since: by(since),
    statusAt: by(statusAt),
    delegate: delegate && {
      ...delegate,
      namedAt: by(delegate.namedAt),
      untilAt: from(delegate.namedAt, delegate.untilAt),
    },
    ...(appointed && { appointed: { ...appointed, at: by(appointed.at) } }),
  };
}

function chosenBy<Chosen extends AlertChoice>(chosen: Chosen, { by, from }: Times): Chosen {
  return { ...chosen, at: by(chosen.at), untilAt: from(chosen.at, chosen.untilAt) };
}

/** As the grants that it was approved with. */
const roomFrom = ({ end, room }: Request, from: From): ApprovedRoom | null =>
  end && room?.kind === 'until' ? { ...room, expiresAt: from(end.at, room.expiresAt) } : room;

/** What was set in a window that has not begun was set in the present one. */
function limitFrom(limit: Limit, keys: WindowKeys): Limit {
  const { window, before } = limit;
  return isLaterKey(before.key, keys[window]) ? { ...limit, before: { ...before, key: keys[window] } } : limit;
}
