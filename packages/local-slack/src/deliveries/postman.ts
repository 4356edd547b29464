import { createHmac } from 'node:crypto';
import type { DeliveryFault } from '../faults.ts';
import type { Log } from '../log.ts';

export type DeliveryKind =
  | 'command'
  | 'message_action'
  | 'block_actions'
  | 'view_submission'
  | 'view_closed'
  | 'event'
  | 'by_hand';

/** How the app answered: in time with any status, too late, or not at all. */
export type Outcome =
  | { answer: 'acked'; body: string; contentType: string }
  | { answer: 'refused'; status: number; noRetry: boolean }
  | { answer: 'late' }
  | { answer: 'unreachable' };

export type Delivery = {
  kind: DeliveryKind;
  at: number;
  body: string;
  headers: Record<string, string>;
  outcome: Outcome | null;
};

export type Postman = {
  /** Signs the body, sends it, and waits for the ack no longer than Slack does. */
  send(
    kind: DeliveryKind,
    body: string,
    options: { contentType: string; headers?: Record<string, string> },
  ): Promise<Outcome>;
  /** Sends exactly these bytes and headers, for replays and forgeries. */
  sendRaw(body: string, headers: Record<string, string>, kind?: DeliveryKind): Promise<Outcome>;
  sign(body: string): Record<string, string>;
  deliverTo(url: string): void;
};

type Parts = {
  deliverTo: string | null;
  signingSecret: string;
  ackDueMs: number;
  clock: () => number;
  /** The machine's time: the app compares signatures with it, whatever clock the workspace runs on. */
  wallClock: () => number;
  deliveries: Log<Delivery>;
  takeFault: () => DeliveryFault | null;
  /** In Socket Mode, the way to the app. */
  overSocket: ((body: string, headers: Record<string, string>, signal: AbortSignal) => Promise<Outcome>) | null;
  /** Breaks off what is under way. */
  closing: AbortSignal;
};

export function createPostman(parts: Parts): Postman {
  let address = parts.deliverTo;
  const signed = (body: string) => sign(body, { secret: parts.signingSecret, atMs: parts.wallClock() });

  const sendRaw: Postman['sendRaw'] = async (body, headers, kind = 'by_hand') => {
    const delivery: Delivery = { kind, at: parts.clock(), body, headers, outcome: null };
    parts.deliveries.add(delivery);
    const signal = AbortSignal.any([parts.closing, AbortSignal.timeout(parts.ackDueMs)]);
    const outcome = parts.overSocket
      ? await parts.overSocket(body, headers, signal)
      : await post(address, { body, headers, signal });
    delivery.outcome = outcome;
    return outcome;
  };

  return {
    sendRaw,
    sign: signed,
    send: async (kind, body, { contentType, headers = {} }) => {
      const all = () => ({
        'content-type': contentType,
        'user-agent': 'Slackbot 1.0 (local)',
        ...headers,
        ...signed(body),
      });
      const twin = parts.takeFault() === 'duplicate' ? sendRaw(body, all(), kind) : null;
      const outcome = await sendRaw(body, all(), kind);
      await twin;
      return outcome;
    },
    deliverTo: (url) => {
      address = url;
    },
  };
}

async function post(
  url: string | null,
  { body, headers, signal }: { body: string; headers: Record<string, string>; signal: AbortSignal },
): Promise<Outcome> {
  if (url === null) return { answer: 'unreachable' };
  try {
    const response = await fetch(url, { method: 'POST', body, headers, signal, redirect: 'error' });
    const text = await response.text();
    if (!response.ok) {
      return { answer: 'refused', status: response.status, noRetry: response.headers.get('x-slack-no-retry') === '1' };
    }
    return { answer: 'acked', body: text, contentType: response.headers.get('content-type') ?? '' };
  } catch (error) {
    return { answer: (error as Error).name === 'TimeoutError' ? 'late' : 'unreachable' };
  }
}

/** Slack's signature, version 0: `v0:timestamp:body` under the signing secret. */
function sign(body: string, { secret, atMs }: { secret: string; atMs: number }): Record<string, string> {
  const timestamp = String(Math.floor(atMs / 1000));
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}
