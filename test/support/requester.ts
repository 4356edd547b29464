import type { Requester } from '../../src/app/requester.ts';
import type { Place } from '../../src/ledger/lists/channel-ids.ts';

type Address = { threadTs?: string | null; responseUrl?: string | null };

/** A person who is answered in a channel. */
export const inChannel = (
  memberId: string,
  channelId: string,
  { threadTs = null, responseUrl = null }: Address = {},
): Requester => ({ memberId, replyTo: { channelId, threadTs, responseUrl } });

/** The same, with where they clicked or typed. */
export const clicking = (
  memberId: string,
  channelId: string,
  address: Address = {},
): { requester: Requester; place: Place } => ({
  requester: inChannel(memberId, channelId, address),
  place: { channelId, threadId: address.threadTs ?? null },
});
