import type { KnownBlock } from '@slack/types';

/** The installation: one workspace, one app with its bot. */
export type Workspace = {
  teamId: string;
  name: string;
  domain: string;
  appId: string;
  bot: { userId: string; botId: string };
};

export type PersonKind = 'owner' | 'admin' | 'member' | 'guest' | 'single_channel_guest' | 'outsider' | 'bot';

export type Person = {
  userId: string;
  /** Another organisation's id for an outsider (Slack Connect). */
  teamId: string;
  /** What people type after an @. */
  handle: string;
  realName: string;
  displayName: string;
  title: string;
  /** An IANA time zone. */
  timeZone: string;
  kind: PersonKind;
  deactivated: boolean;
  updatedAt: number;
};

export type Channel = {
  channelId: string;
  /** Empty for a direct message. */
  name: string;
  kind: 'public' | 'private' | 'im';
  topic: string;
  isShared: boolean;
  isArchived: boolean;
  memberIds: string[];
  createdAt: number;
};

export type Message = {
  channelId: string;
  /** Slack's id of a message within its channel: seconds and six digits. */
  ts: string;
  /** The parent of a reply; null for a message of the channel itself. */
  threadTs: string | null;
  userId: string;
  text: string;
  blocks: KnownBlock[];
  fileIds: string[];
  /** The only person who sees an ephemeral message. */
  onlyFor: string | null;
  edited: { userId: string; ts: string } | null;
  /** The sender’s own id. A second message with the same id is not posted: the first one answers. */
  clientMessageId?: string;
  /** Who reacted with what; messages of before have none. */
  reactions?: { name: string; userIds: string[] }[];
  /** A deleted message that has replies stays as an empty place. */
  isTombstone: boolean;
};

export type FileRecord = {
  fileId: string;
  name: string;
  title: string;
  altText: string;
  userId: string;
  lengthBytes: number;
  createdAt: number;
  stage: 'awaited' | 'uploaded' | 'complete' | 'deleted';
  completedAt: number | null;
  kind: FileKind | null;
  /** The unguessable end of the upload's address. */
  ticket: string;
  sharedIn: { channelId: string; ts: string }[];
};

/** What the bytes turned out to be; a picture's type is read from its bytes, whatever its name says. */
export type FileKind = {
  filetype: string;
  mimetype: string;
  prettyType: string;
  picture: { width: number; height: number } | null;
};

/** Values that came from JSON and were not looked into. */
export type Json = Record<string, unknown>;
