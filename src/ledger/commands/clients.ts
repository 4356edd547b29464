/** Commands about clients and their channels. */

export type CreateClient = { kind: 'create_client'; clientId: string; name: string };
export type RenameClient = { kind: 'rename_client'; clientId: string; name: string };
/** Nothing new is held for a closed client; what is being made comes to its end. */
export type CloseClient = { kind: 'close_client'; clientId: string };
export type ReopenClient = { kind: 'reopen_client'; clientId: string };

/** Where cards about this client's limits are posted; null: to each approver directly. */
export type SetApprovalsChannel = { kind: 'set_approvals_channel'; clientId: string; channelId: string | null };

/** Whether the client's channels get a weekly digest. */
export type SetClientDigest = { kind: 'set_client_digest'; clientId: string; isOn: boolean };

/**
 * `clientId` null: the channel belongs to no client, and images are refused there. `ifUnbound`: only where no person has
 * decided yet, so that of two people who answer the same question the second is told instead of overruling the first.
 */
export type BindChannel = { kind: 'bind_channel'; channelId: string; clientId: string | null; ifUnbound: boolean };

/** Slack gave a channel another id, for good, as it does when a private channel is shared with another organisation. */
export type ChangeChannelId = { kind: 'change_channel_id'; channelId: string; toChannelId: string };

/** `before`: the name until then. Lines of earlier versions do not say. */
export type Renamed = { before?: string };

export type ClientsKinds = {
  client_created: { from: CreateClient };
  client_renamed: { from: RenameClient; setting: true; states: Omit<RenameClient, 'kind'> & Renamed };
  client_closed: { from: CloseClient };
  client_reopened: { from: ReopenClient; setting: true };
  approvals_channel_set: { from: SetApprovalsChannel; setting: true };
  client_digest_set: { from: SetClientDigest; setting: true };
  channel_bound: { from: BindChannel; setting: true; states: ChannelBound };
  channel_id_changed: { from: ChangeChannelId };
};

/** `before`: the client until then, null where it belonged to no client. Absent where no client had been chosen. */
type ChannelBound = Omit<BindChannel, 'kind' | 'ifUnbound'> & { before?: string | null };
