import type { LocalSlackContext } from '../context.ts';
import { fileForApp } from '../files.ts';
import { escapeStray, storedText } from '../slack-text.ts';
import type { Json, Message } from '../workspace.ts';

/** A message as answers and payloads carry it. Texts in blocks come back with `&`, `<` and `>` escaped. */
export function messageOnWire(context: LocalSlackContext, message: Message): Json {
  const { workspace, state } = context;
  const isOwn = message.userId === workspace.bot.userId;
  return {
    type: 'message',
    user: message.userId,
    ts: message.ts,
    text: message.text,
    team: workspace.teamId,
    ...(isOwn ? { bot_id: workspace.bot.botId, app_id: workspace.appId, bot_profile: botProfile(context) } : {}),
    ...(message.blocks.length > 0 ? { blocks: escaped(message.blocks) } : {}),
    ...(message.fileIds.length > 0 ? { upload: true, files: filesOf(context, message) } : {}),
    ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    ...(message.edited ? { edited: { user: message.edited.userId, ts: message.edited.ts } } : {}),
    ...reactionsOf(message),
    ...replyCounts(message, state.messages.replies(message.channelId, message.ts, null)),
  };
}

function botProfile({ workspace, manifest }: LocalSlackContext): Json {
  const { appId, teamId, bot } = workspace;
  return { id: bot.botId, app_id: appId, name: manifest.botName, deleted: false, updated: 0, team_id: teamId };
}

function filesOf(context: LocalSlackContext, message: Message): Json[] {
  return message.fileIds.flatMap((fileId) => {
    const file = context.state.files.get(fileId);
    return file ? [fileForApp(context, file)] : [];
  });
}

function reactionsOf({ reactions = [] }: Message): Json {
  const all = reactions.map(({ name, userIds }) => ({ name, users: userIds, count: userIds.length }));
  return all.length > 0 ? { reactions: all } : {};
}

/** Slack marks a parent by its own timestamp once there are replies. */
function replyCounts(message: Message, replies: readonly Message[]): Json {
  const shown = replies.filter(({ onlyFor }) => onlyFor === null);
  if (shown.length === 0) return {};
  const users = [...new Set(shown.map(({ userId }) => userId))];
  return {
    thread_ts: message.ts,
    reply_count: shown.length,
    reply_users: users,
    reply_users_count: users.length,
    latest_reply: shown.at(-1)?.ts,
  };
}

/** Only texts are escaped: values and addresses come back as they were sent. */
function escaped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(escaped);
  if (typeof value !== 'object' || value === null) return value;
  const { type, text } = value as Json;
  if (type === 'mrkdwn' && typeof text === 'string') return { ...value, text: storedText(text) };
  if (type === 'plain_text' && typeof text === 'string') return { ...value, text: escapeStray(text) };
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, escaped(one)]));
}
