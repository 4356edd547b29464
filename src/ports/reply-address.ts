import type { Audience, Channels } from './ports.ts';

/**
 * Where an answer goes. The side that a request came from makes it and reads it. Use cases and records keep it and pass
 * it on.
 */
export type ReplyAddress = {
  channelId: string;
  threadTs: string | null;
  /** Slack takes answers there for 30 minutes, 5 times. */
  responseUrl: string | null;
};

/** How long after it was given Slack takes answers there. What is said later goes the ways that work. */
const ANSWERS_FOR_MS = 30 * 60_000;

/** Says whether a response URL that was given then is of use now. A time that lies ahead came from a wrong clock. */
export const isAnswerTaken = (givenAt: number, now: number): boolean => Math.abs(now - givenAt) < ANSWERS_FOR_MS;

/** The address of a channel, for a sentence that answers no request. */
export const addressIn = (channelId: string): ReplyAddress => ({ channelId, threadTs: null, responseUrl: null });

/** Says who reads what a person is answered privately; without an address that is a direct message. */
export function audienceOfReply(
  channels: Channels,
  { memberId, replyTo }: { memberId: string; replyTo: ReplyAddress | null },
): Promise<Audience> {
  return privateAudience(channels, replyTo && (channels.now?.(replyTo.channelId) ?? replyTo.channelId), memberId);
}

/** The same of a channel: others who are in it do not see the answer. What is posted there asks for its `audience`. */
export async function privateAudience(
  channels: Channels,
  channelId: string | null,
  readerId: string,
): Promise<Audience> {
  const there = await channels.audience(channelId, readerId);
  if (there !== 'shared' || channelId === null || !/^[CG]/.test(channelId)) return there;
  return (await channels.audience(null, readerId)) === 'internal' ? 'alone' : there;
}
