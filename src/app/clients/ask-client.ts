import { clientAccount } from '../../ledger/accounts.ts';
import { channelNow } from '../../ledger/lists/channel-ids.ts';
import { checkBinding } from '../../ledger/rights/ceilings.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import type { AppContext } from '../context.ts';
import { clientIdsSeenBy, withRight } from '../limits/limit-contacts.ts';
import { postCardTo } from '../once/post-card.ts';
import { placeOf, postOnce } from '../once/post-once.ts';
import { idsOfChannel } from './channel-changes.ts';
import type { ClientCard } from './client-card-view.ts';

/** With more people asked, each relies on the others. */
const ASKED_MAX = 5;

/**
 * Asks everybody who may decide, each once, which client a channel belongs to; answers who has been asked. The card lists
 * the clients that its reader looks after, so it goes to full members only, directly, and never into a channel.
 */
export async function askForClient(
  context: AppContext,
  { channelId, askedBy }: { channelId: string; askedBy: string },
): Promise<string[]> {
  const { book, records, clock } = context;
  const { workspace } = book;
  await records.marks.put({ workspace, key: askedByKey(channelId), value: askedBy, at: clock.now() });
  const deciders = withRight(book.now(), 'bind_channel').slice(0, ASKED_MAX);
  const asked = await Promise.all(
    deciders.map(async (memberId) => {
      if ((await context.channels.audience(null, memberId)) !== 'internal') return [];
      return (await ask(context, channelId, memberId)) ? [memberId] : [];
    }),
  );
  return asked.flat();
}

const ask = (context: AppContext, channelId: string, memberId: string): Promise<boolean> =>
  postOnce(context, keyOf(channelId, memberId), async (onceKey) =>
    postCardTo(context, memberId, await clientCard(context, channelId, memberId), onceKey),
  );

/** Tells whether a person may choose the client of a channel that has none yet: a manager among those that they look after. */
export function mayChooseClient({ book }: AppContext, { by, channelId }: { by: string; channelId: string }): boolean {
  const state = book.now();
  if (state.channels.has(channelNow(state, channelId))) return false;
  return may(state, by, 'bind_channel') || clientsToChoose(state, by).length > 0;
}

const clientsToChoose = (state: State, by: string): readonly string[] =>
  clientIdsSeenBy(state, by).filter(
    (clientId) => mayBindTo(state, by, clientId) && checkBinding(state, { by, clientId }) === null,
  );

const mayBindTo = (state: State, by: string, clientId: string): boolean =>
  may(state, by, 'bind_channel', { account: clientAccount(clientId) });

/** Redraws every card about a channel from the current ledger. False where Slack did not take one now. */
export async function redrawClientCards(context: AppContext, channelId: string): Promise<boolean> {
  const { book, messenger, log } = context;
  let isDrawn = true;
  for (const memberId of withRight(book.now(), 'bind_channel')) {
    for (const id of idsOfChannel(context, channelId)) {
      const place = await placeOf(context, keyOf(id, memberId));
      if (place === null) continue;
      const drawn = await messenger.redrawCard(place, await clientCard(context, channelId, memberId));
      if (drawn.kind !== 'drawn') log.warn({ channelId, memberId, code: drawn.code }, 'card not redrawn');
      isDrawn &&= drawn.kind !== 'failed';
    }
  }
  return isDrawn;
}

/** The person who wanted an image in a channel without a client; null where there is none. */
export async function whoAsked(context: AppContext, channelId: string): Promise<string | null> {
  const { book, records } = context;
  for (const id of idsOfChannel(context, channelId)) {
    const memberId = await records.marks.get({ workspace: book.workspace, key: askedByKey(id) });
    if (memberId !== null) return memberId;
  }
  return null;
}

async function clientCard(context: AppContext, channelId: string, readerId: string): Promise<ClientCard> {
  const state = context.book.now();
  const clientId = state.channels.get(channelNow(state, channelId));
  const clients = clientsToChoose(state, readerId).flatMap((id) => state.clients.get(id) ?? []);
  return {
    kind: 'client_card',
    channelId: channelNow(state, channelId),
    askedBy: (await whoAsked(context, channelId)) ?? '',
    clients: clients.map(({ clientId: id, name }) => ({ clientId: id, name })),
    decided: decidedFor(state, clientId, (id) => mayBindTo(state, readerId, id)),
  };
}

function decidedFor(
  state: State,
  clientId: string | null | undefined,
  mayName: (clientId: string) => boolean,
): ClientCard['decided'] {
  if (clientId === undefined) return null;
  if (clientId === null) return { clientName: null };
  return mayName(clientId)
    ? { clientName: state.clients.get(clientId)?.name ?? null }
    : { clientName: null, isOther: true };
}

const askedByKey = (channelId: string) => `client-card/${channelId}`;
const keyOf = (channelId: string, memberId: string) => `client-card/${channelId}/${memberId}`;
