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

/** The address of a channel, for a sentence that answers no request. */
export const addressIn = (channelId: string): ReplyAddress => ({ channelId, threadTs: null, responseUrl: null });

/** Says who may read along where a person is answered; without an address that is a direct message. */
export function audienceOfReply(
  channels: Channels,
  { memberId, replyTo }: { memberId: string; replyTo: ReplyAddress | null },
): Promise<Audience> {
  const channelId = replyTo && (channels.now?.(replyTo.channelId) ?? replyTo.channelId);
  return channels.audience(channelId, memberId);
}
