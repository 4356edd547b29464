import type { ActionsBlock, ContextBlock, KnownBlock } from '@slack/types';
import type { JobView } from '../../app/messenger.ts';
import type { Job } from '../../storage/records/job.ts';
import { credits, number } from '../../words/figures.ts';
import { actor } from '../kit/actor.ts';
import { ACTIONS } from '../kit/ids.ts';
import { type Message, message, quote, words } from '../kit/message.ts';
import {
  actions,
  button,
  confirmation,
  cutTo,
  dateToken,
  type Inline,
  NAME_CHARACTERS_MAX,
  person,
  plain,
  richLines,
} from '../kit/parts.ts';
import { projectToShow } from '../kit/show-to-audience.ts';
import { channelLink, mention } from '../kit/text.ts';
import { endings, remarks } from './image-endings.ts';
import { chargedCredits, clientLeftCredits, fateOf, numbersOf } from './image-fate.ts';
import { markBlocks, stageMenu, stageWords } from './image-marks.ts';

/** Enough to recognise a prompt by; all of it comes back with "Edit prompt". */
const PROMPT_CHARACTERS_MAX = 700;
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

export const imagesWords = (count: number) => (count === 1 ? 'an image' : `${number(count)} images`);

export const promptBlocks = ({ prompt }: JobView): KnownBlock[] =>
  prompt === null ? [] : [quote(cutTo(prompt, PROMPT_CHARACTERS_MAX) || '…')];

/** What was asked for, in the words that `/imagine` takes. */
export function choiceWords(view: JobView): string {
  const { model, size, quality, insteadOf } = view.job;
  const project = projectToShow(view);
  // What the agency allows its people is its own business.
  const rule = insteadOf === null || view.audience !== 'internal' ? '' : ` (${insteadOf} isn’t allowed here)`;
  return `${model}, ${size}, ${quality}${rule} · ${stageWords(view)}${project === null ? '' : ` · Project: ${cutTo(project, NAME_CHARACTERS_MAX)}`}`;
}

function making(view: JobView): Message {
  const { job } = view;
  const { imagesCount } = job;
  const done = imagesCount - numbersOf(job, 'making').length;
  const untilAt = waitsUntil(job);
  const progress = imagesCount > 1 ? ` ${number(done)} of ${number(imagesCount)} done.` : '';
  const now: Inline[] =
    untilAt === null ? [] : [' The image service is busy. Inkwell tries again ', dateToken(untilAt), '.'];
  const doing = imagesCount === 1 && untilAt === null ? ' Making it now.' : progress;
  const lead: Inline[] = [person(job.memberId), ` asked for ${imagesWords(imagesCount)}.${doing}`, ...now];
  const choice: ContextBlock = { type: 'context', elements: [plain(choiceWords(view))] };
  return message([lead], ...promptBlocks(view), choice);
}

/** When the first image that has to wait is sent again; null where none waits longer than it is worth to say. */
function waitsUntil({ images }: Job): number | null {
  const waiting = images.filter(
    ({ answer, settled }) => settled === null && answer?.kind === 'transient' && answer.isNamed,
  );
  const times = waiting.flatMap(({ answer, notBeforeAt }) =>
    answer?.kind === 'transient' && answer.retryAfterMs > WAIT_SAID_MS ? (notBeforeAt ?? []) : [],
  );
  return times.length > 0 ? Math.min(...times) : null;
}

const WAIT_SAID_MS = 30_000;

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
  const price = charged > 0 ? [credits(charged), ...balance] : made;
  const known = [choiceWords(view), ...price];
  return { type: 'context', elements: [{ type: 'mrkdwn', text: who }, plain(known.join(' · '))] };
}

/** Without its prompt a request can be neither repeated nor changed. */
function buttons(view: JobView, { mayDelete }: { mayDelete: boolean }): ActionsBlock[] {
  const { job, prompt } = view;
  const value = job.jobId;
  const ask = [
    button('Again', { action: ACTIONS.again, value, label: 'Make it again with the same prompt' }),
    button('Edit prompt', { action: ACTIONS.edit, value }),
  ];
  const remove = {
    ...button('Delete', { action: ACTIONS.delete, value }),
    confirm: confirmDelete(job),
  };
  const elements = [...(prompt === null ? [] : ask), ...(mayDelete ? [remove] : []), ...stageMenu(view)];
  return elements.length > 0 ? [actions(...elements)] : [];
}

const confirmDelete = ({ imagesCount }: Job) =>
  confirmation({
    title: imagesCount === 1 ? 'Delete this image?' : 'Delete these images?',
    text: `This removes the ${imagesCount === 1 ? 'image' : 'images'} and the prompt for everyone. The credits stay charged.`,
    confirm: 'Delete',
    deny: 'Keep',
  });
