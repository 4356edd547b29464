import type { LocalSlackContext } from '../context.ts';
import { FORM, payloadChannelName, VERIFICATION_TOKEN } from '../deliveries/payloads.ts';
import type { Outcome } from '../deliveries/postman.ts';
import { type Grant, respond } from '../deliveries/respond.ts';
import { escapeTyped, withMentions } from '../slack-text.ts';
import type { Act, ActAnswer } from '../view.ts';
import { ApiError } from '../web-api/api-error.ts';
import type { Channel, Json, Person } from '../workspace.ts';
import { DONE, failureOf, refused, writableFor } from './answers.ts';
import { mentionable } from './say.ts';

/** `triggerId` lets a test send one of its own, as an old or a foreign one. */
export type CommandAct = Extract<Act, { act: 'command' }> & { triggerId?: string };

/** Runs a slash command: the app gets it signed, and its ack may already say something. */
export async function runCommand(context: LocalSlackContext, person: Person, act: CommandAct): Promise<ActAnswer> {
  const channel = writableFor(context, person, act.channelId);
  if (typeof channel === 'string') return refused(channel);
  const declared = context.manifest.commands.find(({ command }) => command === act.command);
  if (!declared) return refused(`${act.command} is not a valid command.`);
  if (act.threadTs !== undefined) return refused(`${act.command} is not supported in threads. Sorry!`);

  const typed = act.text.trim();
  const text = declared.shouldEscape
    ? withMentions(typed, { ...mentionable(context, person), withNames: true })
    : escapeTyped(typed);
  const grant = { channelId: channel.channelId, userId: person.userId, originalTs: null };
  const { command, triggerId } = act;
  const body = commandBody(context, { person, channel, command, text, grant, triggerId });
  const outcome = await context.postman.send('command', body, { contentType: FORM });
  const failure =
    failureOf(context, act.command, outcome) ?? answerInAck(context, grant, { outcome, command: act.command });
  return failure === null ? DONE : refused(`${act.command} failed with the error "${failure}"`);
}

type Command = {
  person: Person;
  channel: Channel;
  command: string;
  text: string;
  grant: Grant;
  triggerId: string | undefined;
};

function commandBody(
  context: LocalSlackContext,
  { person, channel, command, text, grant, triggerId }: Command,
): string {
  const { workspace, triggers, responseUrls } = context;
  return new URLSearchParams({
    token: VERIFICATION_TOKEN,
    team_id: workspace.teamId,
    team_domain: workspace.domain,
    channel_id: channel.channelId,
    channel_name: payloadChannelName(channel),
    user_id: person.userId,
    user_name: person.handle,
    command,
    text,
    api_app_id: workspace.appId,
    is_enterprise_install: 'false',
    response_url: responseUrls.issue(grant),
    trigger_id: triggerId ?? triggers.issue({ userId: person.userId, isFromModal: false }),
  }).toString();
}

/** An ack with a body is a first answer. Null when all is well. */
function answerInAck(
  context: LocalSlackContext,
  grant: Grant,
  { outcome, command }: { outcome: Outcome; command: string },
) {
  if (outcome.answer !== 'acked' || outcome.body.trim() === '') return null;
  try {
    respond(context, grant, ackBody(outcome));
    return null;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    context.addViolation(`${command}: the ack's body is refused (${error.code}).`);
    return 'invalid_command_response';
  }
}

/** JSON says more, any other text is the answer itself. */
function ackBody({ body, contentType }: { body: string; contentType: string }): Json {
  if (!contentType.includes('json')) return { text: body };
  try {
    return JSON.parse(body) as Json;
  } catch {
    throw new ApiError('invalid_json');
  }
}
