import type { JobView } from '../../src/app/messenger.ts';
import type { Job, JobImage } from '../../src/storage/records/job.ts';

export const newImage = (imageNo: number, change: Partial<JobImage> = {}): JobImage => ({
  imageNo,
  attempts: 0,
  waits: 0,
  notBeforeAt: null,
  sending: false,
  answer: null,
  settled: null,
  fileId: null,
  inThread: false,
  moreFileIds: [],
  ...change,
});

export const madeImage = (imageNo: number, fileId = `F${imageNo}`, credits = 3): JobImage =>
  newImage(imageNo, {
    answer: { kind: 'done', costMicroUsd: 123_456 },
    settled: { as: 'captured', credits, clientLeftCredits: 388 },
    fileId,
  });

/** Ana's request in Northwind's channel; one image, not yet made. */
export function jobView({
  prompt,
  clientName,
  projectName = null,
  audience = 'internal',
  images = [newImage(1)],
  said = [],
  ...job
}: Partial<Job & JobView> = {}): JobView {
  return {
    prompt: prompt === undefined ? 'a red fox at dusk' : prompt,
    projectName,
    audience,
    said,
    clientName: clientName === undefined ? 'Northwind Coffee' : clientName,
    job: {
      workspace: 'T1',
      jobId: 'cmd-abc',
      memberId: 'U0ANA',
      place: { channelId: 'C0NORTHWIND', threadId: null },
      replyTo: null,
      model: 'gpt-image-2',
      size: '1536x1024',
      quality: 'high',
      stage: 'concept',
      namedProjectId: null,
      insteadOf: null,
      projectId: null,
      imagesCount: images.length,
      eachCredits: 5,
      boundMicroUsd: 999_111,
      rateCardId: '2026-11',
      contentDigest: 'digest',
      stepsCount: 4,
      askedAt: 0,
      wantedAt: 0,
      owner: 'p1',
      leaseUntilAt: 0,
      clientId: 'northwind',
      holdDeadlineAt: 1,
      declined: false,
      refusal: null,
      toldDeclined: false,
      notRun: null,
      keptUntilAt: null,
      approval: 'none',
      messagePlace: { channelId: 'C0NORTHWIND', ts: '1.1' },
      unreachable: null,
      images,
      shown: 'no',
      finished: false,
      deletedBy: null,
      erasingSinceAt: null,
      ...job,
    },
  };
}
