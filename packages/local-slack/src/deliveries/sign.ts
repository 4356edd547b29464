import { createHmac } from 'node:crypto';

/** Slack's signature, version 0: `v0:timestamp:body` under the signing secret. */
export function sign(body: string, { secret, atMs }: { secret: string; atMs: number }): Record<string, string> {
  const timestamp = String(Math.floor(atMs / 1000));
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}
