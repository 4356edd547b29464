import type { LocalSlackContext } from '../context.ts';
import type { Channel, Json, Person } from '../workspace.ts';

/** Deprecated by Slack, but still in every payload. Apps must ignore it. */
export const VERIFICATION_TOKEN = 'local-slack-does-not-use-this';

/** What `channel_name` says: Slack names neither private channels nor direct messages to apps. */
export function payloadChannelName(channel: Channel): string {
  if (channel.kind === 'im') return 'directmessage';
  return channel.kind === 'private' ? 'privategroup' : channel.name;
}

/** The fields that all interaction payloads share. */
export function interactionBase({ workspace }: LocalSlackContext, person: Person): Json {
  return {
    user: { id: person.userId, username: person.handle, name: person.handle, team_id: person.teamId },
    api_app_id: workspace.appId,
    token: VERIFICATION_TOKEN,
    team: { id: workspace.teamId, domain: workspace.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** Interactions travel as one form field that holds JSON. */
export function interactionBody(payload: Json): string {
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}

export const FORM = 'application/x-www-form-urlencoded';
export const JSON_TYPE = 'application/json';

/** The envelope of the Events API. */
export function eventEnvelope({ workspace, ids, clock, state }: LocalSlackContext, event: Json): Json {
  const channel = typeof event.channel === 'string' ? state.channels.get(event.channel) : undefined;
  return {
    token: VERIFICATION_TOKEN,
    team_id: workspace.teamId,
    api_app_id: workspace.appId,
    event,
    type: 'event_callback',
    event_id: ids.next('Ev'),
    event_time: Math.floor(clock() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: workspace.teamId,
        user_id: workspace.bot.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: channel?.isShared ?? false,
  };
}
