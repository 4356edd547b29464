import type { Destination, JobView } from '../../app/messenger.ts';
import { type Message, message } from '../kit/message.ts';
import { channelMention, type Inline, person, plainContext } from '../kit/parts.ts';
import { cancelBlocks, usualLine } from './image-making.ts';
import { choiceWords, imagesWords, promptBlocks } from './image-words.ts';

/**
 * A job's message when it is posted. It may be posted twice, and nothing is ever drawn into the second one: so it says
 * who asked for what and how long that usually takes, which stays true, and nothing about what comes of it. *Cancel* stands where it
 * has to wait before it is sent, and says by itself when it’s too late.
 */
export function announcement(view: JobView, to: Destination): Message {
  const whileMade = to.in === 'channel' && view.isHeldUp ? cancelBlocks(view.job) : [];
  return message(
    [leadOf(view, to), ...usualLine(view)],
    ...promptBlocks(view),
    plainContext(choiceWords(view)),
    ...whileMade,
  );
}

function leadOf({ job }: JobView, to: Destination): Inline[] {
  const asked = ` asked for ${imagesWords(job.imagesCount)}`;
  switch (to.in) {
    case 'channel':
      return [person(job.memberId), `${asked}.`];
    case 'direct_message':
      return [
        `You${asked} in `,
        channelMention(job.place.channelId),
        '. The message there is gone, so Inkwell continues here.',
      ];
  }
}
