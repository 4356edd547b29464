import type { PrivateMessage } from '../../app/messenger.ts';
import type { Job } from '../../storage/records/job.ts';
import { number } from '../../words/figures.ts';
import { endings } from '../image-message/image-endings.ts';
import { numbersOf } from '../image-message/image-fate.ts';
import { linkButton } from '../kit/contact-sheet.ts';
import { LINKS } from '../kit/ids.ts';
import { type Message, message } from '../kit/message.ts';
import { actions, channelMention, type Inline } from '../kit/parts.ts';

/**
 * What came of a request, for the person who asked: an edited message in the channel is not unread. It says no more than that
 * message, because a person from outside the agency may have asked.
 */
export function imagesEnded({ job, url = null }: PrivateMessage & { kind: 'images_ended' }): Message {
  const why = endings(job).map((sentence): Inline[] => [sentence]);
  const open = url === null ? [] : [actions(linkButton('Open message', { action: LINKS.image, url }))];
  return message([lead(job), ...why], ...open);
}

function lead(job: Job): Inline[] {
  const { imagesCount, place } = job;
  const readyCount = numbersOf(job, 'made').length + numbersOf(job, 'as_file').length;
  const where: Inline[] = [' in ', channelMention(place.channelId)];
  if (readyCount > 0 && readyCount < imagesCount) {
    const some = `${number(readyCount)} of your ${number(imagesCount)} images`;
    return [some, ...where, readyCount === 1 ? ' is ready.' : ' are ready.'];
  }
  const all = imagesCount === 1 ? 'Your image' : `Your ${number(imagesCount)} images`;
  if (readyCount > 0) return [all, ...where, imagesCount === 1 ? ' is ready.' : ' are ready.'];
  const isCharged = numbersOf(job, 'not_kept').length > 0;
  return [all, ...where, isCharged ? ' can’t be shown.' : ' couldn’t be made.'];
}
