import type { ActionsBlock, ContextBlock, KnownBlock } from '@slack/types';
import { priceOf } from '../../app/images/repeat-image.ts';
import type { JobView } from '../../app/messenger.ts';
import type { Job } from '../../storage/records/job.ts';
import { credits, number, price } from '../../words/figures.ts';
import { actor } from '../kit/actor.ts';
import { ACTIONS } from '../kit/ids.ts';
import { type Message, message, words } from '../kit/message.ts';
import { actions, button, confirmation, cutTo, type Inline, person, plain, richLines } from '../kit/parts.ts';
import { channelLink, mention } from '../kit/text.ts';
import { endings, remarks } from './image-endings.ts';
import { chargedCredits, clientLeftCredits, fateOf, numbersOf } from './image-fate.ts';
import { making } from './image-making.ts';
import { markBlocks, stageMenu } from './image-marks.ts';
import { choiceWords, imagesWords, promptBlocks } from './image-words.ts';

/** Slack takes 2,000 characters; a screen reader reads these aloud, so they are fewer. */
const ALT_CHARACTERS_MAX = 500;

/**
 * A job's message, whatever has become of it. People from outside the agency may read it: it names no cost, no margin,
 * and no client but the channel's own; a project only where no person from outside may.
 */
export function imageMessage(view: JobView, { pictures = 'shown' }: { pictures?: 'shown' | 'left_out' } = {}): Message {
  const { job } = view;
  if (job.deletedBy !== null) return deleted(job, job.deletedBy);
  if (isMaking(job)) return making(view);
  const problems = [...endings(job), ...remarks(job)];
  const made = [...numbersOf(job, 'made'), ...numbersOf(job, 'as_file')];
  if (pictures === 'left_out') problems.push(NOT_SHOWN_YET);
  const lead = problems.map((problem): Inline[] => [problem]);
  return {
    text: words([[...headline(job, made.length)], ...lead]),
    blocks: [
      ...promptBlocks(view),
      ...(pictures === 'shown' ? pictureBlocks(view) : []),
      ...(lead.length > 0 ? [richLines(...lead)] : []),
      // Their files stand in the thread.
      ...numbersOf(job, 'as_file').flatMap((imageNo) => markBlocks(view, imageNo)),
      facts(view),
      ...buttons(view, { mayDelete: made.length > 0 }),
    ],
  };
}

/** Whether drawing the message takes files that Slack may not have looked at yet. */
export const hasPictures = ({ job }: JobView) =>
  job.deletedBy === null && !isMaking(job) && numbersOf(job, 'made').length > 0;

const NOT_SHOWN_YET = 'Slack isn’t ready to show the images yet. They’ll be added here automatically.';

const isMaking = (job: Job) => job.images.some((image) => fateOf(image) === 'making') && job.unreachable === null;

function deleted(job: Job, by: string): Message {
  const charged = chargedCredits(job);
  const stays = charged > 0 ? ` ${credits(charged)} stay${charged === 1 ? 's' : ''} charged.` : '';
  return message([
    [person(job.memberId), ` asked for ${imagesWords(job.imagesCount)}. Deleted by `, actor(by), `.${stays}`],
  ]);
}

function headline(job: Job, madeCount: number): Inline[] {
  const { imagesCount, memberId } = job;
  const asked: Inline[] = [person(memberId), ` asked for ${imagesWords(imagesCount)}.`];
  if (madeCount === imagesCount) return [...asked, imagesCount === 1 ? ' It’s ready.' : ' They’re ready.'];
  return imagesCount === 1 ? asked : [...asked, ` ${number(madeCount)} of ${number(imagesCount)} were made.`];
}

/** Each picture with what is said of it right below. */
function pictureBlocks(view: JobView): KnownBlock[] {
  const { job, prompt } = view;
  return job.images
    .filter((image) => fateOf(image) === 'made')
    .flatMap(({ imageNo, fileId }) => [
      {
        type: 'image',
        slack_file: { id: fileId ?? '' },
        alt_text: altText(prompt, { imageNo, imagesCount: job.imagesCount }),
      },
      ...markBlocks(view, imageNo),
    ]);
}

function altText(prompt: string | null, { imageNo, imagesCount }: { imageNo: number; imagesCount: number }): string {
  const which = imagesCount === 1 ? 'AI image' : `AI image ${imageNo} of ${imagesCount}`;
  const shows = prompt === null ? '' : cutTo(prompt, ALT_CHARACTERS_MAX);
  return shows === '' ? which : `${which}: ${shows}`;
}

/** An image of a member who was removed meanwhile costs no client anything. */
const NOT_CHARGED = 'not charged';

/** Mentions are mrkdwn. People's own words are plain text beside it. */
function facts(view: JobView): ContextBlock {
  const { job, clientName } = view;
  const elsewhere = job.messagePlace !== null && job.messagePlace.channelId !== job.place.channelId;
  const who = elsewhere ? `${mention(job.memberId)} in ${channelLink(job.place.channelId)}` : mention(job.memberId);
  const left = clientLeftCredits(job);
  const balance =
    left === null || clientName === null ? [] : [`${clientName} has ${left > 0 ? number(left) : 'none'} left`];
  const charged = chargedCredits(job);
  const isFree = job.eachCredits === 0;
  const made = numbersOf(job, 'made').length > 0 ? [isFree ? 'free' : NOT_CHARGED] : [];
  const cost = charged > 0 ? [credits(charged), ...balance] : made;
  const known = [choiceWords(view), ...cost];
  return { type: 'context', elements: [{ type: 'mrkdwn', text: who }, plain(known.join(' · '))] };
}

/** Without its prompt a request can be neither repeated nor changed. */
function buttons(view: JobView, { mayDelete }: { mayDelete: boolean }): ActionsBlock[] {
  const { job, prompt } = view;
  const value = job.jobId;
  const ask = [againButton(value, priceOf(job)), button('Edit prompt', { action: ACTIONS.edit, value })];
  const remove = {
    ...button('Delete', { action: ACTIONS.delete, value }),
    confirm: confirmDelete(job),
  };
  const elements = [...(prompt === null ? [] : ask), ...(mayDelete ? [remove] : []), ...stageMenu(view)];
  return elements.length > 0 ? [actions(...elements)] : [];
}

/** What it costs is on the button, as on the form’s: the most that it can. */
export const againButton = (value: string, totalCredits: number, style: { style?: 'primary' } = {}) =>
  button(`Again · ${price(totalCredits)}`, {
    action: ACTIONS.again,
    value,
    ...style,
    label: `Make it again with the same prompt, for ${price(totalCredits)}`,
  });

const confirmDelete = ({ imagesCount }: Job) =>
  confirmation({
    title: imagesCount === 1 ? 'Delete this image?' : 'Delete these images?',
    text: `This removes the ${imagesCount === 1 ? 'image' : 'images'} and the prompt for everyone. The credits stay charged.`,
    confirm: 'Delete',
    deny: 'Keep',
  });
