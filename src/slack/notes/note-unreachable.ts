import { channelMention, type Inline, code as literal } from '../kit/parts.ts';
import { shorten } from '../kit/text.ts';

/** The image was to be posted in a channel that Slack does not let the app post in. */
export function unreachableParagraphs({ code, channelId }: { code: string; channelId: string }): Inline[][] {
  return [[...reason(code, channelMention(channelId)), ' Nothing was made, and nothing was charged.']];
}

function reason(code: string, channel: Inline): Inline[] {
  if (code.startsWith('restricted_action')) {
    return ['Only some people may post in ', channel, '. An admin of the workspace can let Inkwell post there.'];
  }
  switch (code) {
    case 'not_in_channel':
    case 'channel_not_found':
      return ['Inkwell is not in ', channel, '. Type ', literal('/invite @Inkwell'), ' there, and ask again.'];
    case 'is_archived':
      return [channel, ' is archived, so Inkwell cannot post there.'];
    default:
      return ['Slack does not let Inkwell post in ', channel, ' (', literal(shorten(code, 80)), ').'];
  }
}
