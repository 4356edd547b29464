import type { App as Bolt, Receiver, ReceiverEvent } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import type { Dispatcher } from 'undici';
import { z } from 'zod';
import type { Clock, Log } from '../../../ports/ports.ts';
import { factsOf } from '../error-facts.ts';
import { isNoRoom } from '../room.ts';
import { webClientOptions } from '../web-client.ts';
import { keepLinks } from './keep.ts';
import { LINK_TIMES, type Link, type LinkTimes, openLink } from './link.ts';
import type { SocketStatus } from './reports.ts';

export type SocketReceiver = Receiver & { status(): SocketStatus };

type Parts = {
  appToken: string;
  apiUrl: string | null;
  fetch: typeof fetch;
  dispatcher: Dispatcher;
  clock: Clock;
  log: Log;
  times?: Partial<LinkTimes>;
};

const envelope = z.object({
  envelope_id: z.string().min(1),
  payload: z.record(z.string(), z.unknown()),
  retry_attempt: z.number().optional(),
  retry_reason: z.string().optional(),
});
type Envelope = z.infer<typeof envelope>;

const opened = z.object({ url: z.url({ protocol: /^wss?$/ }) });

/** Socket Mode, in place of Bolt's own: that one ends with the process at a bad moment, and is deaf at each renewal. */
export function createSocketReceiver({
  appToken,
  apiUrl,
  fetch,
  dispatcher,
  clock,
  log,
  times,
}: Parts): SocketReceiver {
  const client = new WebClient(appToken, { ...webClientOptions(apiUrl, log), fetch });
  const known = createKnown();
  let bolt: Pick<Bolt, 'processEvent'> | null = null;

  const take = (message: Record<string, unknown>, link: Link) => {
    const { data } = envelope.safeParse(message);
    if (!data) return log.warn({ type: typeof message.type }, 'Slack message without an envelope');
    const answer = (payload: object) => {
      const ack = { envelope_id: data.envelope_id, payload };
      if (!link.send(ack) && !links.send(ack)) throw Object.assign(new Error('gone'), { code: 'connection_gone' });
    };
    const before = known.find(data);
    if (before) return void before.then(answer).catch(() => undefined);
    const ack: ReceiverEvent['ack'] = async (response) => {
      const payload = typeof response === 'string' ? { text: response } : ((response ?? {}) as object);
      known.answer(data, payload);
      answer(payload);
    };
    const event: ReceiverEvent = {
      body: data.payload,
      ack,
      ...(data.retry_attempt === undefined ? {} : { retryNum: data.retry_attempt }),
      ...(data.retry_reason === undefined ? {} : { retryReason: data.retry_reason }),
    };
    bolt?.processEvent(event).catch((error: unknown) => {
      if (!isNoRoom(error)) return log.error(factsOf(error), 'delivery failed');
      // Slack brings it again, and then it is new.
      known.forget(data);
    });
  };

  const links = keepLinks({
    clock,
    log,
    connect: async (onOver) => {
      const { url } = opened.parse(await client.apps.connections.open());
      return await openLink(url, { dispatcher, clock, times: { ...LINK_TIMES, ...times }, onMessage: take, onOver });
    },
  });

  return {
    init: (app) => {
      bolt = app;
    },
    start: () => links.start(),
    stop: async () => links.stop(),
    status: () => links.status(),
  };
}

const REMEMBERED_MAX = 1_000;
const identity = z.object({ trigger_id: z.string().optional(), event_id: z.string().optional() });

/** With two connections Slack may bring one delivery twice: the second is answered as the first was. */
function createKnown() {
  const answers = new Map<string, { answer: (payload: object) => void; given: Promise<object> }>();
  const keyOf = ({ envelope_id, payload }: Envelope) => {
    const { trigger_id, event_id } = identity.safeParse(payload).data ?? {};
    return event_id ?? trigger_id ?? envelope_id;
  };
  return {
    /** Null for what is new, which is remembered from now on. */
    find(delivery: Envelope): Promise<object> | null {
      const key = keyOf(delivery);
      const before = answers.get(key);
      if (before) return before.given;
      let answer: (payload: object) => void = () => {};
      const given = new Promise<object>((resolve) => {
        answer = resolve;
      });
      answers.set(key, { answer, given });
      const [oldest] = answers.keys();
      if (answers.size > REMEMBERED_MAX && oldest !== undefined) answers.delete(oldest);
      return null;
    },
    forget: (delivery: Envelope) => void answers.delete(keyOf(delivery)),
    answer: (delivery: Envelope, payload: object) => answers.get(keyOf(delivery))?.answer(payload),
  };
}
