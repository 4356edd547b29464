import type { Line } from '../../../../src/ledger/lines.ts';
import type { JobFact } from '../../../../src/storage/records/job-step.ts';
import type { Records } from '../../../../src/storage/records/records.ts';
import { WORKSPACE } from './agency.ts';

/** What the product writes down of a request on its way, and where its images stand. No fault is in the way: they are not looked at here. */
export async function writeJob(records: Records, line: Extract<Line, { kind: 'held' }>): Promise<void> {
  const { at, memberId, channelId, clientId, projectId, holds, work, deadlineAt } = line;
  const [hold] = holds;
  if (!hold) return;
  const jobId = hold.holdId.slice(0, hold.holdId.lastIndexOf('/'));
  const { model, size, quality, stage, rateCardId, boundMicroUsd } = work;
  const facts: JobFact[] = [
    {
      ...{ kind: 'asked', memberId, place: { channelId, threadId: null }, replyTo: null, model, size, quality, stage },
      ...{ namedProjectId: projectId, insteadOf: null, imagesCount: holds.length, eachCredits: hold.amountCredits },
      ...{ boundMicroUsd, rateCardId, contentDigest: 'digest' },
    },
    { kind: 'held', clientId, projectId, holdDeadlineAt: deadlineAt },
    { kind: 'announced', place: { channelId, ts: `${line.seq}.000100` } },
  ];
  for (const [stepNo, fact] of facts.entries()) {
    await records.jobs.append({ workspace: WORKSPACE, jobId, stepNo, at, owner: 'p0', leaseUntilAt: at, ...fact });
  }
}
