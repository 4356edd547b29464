import { clientAccount } from '../../ledger/accounts.ts';
import type { Line } from '../../ledger/lines.ts';
import { channelNow } from '../../ledger/lists/channel-ids.ts';
import { checkAtAll, may } from '../../ledger/rights/rights.ts';
import type { AppContext } from '../context.ts';
import { newestLines } from '../people/show-changes.ts';
import { nameOf } from '../people/sync-member.ts';

/** `client`: null where the channel has none; `other`: one that the reader does not know of. */
export type ChannelDecided = { by: string; byName: string; client: { name: string } | 'other' | null };

/** Who decided last which client a channel belongs to, for a person who may decide about channels; null where that was long ago. */
export async function showDecision(
  context: AppContext,
  { by, channelId }: { by: string; channelId: string },
): Promise<ChannelDecided | null> {
  const state = await context.book.read();
  if (checkAtAll(state, by, 'bind_channel')) return null;
  const here = channelNow(state, channelId);
  const isWanted = (line: Line): line is Line & { kind: 'channel_bound' } =>
    line.kind === 'channel_bound' && channelNow(state, line.channelId) === here;
  const [line] = (await newestLines(context, { isWanted, linesMax: 1 })).found;
  if (!line) return null;
  return { by: line.by, byName: await nameOf(context, line.by), client: clientOf(context, by, line.clientId) };
}

function clientOf({ book }: AppContext, readerId: string, clientId: string | null): ChannelDecided['client'] {
  if (clientId === null) return null;
  const client = book.now().clients.get(clientId);
  const maySee = may(book.now(), readerId, 'bind_channel', { account: clientAccount(clientId) });
  return client && maySee ? { name: client.name } : 'other';
}
