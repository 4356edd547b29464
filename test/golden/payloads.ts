import { VIEWS } from '../../src/slack/kit/ids.ts';
import { REQUIRED_RIGHTS } from '../../src/slack/platform/required-rights.ts';
import { emptyPayload, idOf, type Payload, payloadOf } from '../matrix/forge.ts';
import { ACME_CHANNEL, ACTORS, type Organisation, UNBOUND_CHANNEL } from '../matrix/organisation.ts';
import type { Sent } from './golden.ts';

type Json = Record<string, unknown>;

/** Forms and buttons that end what the others are about. */
const LAST = /delete|withdraw|deny|approve|raise|until|suspend|remove|close|unbind|none/;

/**
 * A request of each button, form and command. Those that were sent are as they were, in their order. To the others a value
 * or metadata belongs that was drawn: they are made from that, as Slack would send them.
 */
export function payloadsIn(org: Organisation): Sent[] {
  const sent = sentIn(org);
  const has = new Set(sent.map(({ id }) => id));
  const drawn = drawnIn(org).filter(({ id }) => id in REQUIRED_RIGHTS && !has.has(id) && has.add(id));
  return [...sent, ...drawn.sort((one, other) => Number(LAST.test(one.id)) - Number(LAST.test(other.id)))];
}

function sentIn({ slack }: Organisation): Sent[] {
  const seen = new Set<string>();
  return slack.deliveries.flatMap((delivery) => {
    const payload = payloadOf(delivery);
    if (!payload) return [];
    const [id, type] = [idOf(payload), String(payload.type ?? 'command')];
    if (seen.has(`${type} ${id}`)) return [];
    seen.add(`${type} ${id}`);
    return [{ id, payload }];
  });
}

/** Whatever was drawn at any time: in messages as they are now, and in Home, forms and private answers as they were. */
function drawnIn({ slack }: Organisation): Sent[] {
  const everybody = Object.values(ACTORS).map(({ id }) => id);
  const places = [ACME_CHANNEL, UNBOUND_CHANNEL].map((channel) => ({ channel, user: ACTORS.owner.id as string }));
  const inMessages = [...places, ...everybody.map((user) => ({ channel: slack.directMessage(user), user }))].flatMap(
    ({ channel, user }) =>
      slack
        .messages(channel, { as: user })
        .flatMap(({ blocks, ts }) => elementsIn(blocks).map((element) => buttonOf(element, { user, channel, ts }))),
  );
  const inViews = slack.calls.flatMap(({ args }) => {
    const view = args.view as Json | undefined;
    const form = String(view?.callback_id ?? '');
    const where = { user: String(args.user_id ?? args.user ?? ACTORS.owner.id), channel: null, ts: null };
    const buttons = elementsIn(view?.blocks ?? args.blocks).map((element) => buttonOf(element, where));
    return Object.values<string>(VIEWS).includes(form) ? [...buttons, formOf(form, view as Json)] : buttons;
  });
  return [...inMessages, ...inViews];
}

type Where = { user: string; channel: string | null; ts: string | null };

function buttonOf(element: Json, { user, channel, ts }: Where): Sent {
  const id = String(element.action_id);
  const empty = emptyPayload(id, false);
  const [action] = empty.actions as Json[];
  const container = { type: 'message', channel_id: channel, message_ts: ts };
  const place = channel && ts ? { channel: { id: channel }, container } : {};
  const payload: Payload = {
    ...empty,
    ...place,
    user: { ...(empty.user as Json), id: user },
    actions: [{ ...action, ...element, ...chosenIn(element), action_ts: '1.0' }],
  };
  return { id, payload };
}

/** A menu is sent with what was chosen: its first option. */
const chosenIn = ({ type, options }: Json): Json =>
  type === 'overflow' && Array.isArray(options) ? { selected_option: options[0] } : {};

function formOf(id: string, view: Json): Sent {
  const empty = emptyPayload(id, true);
  return { id, payload: { ...empty, view: { ...(empty.view as Json), ...view, type: 'modal' } } };
}

/** At any depth: in sections, in rows of buttons, in inputs. */
function elementsIn(value: unknown): Json[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(elementsIn);
  return 'action_id' in value ? [value as Json, ...inner] : inner;
}

/** The same form, with something else typed into each field of text, so that there is something to save. */
export function typedAnew(payload: Payload): Payload {
  const copy = structuredClone(payload);
  const values = ((copy.view as Json | undefined)?.state as Json | undefined)?.values ?? {};
  for (const field of Object.values(values).flatMap((block) => Object.values(block as Json) as Json[])) {
    if (typeof field.value !== 'string') continue;
    if (/^\d+$/.test(field.value)) field.value = String(Number(field.value) + 1);
    else if (/^[\w ]+$/.test(field.value)) field.value = `${field.value} two`;
  }
  return copy;
}
