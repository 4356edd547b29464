import { waitsForClient } from '../../src/app/images/next-action.ts';
import type { Line } from '../../src/ledger/lines.ts';
import { imageIdOf, type Job } from '../../src/storage/records/job.ts';
import { CLIENTS } from './agency.ts';
import type { Left } from './audit.ts';
import { grouped } from './grouped.ts';
import { PROMPT_MARK } from './life.ts';
import type { Outside, Post } from './outside.ts';

/** Credits, by an arithmetic of its own: lines are added up here, and nothing is asked of the ledger's code. */
export function auditLedger(left: Left, outside: Outside): string[] {
  const { lines, jobs } = left;
  return [
    ...auditHolds(left),
    ...auditUse(left),
    ...lines.flatMap((line) => (JSON.stringify(line).includes(PROMPT_MARK) ? `line ${line.seq} has a prompt` : [])),
    ...[...jobs.values()].flatMap((job) => auditJob(job, left, outside)),
    ...auditRequests(left),
    ...auditPosts(jobs, outside),
  ];
}

type Ending = Line & { kind: 'captured' | 'voided' | 'slipped' };
const isEnding = (line: Line): line is Ending => ['captured', 'voided', 'slipped'].includes(line.kind);
const isHolding = (line: Line): line is Line & { kind: 'held' | 'approved' } =>
  line.kind === 'held' || line.kind === 'approved';

/** Each hold ends exactly once, for no more than was held. */
function auditHolds({ lines, state }: Left): string[] {
  const problems: string[] = [];
  const open = new Map<string, number>();
  const ended = new Set<string>();
  for (const line of lines) {
    if (isHolding(line)) {
      for (const { holdId, amountCredits } of line.holds) {
        if (open.has(holdId) || ended.has(holdId)) problems.push(`${holdId} is held twice`);
        open.set(holdId, amountCredits);
      }
    }
    if (!isEnding(line)) continue;
    const held = open.get(line.holdId);
    if (held === undefined) problems.push(`${line.holdId} ends as ${line.kind}, and was not open`);
    if (line.kind === 'captured' && line.capturedCredits > (held ?? 0))
      problems.push(`${line.holdId} is captured above its hold`);
    open.delete(line.holdId);
    ended.add(line.holdId);
  }
  for (const holdId of open.keys()) problems.push(`${holdId} has not ended`);
  if (state.holds.size !== open.size)
    problems.push(`the ledger has ${state.holds.size} open holds, the lines ${open.size}`);
  return problems;
}

/** Used and held never exceed limit and grants where a limit refuses or asks; and the figures that are shown are these. */
function auditUse({ lines, state }: Left): string[] {
  const problems: string[] = [];
  for (const { clientId, limitCredits, over } of CLIENTS) {
    let room = limitCredits;
    let used = 0;
    let held = 0;
    for (const line of lines) {
      room = roomAfter(line, clientId, room);
      if (!('clientId' in line) || line.clientId !== clientId) continue;
      if (isHolding(line)) held += line.holds.reduce((sum, { amountCredits }) => sum + amountCredits, 0);
      if (isEnding(line)) held -= line.heldCredits;
      if (line.kind === 'captured' && line.chargedTo === 'all') used += line.capturedCredits;
      if (over !== 'warn' && used + held > room)
        problems.push(`${clientId}: ${used} used and ${held} held of ${room} at line ${line.seq}`);
    }
    const shown = state.use.get(`client:${clientId}`)?.find(({ key }) => key === 'total');
    if ((shown?.usedCredits ?? 0) !== used || (shown?.heldCredits ?? 0) !== held) {
      problems.push(`${clientId}: ${used} used and ${held} held, the ledger says ${JSON.stringify(shown)}`);
    }
  }
  return problems;
}

/** Grants of this run do not expire before it ends. */
function roomAfter(line: Line, clientId: string, room: number): number {
  const account = `client:${clientId}`;
  if (line.kind === 'granted' && line.account === account) return room + line.amountCredits;
  if (line.kind !== 'approved') return room;
  const granted = line.grants.filter((grant) => grant.account === account);
  return room + granted.reduce((sum, { amountCredits }) => sum + amountCredits, 0);
}

