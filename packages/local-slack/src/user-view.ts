import type { LocalSlackContext } from './context.ts';
import { isMember } from './membership.ts';
import type * as Page from './view.ts';
import type { Channel, FileRecord, Message, Person, PersonKind } from './workspace.ts';

const PAGE_SIZE = 60;
/** The strip on the page shows the latest. */
const VIOLATIONS_SHOWN = 10;

/** Returns what one person sees of the workspace, or null for a person who is not there. */
export function viewFor(context: LocalSlackContext, userId: string): Page.View | null {
  const { state, workspace, manifest, violations } = context;
  const me = state.people.get(userId);
  if (!me || me.kind === 'bot') return null;
  const home = state.homes.get(userId);
  return {
    workspaceName: workspace.name,
    workspaceDomain: workspace.domain,
    bot: { userId: workspace.bot.userId, name: manifest.botName },
    me: personFor(me),
    people: state.people.all().map(personFor),
    channels: channelsOf(context, userId),
    commands: manifest.commands.map(({ command, description, usageHint }) => ({ command, description, usageHint })),
    shortcuts: manifest.shortcuts,
    home: home ? { blocks: home.view.blocks, shownAt: home.shownAt } : null,
    modal: modalFor(context, userId),
    violations: [...violations.entries].reverse().slice(0, VIOLATIONS_SHOWN),
    time: context.passing.look(),
  };
}

/** Messages of the channel itself, the last ones before `before`. Null for who is not in it. */
export function messagesFor(
  context: LocalSlackContext,
  userId: string,
  { channelId, before }: { channelId: string; before: string | null },
): Page.MessagePage | null {
  if (!isMember(context, userId, channelId)) return null;
  const found = context.state.messages.page(channelId, { reader: userId, before, limit: PAGE_SIZE + 1 });
  const messages = found.slice(-PAGE_SIZE).map((message) => messageFor(context, userId, message));
  return { channelId, messages, hasOlder: found.length > PAGE_SIZE };
}

/** A message and its replies. */
export function threadFor(
  context: LocalSlackContext,
  userId: string,
  { channelId, ts }: { channelId: string; ts: string },
): Page.MessagePage | null {
  if (!isMember(context, userId, channelId)) return null;
  const parent = context.state.messages.get(channelId, ts);
  if (!parent || (parent.onlyFor ?? userId) !== userId) return null;
  const thread = [parent, ...context.state.messages.replies(channelId, ts, userId)];
  return { channelId, messages: thread.map((message) => messageFor(context, userId, message)), hasOlder: false };
}

/** `reader` is the person whose file addresses the message gets; null for none. */
export function messageFor(context: LocalSlackContext, reader: string | null, message: Message): Page.Message {
  const { channelId, ts, threadTs, userId, text, blocks, fileIds, onlyFor, edited, reactions = [] } = message;
  const replies = context.state.messages.replies(channelId, ts, null).filter((reply) => reply.onlyFor === null);
  const files = fileIds
    .flatMap((fileId) => context.state.files.get(fileId) ?? [])
    .filter(({ stage }) => stage === 'complete');
  return {
    ts,
    threadTs,
    replies: replies.length,
    userId,
    text,
    blocks,
    files: files.map((file) => fileFor(file, reader)),
    ephemeral: onlyFor !== null,
    edited: edited !== null,
    reactions,
  };
}

function fileFor({ fileId, name, title, kind }: FileRecord, reader: string | null): Page.FileInfo {
  const as = reader === null ? '' : `?as=${encodeURIComponent(reader)}`;
  return {
    fileId,
    title,
    url: `/files/${fileId}/${encodeURIComponent(name)}${as}`,
    mimetype: kind?.mimetype ?? 'application/octet-stream',
    width: kind?.picture?.width ?? 0,
    height: kind?.picture?.height ?? 0,
  };
}

/** Rooms by name, then direct messages: the bot's first. */
function channelsOf(context: LocalSlackContext, userId: string): Page.Channel[] {
  const mine = context.state.channels.all().filter(({ memberIds }) => memberIds.includes(userId));
  const rooms = mine.filter(({ kind }) => kind !== 'im').sort((a, b) => a.name.localeCompare(b.name));
  const isWithBot = ({ memberIds }: Channel) => memberIds.includes(context.workspace.bot.userId);
  const direct = mine.filter(({ kind }) => kind === 'im').sort((a, b) => Number(isWithBot(b)) - Number(isWithBot(a)));
  return [...rooms, ...direct].map((channel) => channelFor(context, userId, channel));
}

function channelFor({ state }: LocalSlackContext, userId: string, channel: Channel): Page.Channel {
  const { channelId, kind, isShared, topic, memberIds } = channel;
  const other = state.people.get(memberIds.find((one) => one !== userId) ?? '');
  return {
    channelId,
    name: kind === 'im' ? (other?.displayName ?? '') : channel.name,
    kind: kind === 'im' ? 'im' : 'channel',
    isShared,
    topic,
    unread: state.messages.unread(channelId, state.readMark(userId, channelId)),
    memberIds,
  };
}

const KINDS: Record<PersonKind, Page.Person['kind']> = {
  owner: 'member',
  admin: 'member',
  member: 'member',
  guest: 'guest',
  single_channel_guest: 'guest',
  outsider: 'outsider',
  bot: 'bot',
};

function personFor({ userId, realName, title, kind, deactivated }: Person): Page.Person {
  return { userId, realName, title, kind: KINDS[kind], deactivated };
}

function modalFor({ modals }: LocalSlackContext, userId: string): Page.Modal | null {
  const open = modals.top(userId);
  if (!open) return null;
  const { view, errors, isBusy } = open;
  return {
    viewId: view.id,
    title: view.title?.text ?? '',
    submit: view.submit?.text ?? null,
    close: view.close?.text ?? (view.submit ? 'Cancel' : 'Close'),
    blocks: view.blocks,
    errors,
    busy: isBusy,
  };
}
