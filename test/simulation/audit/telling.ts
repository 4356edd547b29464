import { runIdOf } from '../../../src/app/images/run-kept.ts';
import type { PrivateMessage } from '../../../src/app/messenger.ts';
import type { SimulatedSlack } from '../world/slack.ts';
import type { Books, JobSeen } from './books.ts';

type All = { books: Books; slack: SimulatedSlack; isCalm: boolean };

/** The sentences that end a job. */
const FINAL: ReadonlySet<PrivateMessage['kind']> = new Set([
  'refused',
  'not_run',
  'unreachable',
  'too_late',
  'not_approved',
]);

/** Of a name that is no project's nothing is written down. A closed project is refused as any other request is. */
const isFinal = (note: PrivateMessage) =>
  FINAL.has(note.kind) || (note.kind === 'project_wrong' && note.problem.reason === 'closed');

/**
 * Everybody hears how it ended, in one way. Twice only where the process that had said so was interrupted before it could
 * write that down, and another one went on with the job: Slack offers no way to look.
 */
export function tellingLaws({ books, slack, isCalm }: All): string[] {
  const notes = new Map<string, number>();
  const kept = new Map<string, number>();
  const tooFast = new Set<string>();
  for (const { note, delivery } of slack.heard) {
    if (delivery !== null && note.kind === 'client_asked') kept.set(delivery, (kept.get(delivery) ?? 0) + 1);
    if (delivery === null || !isFinal(note)) continue;
    if (isTooFast(note)) tooFast.add(delivery);
    else notes.set(delivery, (notes.get(delivery) ?? 0) + 1);
  }
  const drawn = new Map<string, number>();
  for (const { jobId, drawn: view, isGone } of slack.sheets.values()) {
    if (!isGone && view?.job.images.every(({ settled }) => settled)) drawn.set(jobId, (drawn.get(jobId) ?? 0) + 1);
  }
  return [...books.jobs.values()].flatMap((job) => {
    const said = notes.get(job.jobId) ?? 0;
    const shown = drawn.get(job.jobId) ?? 0;
    const most = 1 + (isCalm ? 0 : job.claims);
    const twice = said > most || (kept.get(job.jobId) ?? 0) > most || shown > 1;
    const isBoth = said > 0 && shown > 0;
    const violations = [...(twice ? [`${job.jobId} ends ${said + shown} times for its person`] : [])];
    if (isBoth) violations.push(`${job.jobId} is shown and declined`);
    const isElsewhere = books.jobs.has(runIdOf(job.jobId)) || (kept.has(job.jobId) && isLikeAnother(books, job));
    if (said + shown === 0 && !tooFast.has(job.jobId) && !isElsewhere && !mayEndInSilence(books, slack, job))
      violations.push(`nobody hears how ${job.jobId} ended`);
    return [...violations, ...drawingLaws(books, slack, job)];
  });
}

/** It leaves no job behind. Before it was answered, the same delivery is looked at as if it came for the first time. */
const isTooFast = (note: PrivateMessage) => note.kind === 'refused' && note.refusal.reason === 'too_fast';

/** What the same person asked for in the same channel is kept once: they were told the same. */
const isLikeAnother = ({ jobs }: Books, job: JobSeen): boolean =>
  [...jobs.values()].some((other) => other !== job && digestOf(other) === digestOf(job));

const digestOf = ({ steps: [asked] }: JobSeen) => (asked?.kind === 'asked' ? asked.contentDigest : null);

/** Whoever withdrew it knows; whoever is gone is not spoken to; and a message that somebody deleted is deleted. */
function mayEndInSilence({ ledger }: Books, slack: SimulatedSlack, { jobId, steps }: JobSeen): boolean {
  const [asked] = steps;
  if (asked?.kind !== 'asked') return false;
  const { told } = ledger.reckoning;
  const wasRemoved = ledger.lines.some((line) => line.kind === 'member_removed' && line.memberId === asked.memberId);
  const isGone = [...slack.sheets.values()].some((sheet) => sheet.jobId === jobId && sheet.isGone);
  const withdrawn = told.requests.get(jobId)?.ends[0] === 'withdrawn';
  return wasRemoved || isGone || withdrawn || slack.overtaken.has(jobId);
}

/** What a message says of each image is what the ledger says of its hold. */
function drawingLaws({ holds }: Books, slack: SimulatedSlack, { jobId, steps }: JobSeen): string[] {
  if (slack.overtaken.has(jobId) || steps.some(({ kind }) => kind === 'deleted')) return [];
  const sheets = [...slack.sheets.values()].filter((sheet) => sheet.jobId === jobId && !sheet.isGone && sheet.drawn);
  return sheets.flatMap(({ drawn }) =>
    (drawn?.job.images ?? []).flatMap(({ imageNo, settled, fileId }) => {
      const end = holds.get(`${jobId}/${imageNo}`)?.end;
      if (!settled || !end) return [];
      const credits = end.kind === 'captured' && end.chargedTo === 'all' ? end.capturedCredits : 0;
      const violations: string[] = [];
      if (settled.as !== end.kind) violations.push(`${jobId}/${imageNo} is drawn ${settled.as}, and was ${end.kind}`);
      if (settled.credits !== credits)
        violations.push(`${jobId}/${imageNo} is drawn for ${settled.credits}, it took ${credits}`);
      if (end.kind === 'captured' && (!fileId || !slack.files.has(fileId))) {
        violations.push(`${jobId}/${imageNo} was paid for, and nobody sees it`);
      }
      return violations;
    }),
  );
}