/** What a job's steps say is what the ledger says, and whoever was charged for an image has one. */
function auditJob(job: Job, { lines, kept }: Left, { files }: Outside): string[] {
  const problems: string[] = [];
  if (!job.finished && !waitsForClient(job)) problems.push(`${job.jobId} does not come to an end`);
  if (job.deletedBy && kept.has(job.jobId)) problems.push(`${job.jobId} was deleted, and its prompt is there`);
  for (const { imageNo, answer, settled, attempts, fileId } of job.images) {
    const holdId = imageIdOf(job.jobId, imageNo);
    const line = lines.filter(isEnding).find((each) => each.holdId === holdId);
    if (job.deletedBy && kept.has(holdId)) problems.push(`${holdId} was deleted, and its bytes are there`);
    if (settled && settled.as !== line?.kind)
      problems.push(`${holdId} is ${settled.as} for the job, ${line?.kind} for the ledger`);
    if (!settled) {
      if (line && line.kind !== 'voided') problems.push(`${holdId} was ${line.kind}, and its job does not know`);
      continue;
    }
    if (attempts > 3) problems.push(`${holdId} was sent ${attempts} times`);
    if (answer?.kind === 'done' && settled.as !== 'captured') problems.push(`${holdId} was made and is ${settled.as}`);
    if (answer?.kind === 'unknown' && settled.as !== 'slipped') problems.push(`${holdId} is unknown and ${settled.as}`);
    if (settled.as !== 'captured') continue;
    if (answer?.kind !== 'done') problems.push(`${holdId} is charged, and was not made`);
    // Its bytes may have expired before Slack could be given them; then the message says so.
    if (!fileId && job.messagePlace === null) problems.push(`${holdId} is charged, and shown nowhere`);
    if (fileId && job.deletedBy === null && !files.has(fileId))
      problems.push(`${holdId} shows a file that is not there`);
  }
  return problems;
}

/** Every request ends once, and an approval holds once, whoever clicked how often in however many processes. */
function auditRequests({ lines, state }: Left): string[] {
  const asked = lines.flatMap((line) => (line.kind === 'asked' ? line.requestId : []));
  return asked.flatMap((requestId) => {
    const ends = lines.filter(
      (line) =>
        ['approved', 'denied', 'withdrawn', 'lapsed'].includes(line.kind) &&
        'requestId' in line &&
        line.requestId === requestId,
    );
    const { end } = state.requests.get(requestId) ?? {};
    if (!end) return [`request ${requestId} has not ended`];
    // Whoever is removed withdraws everything, by the line of the removal.
    const least = end.as === 'withdrawn' ? 0 : 1;
    return ends.length >= least && ends.length <= 1 ? [] : [`request ${requestId} ends ${ends.length} times`];
  });
}

/** At most one paid POST for an attempt, and none after one that may have been paid for. */
function auditPosts(jobs: Left['jobs'], { posts }: Outside): string[] {
  const byImage = grouped(posts, ({ prompt, imageNo }) => imageIdOf(/ for (\S+) /.exec(prompt)?.[1] ?? '', imageNo));
  return [...byImage].flatMap(([imageId, of]) => {
    const [jobId = '', imageNo] = imageId.split('/');
    // What waited for the client of its channel runs as a job of its own.
    const attempts = [jobId, `${jobId}-bound`].reduce(
      (sum, each) => sum + (jobs.get(each)?.images[Number(imageNo) - 1]?.attempts ?? 0),
      0,
    );
    const problems = of.length > attempts ? [`${imageId}: ${of.length} posts in ${attempts} attempts`] : [];
    const early = of.slice(0, -1).filter(({ kind }: Post) => kind !== 'transient');
    return early.length > 0 ? [...problems, `${imageId} was posted again after ${early[0]?.kind}`] : problems;
  });
}
