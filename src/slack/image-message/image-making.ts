import type { ActionsBlock, ContextBlock } from '@slack/types';
import { unsentImages } from '../../app/images/unsent-images.ts';
import type { JobView } from '../../app/messenger.ts';
import type { Job } from '../../storage/records/job.ts';
import { number } from '../../words/figures.ts';
import { ACTIONS } from '../kit/ids.ts';
import { type Message, message } from '../kit/message.ts';
import { actions, button, dateToken, type Inline, person, plain } from '../kit/parts.ts';
import { numbersOf } from './image-fate.ts';
import { choiceWords, imagesWords, promptBlocks } from './image-words.ts';

/** A job’s message while images of it are being made. */
export function making(view: JobView): Message {
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
  return message([lead, ...usualLine(view)], ...promptBlocks(view), choice, ...cancelBlocks(job));
}

/** Says how long images like these usually take, which stays true however they end. */
export function usualLine({ usualMs = null, job: { imagesCount } }: JobView): Inline[][] {
  if (usualMs === null) return [];
  return [
    [
      `${imagesCount === 1 ? 'An image' : 'Images'} like this usually ${imagesCount === 1 ? 'takes' : 'take'} ${about(usualMs)}.`,
    ],
  ];
}

/** Rounds a longer time more coarsely: no one counts the seconds of a minute. */
function about(ms: number): string {
  const seconds = ms / 1_000;
  if (seconds < 8) return 'a few seconds';
  if (seconds < 57) return `about ${Math.round(seconds / 5) * 5} seconds`;
  const minutes = Math.max(1, Math.round(seconds / 60));
  return minutes === 1 ? 'about a minute' : `about ${number(minutes)} minutes`;
}

export const cancelBlocks = (job: Job): ActionsBlock[] =>
  unsentImages(job).length > 0
    ? [actions(button('Cancel', { action: ACTIONS.cancel, value: job.jobId, label: 'Cancel before it’s sent' }))]
    : [];

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
