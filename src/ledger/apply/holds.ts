import type { HeldPart, Holding } from '../commands/holds.ts';
import type { Change, Draft } from '../kinds/kind.ts';
import type { EntryOf } from '../lines.ts';
import { countOf } from '../refusals.ts';

import type { Hold, State } from '../state.ts';
import { addHolds, endHold, usedByAgency, usedByAll } from '../usage/usage.ts';
import type { UsageDraft } from '../usage/usage-draft.ts';
import { windowKeysAt } from '../usage/windows.ts';
import { tallyCapture, tallyEnd, tallyRefused, tallyRequest } from './tally.ts';

export function hold(state: State, line: EntryOf<'held'>, draft: Draft): Change {
  tallyRequest(state, line, draft.tally);
  return { ...setAside(state, line, draft), ...countRequest(state, line) };
}

export function capture(state: State, line: EntryOf<'captured'>, draft: Draft): Change {
  const usedBy = line.chargedTo === 'agency' ? usedByAgency : usedByAll;
  const open = openHold(state, line.holdId);
  tallyCapture(open, line, draft.tally);
  return endHold(state, open, { usedOn: usedBy(line.capturedCredits), uses: draft });
}

export function giveBack(state: State, { holdId, reason }: EntryOf<'voided'>, draft: Draft): Change {
  const open = openHold(state, holdId);
  if (reason === 'refused') tallyEnd(open, { declinedCount: 1 }, draft.tally);
  return endHold(state, open, { usedOn: usedByAll(0), uses: draft });
}

export function slip(state: State, line: EntryOf<'slipped'>, draft: Draft): Change {
  const open = openHold(state, line.holdId);
  const { holdId, memberId, clientId, amountCredits } = open;
  tallyEnd(open, { slippedCount: 1, agencyCredits: amountCredits }, draft.tally);
  const ended = endHold(state, open, { usedOn: usedByAgency(amountCredits), uses: draft });
  return {
    ...ended,
    slips: state.slips.set(holdId, { holdId, memberId, clientId, amountCredits, slippedAt: line.at }),
  };
}

/** The credits of a line that holds, on every account they touch. */
export function setAside(
  state: State,
  line: Holding & { at: number },
  uses: UsageDraft,
): Pick<State, 'grants' | 'holds'> {
  const holds = line.holds.map((part) => holdOf(state, line, part));
  return addHolds(state, holds, uses);
}

/** For the burst limit, which looks back a while; nothing is kept where there is none. */
export const countRequest = (state: State, { memberId, at }: { memberId: string; at: number }): Change =>
  addTo(state, memberId, at);

function addTo(state: State, count: string, at: number): Change {
  const burst = state.settings?.burst;
  if (!burst) return {};
  const latest = (state.bursts.get(count) ?? []).filter((each) => each > at - burst.withinMs);
  return { bursts: state.bursts.set(count, [...latest, at].slice(-burst.requestsMax)) };
}

/** Counts refused requests too: else a person without credits could fill the journal with them. */
export function countRefused(state: State, line: EntryOf<'refused'>, draft: Draft): Change {
  tallyRefused(state, line, draft.tally);
  return state.members.has(line.by) ? addTo(state, countOf(line.refusal, line.by), line.at) : {};
}

function holdOf(state: State, line: Holding & { at: number }, part: HeldPart): Hold {
  if (!state.settings) throw new Error('a hold before the workspace was opened');
  const { memberId, teamIds, clientId, projectId, channelId, work, deadlineAt, at: heldAt } = line;
  const { holdId, amountCredits, draws } = part;
  const keys = windowKeysAt(heldAt, state.settings);
  const spend = { memberId, teamIds, clientId, projectId };
  return { holdId, ...spend, channelId, work, amountCredits, heldAt, deadlineAt, keys, draws };
}

function openHold(state: State, holdId: string): Hold {
  const hold = state.holds.get(holdId);
  if (!hold) throw new Error(`hold ${holdId} is not open`);
  return hold;
}
