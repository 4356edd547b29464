import { z } from 'zod';
import type { Requester } from '../../app/messenger.ts';
import { userId } from './user-id.ts';

/** A person to answer: in a channel, or in Home or a form, which have no channel. */
export type ReplyTo = Omit<Requester, 'channelId'> & { channelId: string | null };

const id = z.string().min(1);
const address = z.url({ protocol: /^https?$/ });

const command = z.object({
  user_id: userId,
  channel_id: id,
  thread_ts: z.string().optional(),
  response_url: address.optional(),
});

const interaction = z.object({
  user: z.object({ id: userId }),
  channel: z.object({ id }).optional(),
  container: z
    .object({ channel_id: id.optional(), message_ts: z.string().optional(), thread_ts: z.string().optional() })
    .optional(),
  message: z.object({ ts: z.string().optional(), thread_ts: z.string().optional() }).optional(),
  response_url: address.optional(),
});

/** Who did it, and where. Throws a zod error where Slack's payload is not what it should be. */
export function replyToOf(body: unknown): ReplyTo {
  const typed = command.safeParse(body);
  if (typed.success) {
    const { user_id: memberId, channel_id: channelId, thread_ts: threadTs, response_url: responseUrl } = typed.data;
    return { memberId, channelId, threadTs: threadTs ?? null, responseUrl: responseUrl ?? null };
  }
  const { user, channel, container, message, response_url: responseUrl } = interaction.parse(body);
  const channelId = channel?.id ?? container?.channel_id ?? null;
  return { memberId: user.id, channelId, threadTs: threadOf(container, message), responseUrl: responseUrl ?? null };
}

/** As `hearerOf`, for what was typed or clicked in a channel. */
export function requesterOf(body: unknown): Requester {
  const { channelId, ...replyTo } = replyToOf(body);
  return { ...replyTo, channelId: id.parse(channelId) };
}

/** A message that others replied to names itself as its thread: what it leads to belongs beside it, not below it. */
function threadOf(
  container: { message_ts?: string | undefined; thread_ts?: string | undefined } | undefined,
  message: { ts?: string | undefined; thread_ts?: string | undefined } | undefined,
): string | null {
  const threadTs = container?.thread_ts ?? message?.thread_ts ?? null;
  return threadTs === (container?.message_ts ?? message?.ts) ? null : threadTs;
}
