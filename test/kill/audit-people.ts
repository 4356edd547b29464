import { runIdOf } from '../../src/app/images/run-kept.ts';
import { toldKey } from '../../src/app/images/told-key.ts';
import type { Job } from '../../src/storage/records/job.ts';
import { channelOf, OLIVIA } from './agency.ts';
import type { Findings, Left } from './audit.ts';
import { grouped } from './grouped.ts';
import type { Outside, PostedCard } from './outside.ts';
import type { Played } from './scenario.ts';

/** How a person hears that a job of theirs has ended without a message in the channel. */
const ENDS = new Set(['refused', 'client_asked', 'unreachable', 'too_late', 'not_approved']);

/**
 * Everybody is told of every end, once. Slack has no way to look whether a private sentence, or a card, was said: whoever
 * dies between saying it and noting it has it said again by the next process. Every repetition has to be of that kind.
 */
export function auditPeople(played: Played, left: Left, outside: Outside): Findings {
  const problems: string[] = [];
  let saidTwice = 0;
  for (const job of left.jobs.values()) {
    problems.push(...auditMessages(job, outside));
    // What was kept in it runs as another job, which is looked at as well.
    if (left.jobs.has(runIdOf(job.jobId))) continue;
    // A kept prompt has no place where it was typed any more: what is said once names its job.
    const heard = outside.told.filter(
      ({ to, note, onceKey }) =>
        to.replyTo?.threadTs === `job:${job.jobId}` || onceKey === toldKey(job.jobId, note.kind),
    );
    const told = heard.filter(({ note }) => ENDS.has(note.kind));
    const least = job.messagePlace === null && !endsInSilence(job, left) ? 1 : 0;
    // Where no process lived to say that a prompt waits for a client, the person hears that it did not run.
    const isToldLater = heard.some(({ note }) => note.kind === 'not_run');
    if (told.length < least && !isToldLater) problems.push(`nobody was told how ${job.jobId} ended`);
    if (job.messagePlace !== null && told.length > 0)
      problems.push(`${job.jobId} has a message, and was told of besides`);
    const finisher = left.steps.find((step) => step.jobId === job.jobId && step.kind === 'finished')?.owner;
    const early = told.filter(({ life }) => life !== finisher);
    saidTwice += Math.max(0, told.length - 1);
    problems.push(
      ...repetitions(
        `the end of ${job.jobId}`,
        told,
        played,
        early.map(({ life }) => life),
      ),
    );
  }
  problems.push(
    ...auditCards(played, left, outside),
    ...auditReceipts(played, left, outside),
    ...auditNights(played, left),
  );
  return { problems, saidTwice };
}

/** A process says a thing once; if another one says it too, the first was cut off before it could note that. */
function repetitions(
  what: string,
  said: readonly { life: string }[],
  { cutOff, lives }: Played,
  early: readonly string[],
): string[] {
  const counts = grouped(said, ({ life }) => life);
  const wasKilled = (life: string) => lives.some((each) => each.life.name === life && each.signal === 'SIGKILL');
  const twice = [...counts].filter(([life, of]) => of.length > 1 && !(cutOff.has(life) && isOnServer(life, lives)));
  const unexplained = early.filter((life) => !wasKilled(life));
  return [
    ...twice.map(([life, of]) => `${life} said ${what} ${of.length} times`),
    ...unexplained.map((life) => `${life} said ${what}, lived on, and another one said it too`),
  ];
}

/** A server that dies may take with it what a living process wanted to note. */
const isOnServer = (life: string, lives: Played['lives']) =>
  lives.some((each) => each.life.name === life && each.life.store.kind === 'mongo');

/** Whoever withdrew it knows; whoever was removed is not spoken to any more. */
function endsInSilence(job: Job, { state }: Left): boolean {
  const end = state.requests.get(job.jobId)?.end;
  return (end?.as === 'withdrawn' && end.by === job.memberId) || state.members.get(job.memberId)?.status !== 'active';
}

