import type { LocalSlackContext } from '../context.ts';
import type { Outcome } from '../deliveries/postman.ts';
import type { ActAnswer } from '../view.ts';
import type { Channel, Person } from '../workspace.ts';

export const DONE: ActAnswer = { ok: true };

export function refused(message: string): ActAnswer {
  return { ok: false, message };
}

/** Null when the app took a delivery; else the error that Slack's client names, noted as a complaint too. */
export function failureOf(context: LocalSlackContext, what: string, outcome: Outcome): string | null {
  switch (outcome.answer) {
    case 'acked':
      return null;
    case 'late':
      context.addViolation(`${what}: no ack within three seconds.`);
      return 'operation_timeout';
    case 'refused':
      context.addViolation(`${what}: the app answered with HTTP ${outcome.status}.`);
      return 'dispatch_failed';
    case 'unreachable':
      context.addViolation(`${what}: the app could not be reached.`);
      return 'dispatch_failed';
  }
}

/** The channel, if this person may write and run commands in it; else a sentence for them. */
export function writableFor(context: LocalSlackContext, person: Person, channelId: string): Channel | string {
  const { state, manifest, workspace } = context;
  const channel = state.channels.get(channelId);
  if (!channel?.memberIds.includes(person.userId)) return 'You are not in this channel.';
  if (channel.isArchived) return 'This channel is archived.';
  const isWithBot = channel.kind === 'im' && channel.memberIds.includes(workspace.bot.userId);
  if (isWithBot && manifest.isMessagesTabReadOnly) return 'Sending messages to this app has been turned off.';
  return channel;
}
