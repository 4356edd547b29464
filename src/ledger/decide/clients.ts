import type { Of } from '../commands.ts';
import type { Facts } from '../lines.ts';
import { accept, type Decision, refuse } from '../refusals.ts';
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
  if (!state.clients.has(clientId)) return refuse({ reason: 'client_unknown', clientId });
  return (
    checkName('name', name) ??
    checkFree(state, { clientId, name }) ??
    accept({ kind: 'client_renamed', clientId, name })
  );
}

/** Binding again moves the channel: what was spent stays with the client it was spent for. */
export function bindChannel(state: State, { channelId, clientId, ifUnbound }: Of<'bind_channel'>): Decision<Facts> {
  const wrong = checkId('channelId', channelId);
  if (wrong) return wrong;
  const decided = state.channels.get(channelId);
  if (ifUnbound && decided !== undefined) return refuse({ reason: 'channel_decided', channelId, clientId: decided });
  if (clientId !== null && !state.clients.has(clientId)) return refuse({ reason: 'client_unknown', clientId });
  return accept({ kind: 'channel_bound', channelId, clientId });
}

/** Two clients of one name would look like one on a card. */
function checkFree(state: State, { clientId, name }: { clientId: string; name: string }) {
  const same = state.clients.find((client) => client.clientId !== clientId && sameName(client.name, name));
  return same ? refuse({ reason: 'name_taken', name, clientId: same.clientId }) : null;
}

const sameName = (one: string, other: string) => seen(one) === seen(other);

/** As people see it: capitals, and the several ways to write one letter, make no difference. */
const seen = (name: string) => name.normalize('NFKC').toLowerCase();
