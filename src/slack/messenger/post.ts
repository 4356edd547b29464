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

export type Target = { channelId: string; threadTs: string | null };

/** Posts a message that must be true also if it stands twice: an answer of Slack's that got lost is asked for again. */
export type Post = (target: Target, message: Message) => Promise<Announced>;

const posted = z.object({ channel: z.string(), ts: z.string() });

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
  const send = ({ channelId, threadTs }: Target, { text, blocks: drawn }: Message) =>
    pace.run(channelId, () => {
      const thread = threadTs === null ? {} : { thread_ts: threadTs };
      const unfold = { unfurl_links: false, unfurl_media: false };
      return sendNewer(drawn, (blocks) =>
        callSlack(
          clock,
          () => client.chat.postMessage({ channel: channelId, ...thread, ...unfold, text, blocks }),
          ONE_MORE,
        ),
      );
    });

  return async (target, message) => {
    let answer = await send(target, message);
    // The message that it belongs under was deleted; it is still wanted in the channel.
    if (target.threadTs !== null && isThreadGone(answer)) answer = await send({ ...target, threadTs: null }, message);
    if (answer === 'crowded') return { kind: 'failed', code: 'crowded' };
    if (!answer.ok) return notPosted(answer.failure, log);
    const { data } = posted.safeParse(answer.value);
    return data
      ? { kind: 'posted', place: { channelId: data.channel, ts: data.ts } }
      : { kind: 'failed', code: 'odd_answer' };
  };
}

const isThreadGone = (answer: Attempted<unknown> | 'crowded') =>
  answer !== 'crowded' && !answer.ok && answer.failure.code === 'thread_not_found';

/** A failure as an end of posting. */
export function notPosted({ kind, code }: Failure, log: Log): Announced {
  if (kind !== 'refused' || isOurFault(code)) return { kind: 'failed', code };
  if (isOurMistake(code)) log.error({ code }, 'Slack refused a message');
  return { kind: 'unreachable', code };
}
