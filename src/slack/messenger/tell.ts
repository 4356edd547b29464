import type { Block } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Delivered } from '../../app/messenger.ts';
import type { Clock, Log } from '../../ports/ports.ts';
import type { Message } from '../kit/message.ts';
import type { Sender } from '../kit/sender.ts';
import { isSlackAddress } from '../platform/response-url.ts';
import { retryAfterMs } from '../platform/retry-after.ts';
import { type Attempted, callSlack, ONCE } from './call-slack.ts';
import type { DirectMessages } from './direct-messages.ts';
import { StatusFault } from './failure.ts';
import { createSendNewer, type SendNewer } from './send-newer.ts';

/** Says something to one person alone. */
export type Tell = (sender: Sender, message: Message) => Promise<Delivered>;

const RESPONSE_TIMEOUT_MS = 5_000;

type Parts = {
  client: WebClient;
  clock: Clock;
  log: Log;
  fetch: typeof fetch;
  directMessages: DirectMessages;
  sendNewer: SendNewer;
};

/**
 * Where the person typed, as long as the address they came with works; else where they are, for their eyes only; else by
 * direct message. Each way is tried once: an answer that got lost may mean that they read it twice, and no more.
 */
export function createTell(given: Omit<Parts, 'sendNewer'> & Partial<Parts>): Tell {
  const parts = { sendNewer: createSendNewer(given), ...given };
  return async (sender, message) => {
    const ways = [respond(parts, sender, message), whisper(parts, sender, message), write(parts, sender, message)];
    let code = 'no_way';
    for (const way of ways) {
      if (!way) continue;
      const said = await way();
      if (said.ok) return { kind: 'delivered' };
      code = said.failure.code;
    }
    return { kind: 'failed', code };
  };
}

type Way = (() => Promise<Attempted<unknown>>) | null;

/** Works also in channels that the app is not in. */
function respond(parts: Parts, { responseUrl, threadTs }: Sender, message: Message): Way {
  if (responseUrl === null) return null;
  if (!isSlackAddress(responseUrl, parts.client.slackApiUrl)) {
    const host = URL.canParse(responseUrl) ? new URL(responseUrl).host : 'none';
    parts.log.warn({ host }, 'response address is not Slack’s, not called');
    return null;
  }
  const post = async (blocks: Block[]) => {
    const body = JSON.stringify({
      ...message,
      blocks,
      response_type: 'ephemeral',
      replace_original: false,
      ...(threadTs === null ? {} : { thread_ts: threadTs }),
    });
    const signal = AbortSignal.timeout(RESPONSE_TIMEOUT_MS);
    const headers = { 'content-type': 'application/json' };
    const response = await parts.fetch(responseUrl, { method: 'POST', headers, body, signal, redirect: 'error' });
    await response.body?.cancel();
    if (!response.ok) throw new StatusFault(response.status, retryAfterMs(response.headers, parts.clock.now()));
  };
  return () => parts.sendNewer(message.blocks, (blocks) => callSlack(parts.clock, () => post(blocks), ONCE));
}

function whisper(parts: Parts, { memberId, channelId, threadTs }: Sender, { text, blocks: drawn }: Message): Way {
  if (channelId === null || !/^[CGD]/.test(channelId)) return null;
  const thread = threadTs === null ? {} : { thread_ts: threadTs };
  return () =>
    parts.sendNewer(drawn, (blocks) =>
      callSlack(
        parts.clock,
        () => parts.client.chat.postEphemeral({ channel: channelId, user: memberId, ...thread, text, blocks }),
        ONCE,
      ),
    );
}

function write(parts: Parts, { memberId }: Sender, { text, blocks: drawn }: Message): Way {
  const { client, clock, directMessages, sendNewer } = parts;
  return async () => {
    const opened = await directMessages.open(memberId);
    if (!opened.ok) return opened;
    return await sendNewer(drawn, (blocks) =>
      callSlack(clock, () => client.chat.postMessage({ channel: opened.value, text, blocks }), ONCE),
    );
  };
}
