import { channelsOf } from '../../ledger/lists/client-lists.ts';
import type { State } from '../../ledger/state.ts';
import type { AppContext } from '../context.ts';
import { clientIdsSeenBy } from '../limits/limit-contacts.ts';

/** Longer lists are turned over page by page. */
const CLIENTS_MAX = 200;

/** Lets a few channels of clients be looked at whenever Home opens, so that it marks those with outsiders that no one has used yet. */
export async function lookAtChannels({ channels }: AppContext, state: State, by: string): Promise<void> {
  const clientIds = clientIdsSeenBy(state, by).slice(0, CLIENTS_MAX);
  await channels.lookAt?.(clientIds.flatMap((clientId) => channelsOf(state, clientId)));
}
