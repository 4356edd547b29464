import { z } from 'zod';
import type { Requester } from '../../app/requester.ts';
import type { Place } from '../../ledger/lists/channel-ids.ts';
import type { ReplyAddress } from '../../ports/reply-address.ts';
import { EVENTS } from './ids.ts';
import { userId } from './user-id.ts';

/** A person who typed or clicked, to be answered there: in a channel, or in Home or a form, which have no channel. */
export type Sender = Omit<ReplyAddress, 'channelId'> & { memberId: string; channelId: string | null };
export type InChannel = Sender & { channelId: string };

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

/** A message that mentions Inkwell; no other event has a person who waits for an answer. */
const mention = z.object({
  event: z.object({ type: z.literal(EVENTS.mentioned), user: userId, channel: id, thread_ts: z.string().optional() }),
});

/** Who did it, and where. Throws a zod error where Slack's payload is not what it should be. */
export function senderOf(body: unknown): Sender {
  const typed = command.safeParse(body);
  if (typed.success) {
    const { user_id: memberId, channel_id: channelId, thread_ts: threadTs, response_url: responseUrl } = typed.data;
    return { memberId, channelId, threadTs: threadTs ?? null, responseUrl: responseUrl ?? null };
  }
  const mentioned = mention.safeParse(body).data?.event;
  if (mentioned) {
    const { user: memberId, channel: channelId, thread_ts: threadTs = null } = mentioned;
    return { memberId, channelId, threadTs, responseUrl: null };
  }
  const { user, channel, container, message, response_url: responseUrl } = interaction.parse(body);
  const channelId = channel?.id ?? container?.channel_id ?? null;
  return { memberId: user.id, channelId, threadTs: threadOf(container, message), responseUrl: responseUrl ?? null };
}

/** As `senderOf`, for what was typed or clicked in a channel. */
export function inChannelOf(body: unknown): InChannel {
  const sender = senderOf(body);
  return { ...sender, channelId: id.parse(sender.channelId) };
}

/** The person as use cases know them. */
export const requesterOf = ({ memberId, channelId, threadTs, responseUrl }: Sender): Requester => ({
  memberId,
  replyTo: channelId === null ? null : { channelId, threadTs, responseUrl },
});

/** The person to answer, as Slack's side knows them. */
export const senderFor = ({ memberId, replyTo }: Requester): Sender => ({ memberId, ...(replyTo ?? NOWHERE) });

const NOWHERE = { channelId: null, threadTs: null, responseUrl: null };

/** Null in Home and in a form that no channel was chosen in. */
export function placeOf(where: Pick<InChannel, 'channelId' | 'threadTs'>): Place;
export function placeOf(where: Pick<Sender, 'channelId' | 'threadTs'>): Place | null;
export function placeOf({ channelId, threadTs: threadId }: Pick<Sender, 'channelId' | 'threadTs'>): Place | null {
  return channelId === null ? null : { channelId, threadId };
}

/** A message that others replied to names itself as its thread: what it leads to belongs beside it, not below it. */
function threadOf(
  container: { message_ts?: string | undefined; thread_ts?: string | undefined } | undefined,
  message: { ts?: string | undefined; thread_ts?: string | undefined } | undefined,
): string | null {
  const threadTs = container?.thread_ts ?? message?.thread_ts ?? null;
  return threadTs === (container?.message_ts ?? message?.ts) ? null : threadTs;
}
