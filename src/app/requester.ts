import { addressIn, type ReplyAddress } from '../ports/reply-address.ts';

/** A person to answer. `replyTo` null: by direct message. */
export type Requester = { memberId: string; replyTo: ReplyAddress | null };

/** By direct message: they typed nothing anywhere. */
export const directly = (memberId: string): Requester => ({ memberId, replyTo: null });

/** For their eyes only, in a channel. */
export const privatelyIn = (channelId: string, memberId: string): Requester => ({
  memberId,
  replyTo: addressIn(channelId),
});
