import { channelMention, type Inline, code as literal } from '../kit/parts.ts';
import { NOTHING_MADE, shorten } from '../kit/text.ts';

/** The image was to be posted in a channel that Slack does not let the app post in. */
export function unreachableParagraphs({ code, channelId }: { code: string; channelId: string }): Inline[][] {
  return [[...reason(code, channelMention(channelId)), ` ${NOTHING_MADE}`]];
}

function reason(code: string, channel: Inline): Inline[] {
  if (code.startsWith('restricted_action')) {
    return ['Posting in ', channel, ' is restricted. A workspace admin can allow Inkwell to post there.'];
  }
  switch (code) {
    case 'not_in_channel':
    case 'channel_not_found':
      return ['Inkwell isn’t in ', channel, '. Type ', literal('/invite @Inkwell'), ' there, then ask again.'];
    case 'is_archived':
      return [channel, ' is archived, so Inkwell can’t post there.'];
    default:
      return ['Slack doesn’t let Inkwell post in ', channel, ' (', literal(shorten(code, 80)), ').'];
  }
}
