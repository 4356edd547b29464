import type { LocalSlackContext } from '../context.ts';
import type { Json } from '../workspace.ts';
import { ApiError } from './api-error.ts';
import type { Arguments } from './arguments.ts';
import { deleteMessage, getPermalink, postEphemeral, postMessage, update } from './chat.ts';
import {
  conversationInfo,
  conversationList,
  conversationMembers,
  conversationOpen,
  userConversations,
} from './conversations.ts';
import { completeUpload, deleteFile, fileInfo, getUploadUrl } from './files.ts';
import { page } from './pages.ts';
import type { Tier } from './rate-limits.ts';
import { addReaction, getReactions, removeReaction } from './reactions.ts';
import { openView, publishView, pushView, updateView } from './views.ts';

export type Method = {
  /** Null where any token will do, or where it depends on the kind of conversation and the method itself checks. */
  scope: string | null;
  /** Null where Slack promises "hundreds a minute". */
  tier: Tier | null;
  /** The bot's, the app's own (`xapp-…`), or none. */
  token: 'bot' | 'app' | null;
  /** Arguments that mean something here. Slack passes over all others in silence; we at least say so. */
  takes: readonly string[];
  run: (context: LocalSlackContext, args: Arguments) => Json;
};

/** Every call may carry these. */
const COMMON = ['token', 'team_id'];
const PAGED = 'cursor limit';
const LOOKS = 'unfurl_links unfurl_media mrkdwn';

/** The Web API as far as it goes here; any other name is `unknown_method`. */
export const METHODS: ReadonlyMap<string, Method> = new Map([
  ['api.test', { ...method(null, 4, 'error foo', apiTest), token: null }],
  ['apps.connections.open', { ...method(null, null, '', openConnection), token: 'app' }],
  ['auth.test', method(null, null, '', authTest)],
  ['chat.postMessage', method('chat:write', null, `channel text blocks thread_ts client_msg_id ${LOOKS}`, postMessage)],
  ['chat.postEphemeral', method('chat:write', 4, `channel user text blocks thread_ts ${LOOKS}`, postEphemeral)],
  ['chat.update', method('chat:write', 3, 'channel ts text blocks', update)],
  ['chat.delete', method('chat:write', 3, 'channel ts', deleteMessage)],
  ['chat.getPermalink', method(null, null, 'channel message_ts', getPermalink)],
  ['conversations.open', method('im:write', 3, 'users channel return_im', conversationOpen)],
  ['conversations.info', method(null, 3, 'channel include_num_members', conversationInfo)],
  ['conversations.list', method(null, 2, `types exclude_archived ${PAGED}`, conversationList)],
  ['conversations.members', method(null, 4, `channel ${PAGED}`, conversationMembers)],
  ['users.info', method('users:read', 4, 'user', userInfo)],
  ['users.list', method('users:read', 2, PAGED, userList)],
  ['users.conversations', method(null, 3, `user types exclude_archived ${PAGED}`, userConversations)],
  ['views.open', method(null, 4, 'trigger_id view', openView)],
  ['views.push', method(null, 4, 'trigger_id view', pushView)],
  ['views.update', method(null, 4, 'view_id external_id hash view', updateView)],
  ['views.publish', method(null, 4, 'user_id hash view', publishView)],
  ['reactions.get', method('reactions:read', 3, 'channel timestamp full', getReactions)],
  ['reactions.add', method('reactions:write', 3, 'channel timestamp name', addReaction)],
  ['reactions.remove', method('reactions:write', 2, 'channel timestamp name', removeReaction)],
  ['files.getUploadURLExternal', method('files:write', 4, 'filename length alt_text alt_txt', getUploadUrl)],
  [
    'files.completeUploadExternal',
    method('files:write', 4, 'files channel_id initial_comment thread_ts blocks', completeUpload),
  ],
  ['files.info', method('files:read', 4, 'file', fileInfo)],
  ['files.delete', method('files:write', 3, 'file', deleteFile)],
]);

function method(scope: string | null, tier: Tier | null, takes: string, run: Method['run']): Method {
  return { scope, tier, token: 'bot', takes: [...COMMON, ...takes.split(' ')], run };
}

function apiTest(_: LocalSlackContext, args: Arguments): Json {
  const { token: _token, ...rest } = args.raw;
  return args.has('error') ? { ok: false, error: args.text('error'), args: rest } : { args: rest };
}

function openConnection({ sockets, origin }: LocalSlackContext): Json {
  return { url: sockets.address(origin()) };
}

function authTest({ workspace, state }: LocalSlackContext): Json {
  const { teamId, name, domain, bot } = workspace;
  return {
    url: `https://${domain}.slack.com/`,
    team: name,
    user: state.people.get(bot.userId)?.handle ?? '',
    team_id: teamId,
    user_id: bot.userId,
    bot_id: bot.botId,
    is_enterprise_install: false,
  };
}

const PAGE_MAX = 1_000;

function userInfo(context: LocalSlackContext, args: Arguments): Json {
  const person = context.state.people.get(args.text('user'));
  if (!person) throw new ApiError('user_not_found');
  return { user: context.personOnWire(person) };
}

function userList(context: LocalSlackContext, args: Arguments): Json {
  const { items, next } = page(context.state.people.all(), args, { fallback: PAGE_MAX, max: PAGE_MAX });
  const members = items.map((person) => context.personOnWire(person));
  return { members, cache_ts: Math.floor(context.clock() / 1000), response_metadata: { next_cursor: next } };
}
