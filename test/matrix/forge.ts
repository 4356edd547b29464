import type { Delivery } from '@inkwell/local-slack/deliveries/postman.ts';
import { EVENTS, SHORTCUTS } from '../../src/slack/kit/ids.ts';
import type { RouteId } from '../../src/slack/platform/required-rights.ts';
import { ACME_CHANNEL, type Organisation } from './organisation.ts';

/** Deliveries as Slack signs them, but with what somebody would like to stand in them. */

export type Payload = Record<string, unknown>;

export function payloadOf({ body, headers }: Pick<Delivery, 'body' | 'headers'>): Payload | null {
  if (headers['content-type']?.includes('json')) return null;
  const form = new URLSearchParams(body);
  const payload = form.get('payload');
  if (payload !== null) return JSON.parse(payload) as Payload;
  return form.get('command') === null ? null : Object.fromEntries(form);
}

/** Which way in a payload takes. */
export function idOf(payload: Payload): string {
  const actions = payload.actions as { action_id: string }[] | undefined;
  const view = payload.view as { callback_id?: string } | undefined;
  const event = payload.event as { type?: string } | undefined;
  return String(
    payload.command ?? event?.type ?? payload.callback_id ?? actions?.[0]?.action_id ?? view?.callback_id ?? '',
  );
}

/** As somebody else: every place in which Slack says who it was. */
export function as(payload: Payload, userId: string): Payload {
  const copy = structuredClone(payload);
  // An address to answer at is the other person's own: whoever forges has theirs, or none.
  delete copy.response_url;
  if ('command' in copy) return { ...copy, user_id: userId };
  if ('event' in copy) return { ...copy, event: { ...(copy.event as object), user: userId } };
  return { ...copy, user: { ...(copy.user as object), id: userId } };
}

let count = 0;

/** Never the same delivery twice, so that none is answered as a repetition. */
export function fresh(payload: Payload): Payload {
  count += 1;
  const copy = structuredClone(payload);
  const ts = `${1_764_000_000 + count * 100}.${String(count % 1_000_000).padStart(6, '0')}`;
  for (const action of (copy.actions as Payload[] | undefined) ?? []) action.action_ts = ts;
  if (copy.event) Object.assign(copy.event, { ts, event_ts: ts });
  const view = copy.view as Payload | undefined;
  if (view && copy.type === 'view_submission') view.id = `V0FORGED${count}`;
  return copy;
}

export async function send({ slack, idle }: Organisation, forged: Payload): Promise<void> {
  if ('event' in forged) {
    const told = JSON.stringify(forged);
    await slack.deliver(told, { 'content-type': 'application/json', ...slack.sign(told) });
    return await idle();
  }
  const userId = String((forged.user as Payload | undefined)?.id ?? forged.user_id);
  // With a trigger that works: what opens for somebody is what a forgery is after.
  const payload = 'trigger_id' in forged ? { ...forged, trigger_id: slack.trigger(userId) } : forged;
  const body =
    'command' in payload
      ? new URLSearchParams(payload as Record<string, string>).toString()
      : new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  await slack.deliver(body, { 'content-type': 'application/x-www-form-urlencoded', ...slack.sign(body) });
  await idle();
}

/** A payload for a way in that nobody walked through: as empty as it can be. */
export function emptyPayload(id: RouteId | string, isForm: boolean): Payload {
  const base = { user: { id: 'U0OWNER', team_id: 'T0JUNIPER' }, team: { id: 'T0JUNIPER' }, trigger_id: '0.0.0' };
  if (id === EVENTS.mentioned) {
    const event = { type: id, user: 'U0OWNER', channel: ACME_CHANNEL, ts: '1.0', text: '<@U0INKWELL> help' };
    return { type: 'event_callback', team_id: 'T0JUNIPER', event };
  }
  if (id === SHORTCUTS.imagineHere) {
    const message = { type: 'message', ts: '1.000001', text: 'hello' };
    return { type: 'message_action', ...base, callback_id: id, channel: { id: ACME_CHANNEL }, message };
  }
  if (isForm) {
    const view = { id: 'V0', type: 'modal', callback_id: id, private_metadata: '', state: { values: {} }, blocks: [] };
    return { type: 'view_submission', ...base, view };
  }
  return {
    type: 'block_actions',
    ...base,
    channel: { id: ACME_CHANNEL },
    container: { type: 'message', channel_id: ACME_CHANNEL, message_ts: '1.000001' },
    actions: [{ type: 'button', action_id: id, block_id: 'b', value: '', action_ts: '1.0' }],
  };
}
