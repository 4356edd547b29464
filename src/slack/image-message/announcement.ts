import type { Destination, JobView } from '../../app/messenger.ts';
import { type Message, message } from '../kit/message.ts';
import { channelMention, type Inline, person, plainContext } from '../kit/parts.ts';
import { choiceWords, imagesWords, promptBlocks } from './image-message.ts';

/**
 * A job's message when it is posted. It may be posted twice, and nothing is ever drawn into the second one: so it says
 * who asked for what, which stays true, and nothing about what comes of it.
 */
export function announcement(view: JobView, to: Destination): Message {
  return message([leadOf(view, to)], ...promptBlocks(view), plainContext(choiceWords(view)));
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