/** One message says how it ended; others of the job, whose place was lost, say nothing of an end and stay true. */
function auditMessages(job: Job, { sheets }: Outside): string[] {
  const of = sheets.filter(({ jobId }) => jobId === job.jobId);
  const problems = of
    .filter(
      ({ place, drawn }) =>
        drawn !== null && place.ts !== job.messagePlace?.ts && place.channelId !== channelOf('gone'),
    )
    .map(({ place }) => `${job.jobId} is also drawn at ${place.ts}`);
  if (job.messagePlace === null) return problems;
  const drawn = of.find(({ place }) => place.ts === job.messagePlace?.ts)?.drawn;
  if (!drawn) return [...problems, `the message of ${job.jobId} does not show its end`];
  const shown = drawn.images.map(({ settled, fileId }) => ({ as: settled?.as, fileId }));
  const made = job.images.map(({ settled, fileId }) => ({ as: settled?.as, fileId }));
  if (JSON.stringify(shown) !== JSON.stringify(made)) {
    problems.push(`${job.jobId} shows ${JSON.stringify(shown)} instead of ${JSON.stringify(made)}`);
  }
  if (drawn.deletedBy !== job.deletedBy) problems.push(`${job.jobId} does not show that it was deleted`);
  return problems;
}

/** Whoever comes back after a longer time leaves cards and receipts of before as they are (`process-open-requests.ts`, `off-board.ts`). */
const LOOKS_BACK_MS = 7 * 86_400_000;
const looksBackTo = ({ lives }: Played) => Date.now() + (lives.at(-1)?.life.laterMs ?? 0) - LOOKS_BACK_MS;

/** Every card that is on record says how its request ended; those that are not were lost with their process. */
function auditCards(played: Played, { state, marks }: Left, { cards }: Outside): string[] {
  const problems: string[] = [];
  const lookedBackAt = looksBackTo(played);
  for (const { requestId, end } of state.requests.values()) {
    if (end && end.at < lookedBackAt) continue;
    if (!marks.has(`request/${requestId}/closed`)) problems.push(`the cards of ${requestId} are not closed`);
    const of = cards.filter(({ card }) => 'requestId' in card && card.requestId === requestId);
    for (const [memberId, posted] of grouped(of, (each: PostedCard) => each.memberId)) {
      const place = marks.get(`request/${requestId}/to/${memberId}/place`);
      const onRecord = posted.filter((each) => JSON.stringify(each.place) === place);
      const lost = posted.filter((each) => JSON.stringify(each.place) !== place);
      problems.push(
        ...repetitions(
          `the card of ${requestId} for ${memberId}`,
          posted,
          played,
          lost.map(({ life }) => life),
        ),
      );
      for (const { card } of onRecord) {
        if ('end' in card && card.end?.as !== end?.as)
          problems.push(`a card of ${requestId} says ${card.end?.as}, not ${end?.as}`);
      }
    }
  }
  return problems;
}

function auditReceipts(played: Played, { state, marks }: Left, { cards }: Outside): string[] {
  const removed = [...state.members.values()].filter(({ status }) => status === 'removed');
  return removed.flatMap(({ memberId, statusAt }) => {
    const done = `off-board/${memberId}/${statusAt}`;
    if (!marks.has(done))
      return statusAt < looksBackTo(played) ? [] : [`the off-boarding of ${memberId} is not finished`];
    const posted = cards.filter(({ card }) => card.kind === 'leaving_receipt' && card.memberId === memberId);
    const place = marks.get(`${done}/to/${OLIVIA}/place`);
    const lost = posted.filter((each) => JSON.stringify(each.place) !== place);
    const none = posted.length === 0 ? [`nobody has the receipt of ${memberId}`] : [];
    return [
      ...none,
      ...repetitions(
        `the receipt of ${memberId}`,
        posted,
        played,
        lost.map(({ life }) => life),
      ),
    ];
  });
}

/** The books are checked once a night, by whichever process; again only by whoever comes after one that died. */
function auditNights(played: Played, { marks }: Left): string[] {
  const checks = played.lives.flatMap(({ life, log }) =>
    [...log.matchAll(/"night":"([^"]+)","linesCount"/g)].map(([, night = '']) => ({ night, life: life.name })),
  );
  const twice = [...grouped(checks, ({ night }) => night)].flatMap(([night, of]) =>
    repetitions(
      `that the books are right on ${night}`,
      of,
      played,
      of.slice(0, -1).map(({ life }) => life),
    ),
  );
  const claimed = [...marks.keys()].flatMap((key) => /^cron\/self-check\/([\d-]+)\//.exec(key)?.[1] ?? []).sort();
  const last = claimed.at(-1);
  // One that was missed is past when the next day has come.
  return last !== undefined && marks.has(`cron/self-check/${last}/done`)
    ? twice
    : [...twice, `the night of ${last} is not done`];
}
