import type { Stage } from './holds.ts';

/** What may be wished about clients, their channels and their projects. */

export type CreateClient = { kind: 'create_client'; clientId: string; name: string };
export type RenameClient = { kind: 'rename_client'; clientId: string; name: string };
/** Nothing new is held for a closed client; what is being made comes to its end. */
export type CloseClient = { kind: 'close_client'; clientId: string };
export type ReopenClient = { kind: 'reopen_client'; clientId: string };

/** Where cards about this client's limits are posted; null: to each approver directly. */
export type SetApprovalsChannel = { kind: 'set_approvals_channel'; clientId: string; channelId: string | null };

/**
 * `clientId` null: the channel belongs to no client, and images are refused there. `ifUnbound`: only where nobody has
 * decided yet, so that of two people who answer the same question the second is told instead of overruling the first.
 */
export type BindChannel = { kind: 'bind_channel'; channelId: string; clientId: string | null; ifUnbound: boolean };

/** Slack gave a channel another id, for good, as it does when a private channel is shared with another organisation. */
export type ChangeChannelId = { kind: 'change_channel_id'; channelId: string; toChannelId: string };

export type CreateProject = {
  kind: 'create_project';
  projectId: string;
  clientId: string;
  name: string;
  /** When it is due; a date people plan by, not one that stops anything. */
  dueAt: number | null;
  /** What its images are for, unless somebody says otherwise. */
  stage: Stage;
};
export type ChangeProject = {
  kind: 'change_project';
  projectId: string;
  name: string;
  dueAt: number | null;
  stage: Stage;
};
export type CloseProject = { kind: 'close_project'; projectId: string };
export type ReopenProject = { kind: 'reopen_project'; projectId: string };

/** Images asked for in a channel, or in one thread of it, count for the project; null unbinds. */
export type BindProject = {
  kind: 'bind_project';
  channelId: string;
  threadTs: string | null;
  projectId: string | null;
};

export type ClientsCommand =
  | CreateClient
  | RenameClient
  | CloseClient
  | ReopenClient
  | SetApprovalsChannel
  | BindChannel
  | ChangeChannelId
  | CreateProject
  | ChangeProject
  | CloseProject
  | ReopenProject
  | BindProject;
