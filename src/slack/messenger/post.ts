import { hash } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Announced } from '../../app/messenger.ts';
import type { Clock, Log } from '../../ports/ports.ts';
import type { Message } from '../kit/message.ts';
import { type Attempted, callSlack, ONE_MORE } from './call-slack.ts';
import type { ChannelRateLimit } from './channel-rate-limit.ts';
import type { Failure } from './failure.ts';
import { isOurFault, isOurMistake } from './refusals.ts';
import type { SendNewer } from './send-newer.ts';

/** `onceKey`: of a message that is to stand once. */
export type Target = { channelId: string; threadTs: string | null; onceKey?: string | undefined };

/**
 * Posts a message that must be true also if it stands twice: an answer of Slack's that got lost is asked for again. With a key
 * Slack is asked to answer a repetition with the message that stands. It documents that by two errors alone, so nothing relies on it.
 */
export type Post = (target: Target, message: Message) => Promise<Announced>;

const posted = z.object({
  channel: z.string(),
  ts: z.string(),
  message: z.object({ text: z.string().optional() }).optional(),
});

export function createPost({
  client,
  clock,
  log,
  pace,
  sendNewer,
}: {
  client: WebClient;
  clock: Clock;
  log: Log;
  pace: ChannelRateLimit;
  sendNewer: SendNewer;
}): Post {
  const send = ({ channelId, threadTs, onceKey }: Target, { text, blocks: drawn }: Message) =>
    pace.run(channelId, () => {
      const thread = threadTs === null ? {} : { thread_ts: threadTs };
      const once = onceKey === undefined ? {} : { client_msg_id: messageId(onceKey) };
      const unfold = { unfurl_links: false, unfurl_media: false };
      return sendNewer(drawn, (blocks) =>
        callSlack(
          clock,
          () => client.chat.postMessage({ channel: channelId, ...thread, ...once, ...unfold, text, blocks }),
          ONE_MORE,
        ),
      );
    });

  return async (target, message) => {
    let answer = await send(target, message);
    // The message that it belongs under was deleted; it is still wanted in the channel.
    if (target.threadTs !== null && isThreadGone(answer)) answer = await send({ ...target, threadTs: null }, message);
    if (isEarlierGone(answer)) answer = await send({ ...target, onceKey: undefined }, message);
    if (answer === 'crowded') return { kind: 'failed', code: 'crowded' };
    if (!answer.ok) return notPosted(answer.failure, log);
    const { data } = posted.safeParse(answer.value);
    if (!data) return { kind: 'failed', code: 'odd_answer' };
    const isEarlier =
      target.onceKey !== undefined && data.message?.text !== undefined && data.message.text !== message.text;
    return { kind: 'posted', place: { channelId: data.channel, ts: data.ts }, ...(isEarlier ? { isEarlier } : {}) };
  };
}

const isThreadGone = (answer: Attempted<unknown> | 'crowded') =>
  answer !== 'crowded' && !answer.ok && answer.failure.code === 'thread_not_found';

/** The message of an earlier attempt was deleted since. */
const isEarlierGone = (answer: Attempted<unknown> | 'crowded') =>
  answer !== 'crowded' &&
  !answer.ok &&
  (answer.failure.code === 'duplicate_message_not_found' || answer.failure.code === 'duplicate_channel_not_found');

/** A UUID, as Slack's own clients give their messages, and the same for the same key. */
function messageId(onceKey: string): string {
  const hex = hash('sha256', onceKey, 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A failure as an end of posting. */
export function notPosted({ kind, code }: Failure, log: Log): Announced {
  if (kind !== 'refused' || isOurFault(code)) return { kind: 'failed', code };
  if (isOurMistake(code)) log.error({ code }, 'Slack refused a message');
  return { kind: 'unreachable', code };
}
