import { clientAccount } from '../../ledger/accounts.ts';
import { channelsOf } from '../../ledger/lists/client-lists.ts';
import type { Client, State } from '../../ledger/state.ts';
import { describe } from '../../ports/describe-error.ts';
import { DeliveryFault } from '../../ports/ports.ts';
import type { Period } from '../../reports/usage.ts';
import { idsOfChannel } from '../clients/channel-changes.ts';
import type { AppContext } from '../context.ts';
import { limitContacts } from '../limits/limit-contacts.ts';
import { postCardIn, postCardTo } from '../once/post-card.ts';
import { placeOf, postOnce } from '../once/post-once.ts';
import type { DigestNotPosted } from './client-digest-view.ts';
import { clientDigestCard, type MadeIn, madeIn, weekToTell } from './client-week.ts';

/** `left_out`: it is not wanted there any more, or Slack does not let Inkwell post. `failed`: not now. */
type Posted = 'posted' | 'left_out' | 'failed';

type There = { client: Client; channelId: string; week: Period; made: MadeIn };

/**
 * Posts the week before a date in each channel of the clients that want it, once for each week and channel. A channel in
 * which no image was made that week hears nothing. Throws where a message failed: the row is then tried again.
 */
export async function sendClientDigests(context: AppContext, date: string): Promise<void> {
  const state = await context.book.read();
  const week = weekToTell(state, date);
  let failed = 0;
  for (const client of state.clients.values()) {
    if (!client.hasDigest || client.closedAt !== null) continue;
    const made = await madeIn(context, state, client.clientId, week);
    for (const channelId of channelsOf(state, client.clientId)) {
      if (!made.has(channelId)) continue;
      if ((await postDigest(context, { client, channelId, week, made })) === 'failed') failed += 1;
    }
  }
  if (failed > 0) throw new DeliveryFault(`${failed} digests of clients`);
}

async function postDigest(context: AppContext, there: There): Promise<Posted> {
  const { channelId } = there;
  let outcome: Posted = 'posted';
  try {
    const key = await keyOf(context, there);
    await postOnce(context, key, async (onceKey) => {
      const card = await cardNow(context, there);
      outcome = 'left_out';
      if (card === null) return null;
      const posted = await postCardIn(context, channelId, card, onceKey);
      if (posted.kind === 'unreachable') await tellNotPosted(context, there, posted.code);
      else outcome = posted.kind;
      return posted;
    });
    // Another process may be at it, and it is not known yet how that ends.
    if (outcome === 'posted' && (await placeOf(context, key)) === null) return 'failed';
  } catch (error) {
    context.log.warn({ channelId, error: describe(error) }, 'could not post a client’s digest, will retry');
    return 'failed';
  }
  if (outcome !== 'posted') context.log.warn({ channelId, outcome }, 'client’s digest not posted');
  return outcome;
}

/** One week and channel; also where Slack gave the channel another id after it was posted. */
async function keyOf(context: AppContext, { channelId, week }: There): Promise<string> {
  const keys = idsOfChannel(context, channelId).map((id) => `client-digest/${week.fromDate}/in/${id}`);
  for (const key of keys) if ((await placeOf(context, key)) !== null) return key;
  return keys[0] as string;
}

/** Null where it was turned off meanwhile, the client was closed, or the channel is another client's by now. */
async function cardNow(context: AppContext, { client: { clientId }, ...there }: There) {
  const state = await context.book.read();
  const client = state.clients.get(clientId);
  if (!client || !isWanted(state, client, there.channelId)) return null;
  const at = Math.max(context.clock.now(), state.lastAt);
  return await clientDigestCard(context, state, { client, ...there, at });
}

const isWanted = ({ channels }: State, { clientId, hasDigest, closedAt }: Client, channelId: string): boolean =>
  hasDigest && closedAt === null && channels.get(channelId) === clientId;

/** Those who may turn it off hear once that Inkwell cannot post in a channel; it is tried again each week. */
async function tellNotPosted(context: AppContext, { client, channelId }: There, code: string): Promise<void> {
  const { book, channels, clock } = context;
  const { clientId, name: clientName } = client;
  const card: DigestNotPosted = { kind: 'digest_not_posted', at: clock.now(), channelId, clientName, code };
  for (const memberId of limitContacts(book.now(), clientAccount(clientId), 'set_client_digest')) {
    if ((await channels.audience(null, memberId)) !== 'internal') continue;
    const key = `client-digest/not-posted/${clientId}/${channelId}/to/${memberId}`;
    await postOnce(context, key, (onceKey) => postCardTo(context, memberId, card, onceKey));
  }
}
