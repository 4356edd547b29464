import type { Core } from '../core.ts';
import type { Json } from '../workspace.ts';
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
import { userInfo, userList } from './people.ts';
import type { Tier } from './rate-limits.ts';
import { openView, publishView, pushView, updateView } from './views.ts';

export type Method = {
  /** Null where any token will do, or where it depends on the kind of conversation and the method itself checks. */
  scope: string | null;
  /** Null where Slack promises "hundreds a minute". */
  tier: Tier | null;
  needsToken: boolean;
  run: (core: Core, args: Arguments) => Json;
};

/** The Web API as far as it goes here; any other name is `unknown_method`. */
export const METHODS: ReadonlyMap<string, Method> = new Map([
  ['api.test', { scope: null, tier: 4, needsToken: false, run: apiTest }],
  method('auth.test', null, null, authTest),
  method('chat.postMessage', 'chat:write', null, postMessage),
  method('chat.postEphemeral', 'chat:write', 4, postEphemeral),
  method('chat.update', 'chat:write', 3, update),
  method('chat.delete', 'chat:write', 3, deleteMessage),
  method('chat.getPermalink', null, null, getPermalink),
  method('conversations.open', 'im:write', 3, conversationOpen),
  method('conversations.info', null, 3, conversationInfo),
  method('conversations.list', null, 2, conversationList),
  method('conversations.members', null, 4, conversationMembers),
  method('users.info', 'users:read', 4, userInfo),
  method('users.list', 'users:read', 2, userList),
  method('users.conversations', null, 3, userConversations),
  method('views.open', null, 4, openView),
  method('views.push', null, 4, pushView),
  method('views.update', null, 4, updateView),
  method('views.publish', null, 4, publishView),
  method('files.getUploadURLExternal', 'files:write', 4, getUploadUrl),
  method('files.completeUploadExternal', 'files:write', 4, completeUpload),
  method('files.info', 'files:read', 4, fileInfo),
  method('files.delete', 'files:write', 3, deleteFile),
]);

function method(name: string, scope: string | null, tier: Tier | null, run: Method['run']): [string, Method] {
  return [name, { scope, tier, needsToken: true, run }];
}

function apiTest(_: Core, args: Arguments): Json {
  const { token: _token, ...rest } = args.raw;
  return args.has('error') ? { ok: false, error: args.text('error'), args: rest } : { args: rest };
}

function authTest({ workspace, state }: Core): Json {
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
