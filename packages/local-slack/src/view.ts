import type { KnownBlock } from '@slack/types';

/** Everything the page draws for one person: what that person would see in Slack, and nothing else. */
export type View = {
  workspaceName: string;
  /** In the addresses of messages. */
  workspaceDomain: string;
  bot: { userId: string; name: string };
  me: Person;
  people: Person[];
  /** The channels `me` is in, then the direct messages with the bot and with people. */
  channels: Channel[];
  commands: SlashCommand[];
  /** The app’s entries in the menu of a message. */
  shortcuts: MessageShortcut[];
  home: { blocks: KnownBlock[]; shownAt: number } | null;
  /** The top of this person's stack of modals. */
  modal: Modal | null;
  /** Errors the local Slack met lately (a late ack, a block over its limit): shown as a quiet strip, newest first. */
  violations: { at: number; text: string }[];
  time: PassingTime;
};

/** The workspace's own time. `canPass`: whether a week can be let pass. `problem`: why the last one broke off. */
export type PassingTime = { now: number; canPass: boolean; isPassing: boolean; problem: string | null };

export type Person = {
  userId: string;
  realName: string;
  title: string;
  kind: 'member' | 'guest' | 'outsider' | 'bot';
  deactivated: boolean;
};

export type Channel = {
  channelId: string;
  name: string;
  kind: 'channel' | 'im';
  /** People from outside the agency are in it (Slack Connect). */
  isShared: boolean;
  topic: string;
  unread: number;
  memberIds: string[];
};

export type MessageShortcut = { callbackId: string; name: string };

export type SlashCommand = { command: string; description: string; usageHint: string };

/** A page of a channel's messages, oldest first; ephemerals only for the person they were sent to. */
export type MessagePage = { channelId: string; messages: Message[]; hasOlder: boolean };

export type Message = {
  ts: string;
  threadTs: string | null;
  replies: number;
  userId: string;
  text: string;
  blocks: KnownBlock[];
  files: FileInfo[];
  ephemeral: boolean;
  edited: boolean;
  reactions: { name: string; userIds: string[] }[];
};

export type FileInfo = { fileId: string; title: string; url: string; mimetype: string; width: number; height: number };

export type Modal = {
  viewId: string;
  title: string;
  submit: string | null;
  close: string;
  blocks: KnownBlock[];
  /** Sentences beside inputs, by block id, after a submission that was answered with errors. */
  errors: Record<string, string>;
  busy: boolean;
};

/** What the page can do. `as` is the acting person. `values` follow Slack's `view.state.values`. */
export type Act =
  | { act: 'say'; as: string; channelId: string; text: string; threadTs?: string }
  | { act: 'react'; as: string; channelId: string; ts: string; name: string; isOn: boolean }
  | { act: 'command'; as: string; channelId: string; command: string; text: string; threadTs?: string }
  | { act: 'shortcut'; as: string; callbackId: string; channelId: string; ts: string }
  | { act: 'block'; as: string; where: BlockPlace; blockId: string; action: Record<string, unknown>; values: Values }
  | { act: 'submit'; as: string; viewId: string; values: Values }
  | { act: 'close'; as: string; viewId: string }
  | { act: 'open_home'; as: string }
  | { act: 'read'; as: string; channelId: string; ts: string }
  | { act: 'set_person'; as: string; userId: string; standing: 'member' | 'guest' | 'deactivated' }
  | { act: 'set_member'; as: string; channelId: string; userId: string; isIn: boolean }
  | { act: 'set_shared'; as: string; channelId: string; isShared: boolean }
  | { act: 'let_week_pass'; as: string }
  | { act: 'reset'; as: string };

export type BlockPlace =
  | { in: 'message'; channelId: string; ts: string }
  | { in: 'modal'; viewId: string }
  | { in: 'home' };

export type Values = Record<string, Record<string, Record<string, unknown>>>;

/** `ok: false` carries a sentence for the person, as Slack's own client would show ("/imagine failed …"). */
export type ActAnswer = { ok: true } | { ok: false; message: string };

/**
 * One server-sent event of `GET /playground/events?as=U`: what to fetch again. `'state'` stands for the whole `View`
 * (unread counts, Home, modal, violations included); a channel id for that channel's messages and threads.
 * The stream opens with `{"changed":["state"]}`, so that a reconnecting page catches up.
 */
export type Changed = { changed: string[] };

/**
 * Where pictures come from. `FileInfo.url` is ready to use; an image block or element that carries `slack_file: { id }`
 * has no URL in it and is drawn from `filePicture(id, me)`. Both answer 404 to a person who may not see the file.
 */
export function filePicture(fileId: string, as: string): string {
  return `/files/${encodeURIComponent(fileId)}/image?as=${encodeURIComponent(as)}`;
}

/** Initials on a colour, as SVG, for every person and the bot. */
export function avatarPicture(userId: string): string {
  return `/avatars/${encodeURIComponent(userId)}.svg`;
}
