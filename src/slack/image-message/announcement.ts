import type { Audience, JobView } from '../../app/messenger.ts';
import { type Message, message } from '../kit/message.ts';
import { type Inline, person, plainContext, room } from '../kit/parts.ts';
import { choiceWords, imagesWords, promptBlocks } from './image-message.ts';

/**
 * A job's message when it is posted. It may be posted twice, and nothing is ever drawn into the second one: so it says
 * who asked for what, which stays true, and nothing about what comes of it.
 */
export function announcement(view: JobView, to: Audience): Message {
  return message([leadOf(view, to)], ...promptBlocks(view), plainContext(choiceWords(view)));
}

function leadOf({ job }: JobView, to: Audience): Inline[] {
  const asked = ` asked for ${imagesWords(job.imagesCount)}`;
  switch (to.in) {
    case 'channel':
      return [person(job.memberId), `${asked}.`];
    case 'direct_message':
      return [`You${asked} in `, room(job.channelId), '. The message there is gone, so here is another.'];
  }
}
