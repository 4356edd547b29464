import type { Change } from '../kinds/kind.ts';
import type { EntryOf } from '../lines.ts';
import { channelNow, placeKey, placeOfKey } from '../lists/channel-ids.ts';
import { channelLists, clientLists, placeLists } from '../lists/client-lists.ts';
import { renamed } from '../lists/former-names.ts';
import type { Client, State } from '../state.ts';

/** A manager looks after the client that they created. */
export function createClient(state: State, { clientId, name, by, at }: EntryOf<'client_created'>): Change {
  const client: Client = {
    clientId,
    name,
    createdAt: at,
    closedAt: null,
    approvalsChannelId: null,
    hasDigest: false,
    qualityCap: null,
  };
  const creator = state.members.get(by);
  const clients = clientLists.set(state.clients, clientId, client);
  if (creator?.role !== 'manager') return { clients };
  const manages = { ...creator.manages, clientIds: [...creator.manages.clientIds, clientId] };
  return { clients, members: state.members.set(by, { ...creator, manages }) };
}

export function renameClient(state: State, line: EntryOf<'client_renamed'>): Change {
  const client = state.clients.get(line.clientId);
  return changeClient(state, line.clientId, client ? renamed(client, line) : {});
}

export const bindChannel = (state: State, { channelId, clientId }: EntryOf<'channel_bound'>): Change => ({
  channels: channelLists.set(state.channels, channelNow(state, channelId), clientId),
});

/** All that the old id is known by follows. What the new id was bound to before the event arrived was decided later. */
export function changeChannelId(state: State, { channelId, toChannelId }: EntryOf<'channel_id_changed'>): Change {
  const from = channelNow(state, channelId);
  // Two changes of one channel may arrive the wrong way round.
  const to = channelNow(state, toChannelId);
  const isFrom = (each: { channelId: string }) => each.channelId === from;
  const ids = state.channelIds
    .map((now) => (now === from ? to : now))
    .set(from, to)
    .delete(to);
  const bound = state.channels.get(from);
  const channels = channelLists.remove(state.channels, from);
  return {
    channelIds: ids,
    channels: bound === undefined || channels.has(to) ? channels : channelLists.set(channels, to, bound),
    places: movedPlaces(state, { from, to }),
    clients: state.clients.map((each) =>
      each.approvalsChannelId === from ? { ...each, approvalsChannelId: to } : each,
    ),
    requests: state.requests.map((each) => (isFrom(each) ? { ...each, channelId: to } : each)),
    holds: state.holds.map((each) => (isFrom(each) ? { ...each, channelId: to } : each)),
  };
}

function movedPlaces({ places }: State, { from, to }: { from: string; to: string }): State['places'] {
  let moved = places;
  for (const [key, projectId] of places) {
    const { channelId, threadId } = placeOfKey(key);
    if (channelId !== from) continue;
    const next = placeKey({ channelId: to, threadId });
    moved = placeLists.remove(moved, key);
    if (!moved.has(next)) moved = placeLists.set(moved, next, projectId);
  }
  return moved;
}

export function changeClient(state: State, clientId: string, to: Partial<Client>): Change {
  const client = state.clients.get(clientId);
  if (!client) throw new Error(`client ${clientId} is not known`);
  return { clients: clientLists.set(state.clients, clientId, { ...client, ...to }) };
}
