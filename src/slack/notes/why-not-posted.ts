import { channelMention, type Inline, code as literal } from '../kit/parts.ts';
import { shorten } from '../kit/text.ts';

/** Why Slack does not let Inkwell post in a channel, and what to do about it. `next`: what to do after an invitation. */
export function whyNotPosted(code: string, channelId: string, next = ''): Inline[] {
  const channel = channelMention(channelId);
  if (code.startsWith('restricted_action')) {
    return ['Posting in ', channel, ' is restricted. A workspace admin can allow Inkwell to post there.'];
  }
  switch (code) {
    case 'not_in_channel':
    case 'channel_not_found':
      return ['Inkwell isn’t in ', channel, '. Type ', literal('/invite @Inkwell'), ` there${next}.`];
    case 'is_archived':
      return [channel, ' is archived, so Inkwell can’t post there.'];
    default:
      return ['Slack doesn’t let Inkwell post in ', channel, ' (', literal(shorten(code, 80)), ').'];
  }
}
