import type { JobFact, JobStep } from '../../src/storage/records/job-step.ts';
import { MONDAY } from './clock.ts';

const T1 = 'T1';
export const JOB = { workspace: T1, jobId: 'j1' };

export const asked = (change: Partial<JobStep & { kind: 'asked' }> = {}): JobStep => ({
  ...JOB,
  stepNo: 0,
  at: MONDAY,
  owner: 'p1',
  leaseUntilAt: MONDAY + 60_000,
  kind: 'asked',
  memberId: 'U1',
  place: { channelId: 'C1', threadId: null },
  replyTo: { channelId: 'C1', threadTs: null, responseUrl: 'http://127.0.0.1/r' },
  model: 'gpt-image-2',
  size: '1024x1024',
  quality: 'high',
  stage: 'concept',
  namedProjectId: null,
  insteadOf: null,
  imagesCount: 2,
  eachCredits: 10,
  boundMicroUsd: 211_000,
  rateCardId: '2026-11',
  contentDigest: 'digest',
  ...change,
});

/** Every kind of step, and every form of some. */
export const EVERY_FACT: readonly JobFact[] = [
  { kind: 'held', clientId: 'acme', projectId: 'spring', holdDeadlineAt: MONDAY + 600_000 },
  { kind: 'announced', place: { channelId: 'C1', ts: '1.2' } },
  { kind: 'sending', imageNo: 1, attemptId: 'a1' },
  { kind: 'answered', imageNo: 1, outcome: { kind: 'transient', detail: 'busy', retryAfterMs: 100 } },
  { kind: 'claimed' },
  { kind: 'sending', imageNo: 1, attemptId: 'a2' },
  { kind: 'answered', imageNo: 1, outcome: { kind: 'done', costMicroUsd: 200_000 } },
  { kind: 'settled', imageNo: 1, as: 'captured', credits: 9, clientLeftCredits: null },
  { kind: 'uploaded', imageNo: 1, fileId: 'F1' },
  { kind: 'sending', imageNo: 2, attemptId: 'a3' },
  { kind: 'answered', imageNo: 2, outcome: { kind: 'unknown', detail: 'cut' } },
  { kind: 'answered', imageNo: 2, outcome: { kind: 'refused', detail: 'policy' } },
  { kind: 'settled', imageNo: 2, as: 'slipped', credits: 10, clientLeftCredits: -3 },
  { kind: 'shown', place: { channelId: 'C1', ts: '1.2' }, final: true },
  { kind: 'declined' },
  { kind: 'told_declined' },
  { kind: 'declined', notRun: { why: 'lapsed' } },
  {
    kind: 'declined',
    notRun: { why: 'dearer', model: 'gpt-image-2', size: '1024x1024', quality: 'low', nowCredits: 12 },
  },
  { kind: 'told_declined' },
  { kind: 'unreachable', code: 'not_in_channel' },
  { kind: 'finished' },
  { kind: 'deleted', by: 'U1' },
  { kind: 'deletion_ended' },
];

export const stepOf = (stepNo: number, fact: JobFact, change: Partial<JobStep> = {}): JobStep =>
  ({ ...JOB, stepNo, at: MONDAY + stepNo, owner: 'p1', leaseUntilAt: MONDAY, ...fact, ...change }) as JobStep;
