import { clientAccount } from '../accounts.ts';
import {
  bindChannel as bound,
  changeClient,
  createClient as created,
  changeChannelId as idChanged,
  renameClient as renamed,
} from '../apply/clients.ts';
import type { ClientsKinds } from '../commands/clients.ts';
import { isSame } from '../decide/already-so.ts';
import {
  bindChannel,
  changeChannelId,
  clientsOfBinding,
  closeClient,
  createClient,
  renameClient,
  reopenClient,
  setApprovalsChannel,
  setClientDigest,
} from '../decide/clients.ts';
import { channelNow } from '../lists/channel-ids.ts';
import { statesBindingBefore } from '../verify/invariants.ts';
import { orAbsent, orNull, text, yesOrNo } from './check.ts';
import { type Entries, NO_ACCOUNTS, NOTHING_WRONG } from './kind.ts';

const ofClient = ({ clientId }: { clientId: string }) => [clientAccount(clientId)];

export const clientsKinds: Entries<ClientsKinds> = {
  client_created: {
    command: 'create_client',
    about: NO_ACCOUNTS,
    decide: createClient,
    shape: { clientId: text, name: text },
    accounts: ofClient,
    apply: created,
    invariant: NOTHING_WRONG,
  },
  client_renamed: {
    command: 'rename_client',
    about: ofClient,
    decide: renameClient,
    isAlreadySo: (state, { clientId, name }) => state.clients.get(clientId)?.name === name,
    shape: { clientId: text, name: text, before: orAbsent(text) },
    accounts: ofClient,
    apply: renamed,
    invariant: NOTHING_WRONG,
    commands: ({ by, clientId, name }) => [{ by, kind: 'rename_client', clientId, name }],
  },
  client_closed: {
    command: 'close_client',
    about: NO_ACCOUNTS,
    decide: closeClient,
    shape: { clientId: text },
    accounts: ofClient,
    apply: (state, { clientId, at }) => changeClient(state, clientId, { closedAt: at }),
    invariant: NOTHING_WRONG,
  },
  client_reopened: {
    command: 'reopen_client',
    about: NO_ACCOUNTS,
    decide: reopenClient,
    isAlreadySo: (state, { clientId }) => state.clients.get(clientId)?.closedAt === null,
    shape: { clientId: text },
    accounts: ofClient,
    apply: (state, { clientId }) => changeClient(state, clientId, { closedAt: null }),
    invariant: NOTHING_WRONG,
  },
  approvals_channel_set: {
    command: 'set_approvals_channel',
    about: ofClient,
    decide: setApprovalsChannel,
    isAlreadySo: (state, { clientId, channelId }) =>
      isSame(state.clients.get(clientId)?.approvalsChannelId, channelId && channelNow(state, channelId)),
    shape: { clientId: text, channelId: orNull(text) },
    accounts: ofClient,
    apply: (state, { clientId, channelId }) =>
      changeClient(state, clientId, { approvalsChannelId: channelId === null ? null : channelNow(state, channelId) }),
    invariant: NOTHING_WRONG,
  },
  client_digest_set: {
    command: 'set_client_digest',
    about: ofClient,
    decide: setClientDigest,
    isAlreadySo: (state, { clientId, isOn }) => state.clients.get(clientId)?.hasDigest === isOn,
    shape: { clientId: text, isOn: yesOrNo },
    accounts: ofClient,
    apply: (state, { clientId, isOn }) => changeClient(state, clientId, { hasDigest: isOn }),
    invariant: NOTHING_WRONG,
  },
  channel_bound: {
    command: 'bind_channel',
    about: clientsOfBinding,
    action: (_, accounts) => (accounts.length > 0 ? 'bind_channel' : 'set_up'),
    decide: bindChannel,
    isAlreadySo: (state, { channelId, clientId }) => state.channels.get(channelNow(state, channelId)) === clientId,
    shape: { channelId: text, clientId: orNull(text), before: orAbsent(orNull(text)) },
    accounts: ({ clientId }) => (clientId === null ? [] : [clientAccount(clientId)]),
    apply: bound,
    invariant: statesBindingBefore,
    commands: ({ by, channelId, clientId }) =>
      [true, false].map((ifUnbound) => ({ by, kind: 'bind_channel', channelId, clientId, ifUnbound })),
  },
  channel_id_changed: {
    command: 'change_channel_id',
    about: NO_ACCOUNTS,
    decide: changeChannelId,
    shape: { channelId: text, toChannelId: text },
    accounts: NO_ACCOUNTS,
    apply: idChanged,
    invariant: NOTHING_WRONG,
  },
};
