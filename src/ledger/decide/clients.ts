import { type AccountId, clientAccount } from '../accounts.ts';
import type { Of } from '../commands/commands.ts';
import type { Facts } from '../lines.ts';
import { channelNow } from '../lists/channel-ids.ts';
import { clientLists, seenName } from '../lists/client-lists.ts';
import { accept, type Decision, invalid, refuse } from '../refusals.ts';
import { checkBinding } from '../rights/ceilings.ts';
import type { State } from '../state.ts';
import { checkId, checkName } from './checks.ts';

export function createClient(state: State, { clientId, name }: Of<'create_client'>): Decision<Facts> {
  if (state.clients.has(clientId)) return refuse({ reason: 'client_exists', clientId });
  return (
    checkId('clientId', clientId) ??
    checkName('name', name) ??
    checkFree(state, { clientId, name }) ??
    accept({ kind: 'client_created', clientId, name })
  );
}

export function renameClient(state: State, { clientId, name }: Of<'rename_client'>): Decision<Facts> {
  const before = state.clients.get(clientId)?.name;
  if (before === undefined) return refuse({ reason: 'client_unknown', clientId });
  return (
    checkName('name', name) ??
    checkFree(state, { clientId, name }) ??
    accept({ kind: 'client_renamed', clientId, name, before })
  );
}

export function closeClient(state: State, { clientId }: Of<'close_client'>): Decision<Facts> {
  const client = state.clients.get(clientId);
  if (!client) return refuse({ reason: 'client_unknown', clientId });
  return client.closedAt === null
    ? accept({ kind: 'client_closed', clientId })
    : refuse({ reason: 'client_closed', clientId });
}

export function reopenClient(state: State, { clientId }: Of<'reopen_client'>): Decision<Facts> {
  return state.clients.has(clientId)
    ? accept({ kind: 'client_reopened', clientId })
    : refuse({ reason: 'client_unknown', clientId });
}

export function setApprovalsChannel(
  state: State,
  { clientId, channelId }: Of<'set_approvals_channel'>,
): Decision<Facts> {
  if (!state.clients.has(clientId)) return refuse({ reason: 'client_unknown', clientId });
  return (
    (channelId === null ? null : checkId('channelId', channelId)) ??
    accept({ kind: 'approvals_channel_set', clientId, channelId })
  );
}

export function setClientDigest(state: State, { clientId, isOn }: Of<'set_client_digest'>): Decision<Facts> {
  return state.clients.has(clientId)
    ? accept({ kind: 'client_digest_set', clientId, isOn })
    : refuse({ reason: 'client_unknown', clientId });
}

/** Binding again moves the channel: what was spent stays with the client it was spent for. */
export function bindChannel(state: State, { by, channelId, clientId, ifUnbound }: Of<'bind_channel'>): Decision<Facts> {
  const wrong = checkId('channelId', channelId);
  if (wrong) return wrong;
  const decided = state.channels.get(channelNow(state, channelId));
  if (ifUnbound && decided !== undefined) return refuse({ reason: 'channel_decided', channelId, clientId: decided });
  if (clientId !== null && !state.clients.has(clientId)) return refuse({ reason: 'client_unknown', clientId });
  const wayRound = decided === clientId ? null : checkBinding(state, { by, clientId });
  if (wayRound) return wayRound;
  return accept({ kind: 'channel_bound', channelId, clientId, ...(decided === undefined ? {} : { before: decided }) });
}

/** The product's own, after an event of Slack's. Another channel that has the new id by then keeps what it is bound to. */
export function changeChannelId(state: State, { channelId, toChannelId }: Of<'change_channel_id'>): Decision<Facts> {
  const wrong = checkId('channelId', channelId) ?? checkId('toChannelId', toChannelId);
  if (wrong) return wrong;
  if (channelNow(state, channelId) === channelNow(state, toChannelId)) {
    return invalid('toChannelId', 'must be another channel’s id');
  }
  return accept({ kind: 'channel_id_changed', channelId, toChannelId });
}

/** Two clients of one name would look like one on a card. */
function checkFree(state: State, { clientId, name }: { clientId: string; name: string }) {
  const same = clientLists.ids(state.clients, ['name', seenName(name)]).find((id) => id !== clientId);
  return same === undefined ? null : refuse({ reason: 'name_taken', name, clientId: same });
}

/**
 * The client that the channel gets, and the one that it had, unless that is to stand anyway. Neither: a person who sets
 * things up may say so.
 */
export function clientsOfBinding(
  { channelId, clientId, ifUnbound }: Of<'bind_channel'>,
  state: State,
): readonly AccountId[] {
  const present = ifUnbound ? null : (state.channels.get(channelNow(state, channelId)) ?? null);
  return [...new Set([clientId, present])].flatMap((each) => (each === null ? [] : [clientAccount(each)]));
}
