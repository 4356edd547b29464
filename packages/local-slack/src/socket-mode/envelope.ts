import type { Outcome } from '../deliveries/postman.ts';
import type { Json } from '../workspace.ts';

/** What travels over a connection of Socket Mode, besides its id. */
export type Envelope = {
  type: 'events_api' | 'slash_commands' | 'interactive';
  payload: unknown;
  accepts_response_payload: boolean;
  retry_attempt?: number;
  retry_reason?: string;
};

/** A delivery as HTTP would carry it, in Socket Mode's form. */
export function envelopeOf(body: string, headers: Record<string, string>): Envelope {
  if (headers['content-type']?.includes('json')) {
    return {
      type: 'events_api',
      payload: JSON.parse(body),
      accepts_response_payload: false,
      retry_attempt: Number(headers['x-slack-retry-num'] ?? 0),
      retry_reason: headers['x-slack-retry-reason'] ?? '',
    };
  }
  const fields = new URLSearchParams(body);
  const payload = fields.get('payload');
  return payload === null
    ? { type: 'slash_commands', payload: Object.fromEntries(fields), accepts_response_payload: true }
    : { type: 'interactive', payload: JSON.parse(payload), accepts_response_payload: true };
}

/** Null for what is no ack. */
export function ackIn(text: string): { envelopeId: string; outcome: Outcome } | null {
  const { envelope_id: envelopeId, payload } = JSON.parse(text) as Json;
  if (typeof envelopeId !== 'string') return null;
  const isEmpty = typeof payload !== 'object' || payload === null || Object.keys(payload).length === 0;
  const body = isEmpty ? '' : JSON.stringify(payload);
  return { envelopeId, outcome: { answer: 'acked', body, contentType: 'application/json' } };
}
