import type { AccountId } from '../../ledger/accounts.ts';
import { handleCommand } from '../../ledger/handle-command.ts';
import type { Place } from '../../ledger/lists/channel-ids.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import type { ExceededLimit, State } from '../../ledger/state.ts';
import type { Work } from '../../ledger/work.ts';
import { hiddenFrom } from '../limits/less-said.ts';
import { accountsIn } from '../names.ts';

/** What the ledger would answer to a request now. */
export type Foreseen =
  | { kind: 'made' }
  /** `hidden`: accounts whose figures are none of the person's business. */
  | { kind: 'asks'; requestedCredits: number; exceeded: readonly ExceededLimit[]; hidden: readonly AccountId[] }
  | { kind: 'refused'; refusal: Refusal; hidden: readonly AccountId[] };

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
  const hiddenIn = (accounts: readonly AccountId[]) =>
    hiddenFrom(state, { by, clientId: state.channels.get(place.channelId), accounts });
  if (turnedAway) return { kind: 'refused', refusal: turnedAway, hidden: [] };
  if (line.kind === 'asked') {
    const { requestedCredits, exceeded } = line;
    return { kind: 'asks', requestedCredits, exceeded, hidden: hiddenIn(exceeded.map(({ account }) => account)) };
  }
  if (line.kind !== 'refused' || isNoObstacle(line.refusal)) return { kind: 'made' };
  return { kind: 'refused', refusal: line.refusal, hidden: hiddenIn(accountsIn(line.refusal)) };
}

const TIMEOUT_MS = 60_000;

/** A person becomes known by their first request. */
const isNoObstacle = ({ reason }: Refusal) =>
  reason === 'channel_unbound' || reason === 'not_a_member' || reason === 'not_open';
