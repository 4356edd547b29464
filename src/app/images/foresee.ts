import { handleCommand } from '../../ledger/handle-command.ts';
import type { Place } from '../../ledger/lists/channel-ids.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import type { ExceededLimit, State } from '../../ledger/state.ts';
import type { Work } from '../../ledger/work.ts';

/** What the ledger would answer to a request now. */
export type Foreseen =
  | { kind: 'made' }
  | { kind: 'asks'; requestedCredits: number; exceeded: readonly ExceededLimit[] }
  | { kind: 'refused'; refusal: Refusal };

type Wanted = {
  by: string;
  place: Place;
  projectId: string | null;
  imagesCount: number;
  eachCredits: number;
  work: Work;
};

/**
 * Says it by the ledger’s own decision, so that a form promises nothing else. Nothing is held. A channel without a client
 * yet is no obstacle: those who may decide are asked.
 */
export function foresee(state: State, { by, place, work, ...wanted }: Wanted, at: number): Foreseen {
  const command = {
    kind: 'hold' as const,
    commandId: 'foreseen',
    by,
    channelId: place.channelId,
    threadTs: place.threadId,
    ...wanted,
    work,
    timeoutMs: TIMEOUT_MS,
    contentDigest: 'foreseen',
  };
  const { line, turnedAway } = handleCommand(state, command, { now: at, commandHash: 'foreseen' });
  if (turnedAway) return { kind: 'refused', refusal: turnedAway };
  if (line.kind === 'asked') return { kind: 'asks', requestedCredits: line.requestedCredits, exceeded: line.exceeded };
  if (line.kind !== 'refused' || isNoObstacle(line.refusal)) return { kind: 'made' };
  return { kind: 'refused', refusal: line.refusal };
}

const TIMEOUT_MS = 60_000;

/** A person becomes known by their first request. */
const isNoObstacle = ({ reason }: Refusal) =>
  reason === 'channel_unbound' || reason === 'not_a_member' || reason === 'not_open';
