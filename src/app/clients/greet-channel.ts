import { channelNow } from '../../ledger/lists/channel-ids.ts';
import type { Audience } from '../../ports/ports.ts';
import type { AppContext } from '../context.ts';
import { postCardIn } from '../once/post-card.ts';
import { placeOf, postOnce } from '../once/post-once.ts';
import { idsOfChannel } from './channel-changes.ts';
import type { Greeting } from './greeting-view.ts';

/** Any owner who is a full member sees the channel as the agency does; with more of them asked, Slack is slow. */
const OWNERS_ASKED_MAX = 3;

/** Says once in a channel what Inkwell does there, also where Slack tells of the invitation again, or it is invited again. */
export async function greetChannel(context: AppContext, { channelId }: { channelId: string }): Promise<void> {
  await context.book.read();
  if ((await whereGreeted(context, channelId)) !== null) return;
  const posted = await postOnce(context, keyOf(channelNow(context.book.now(), channelId)), async (onceKey) => {
    const card = await greeting(context, channelId);
    remember(context, channelId, card);
    return await postCardIn(context, channelId, card, onceKey);
  });
  if (!posted) context.log.warn({ channelId }, 'could not greet a channel');
}

/** Once the client is decided, the message that missed it says which it is. False where Slack did not take it now. */
export async function redrawGreeting(context: AppContext, channelId: string): Promise<boolean> {
  const place = await whereGreeted(context, channelId);
  if (place === null) return true;
  const card = await greeting(context, channelId);
  // It would say less than it does. It stays as it is until Slack can say who reads it.
  if (card.audience === 'unsure') return false;
  const drawn = await context.messenger.redrawCard(place, card);
  if (drawn.kind === 'drawn') remember(context, channelId, card);
  else context.log.warn({ channelId, code: drawn.code }, 'greeting not redrawn');
  return drawn.kind !== 'failed';
}

/** Draws the greeting of a channel again if people came or left who change what it may say. Most change nothing. */
export async function checkGreeting(context: AppContext, { channelId }: { channelId: string }): Promise<void> {
  await context.book.read();
  if ((await whereGreeted(context, channelId)) === null) return;
  if (said.get(context.book)?.get(channelId) === wordsOf(await greeting(context, channelId))) return;
  await redrawGreeting(context, channelId);
}

/** The greeting that this process drew last, by channel: its audience and client. */
const said = new WeakMap<AppContext['book'], Map<string, string>>();
const wordsOf = ({ audience, client }: Greeting) => JSON.stringify([audience, client]);

function remember({ book }: AppContext, channelId: string, card: Greeting): void {
  const channels = said.get(book) ?? new Map<string, string>();
  said.set(book, channels.set(channelId, wordsOf(card)));
}

async function whereGreeted(context: AppContext, channelId: string) {
  for (const id of idsOfChannel(context, channelId)) {
    const place = await placeOf(context, keyOf(id));
    if (place !== null) return place;
  }
  return null;
}

async function greeting(context: AppContext, channelId: string): Promise<Greeting> {
  const state = context.book.now();
  const clientId = state.channels.get(channelNow(state, channelId));
  const client = clientId ? state.clients.get(clientId) : undefined;
  return {
    kind: 'greeting',
    at: Math.max(context.clock.now(), state.lastAt),
    audience: await audienceOf(context, channelId),
    client: client
      ? { name: client.name, isClosed: client.closedAt !== null }
      : clientId === null
        ? 'none'
        : 'undecided',
  };
}

/** In doubt people from outside read along. */
async function audienceOf({ book, channels }: AppContext, channelId: string): Promise<Audience> {
  const owners = [...book.now().members.values()].filter(({ role, status }) => role === 'owner' && status === 'active');
  let face: Audience = 'shared';
  for (const { memberId } of owners.slice(0, OWNERS_ASKED_MAX)) {
    const seen = await channels.audience(channelId, memberId);
    if (seen === 'internal') return seen;
    if (seen === 'unsure') face = seen;
  }
  return face;
}

const keyOf = (channelId: string) => `greeting/${channelId}`;
