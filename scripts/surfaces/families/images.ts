import type { ImageSaid } from '../../../src/app/images/images-said.ts';
import type { JobView } from '../../../src/app/messenger.ts';
import type { Mark } from '../../../src/ledger/work.ts';
import { announcement } from '../../../src/slack/image-message/announcement.ts';
import { imageMessage } from '../../../src/slack/image-message/image-message.ts';
import type { JobImage } from '../../../src/storage/records/job.ts';
import { NOW } from '../../../test/slack/home-views.ts';
import { jobView, madeImage, newImage } from '../../../test/slack/job-view.ts';
import { HUGE, LONG_NAME, LONG_PROMPT, MARCUS, MARKUP, RTL_NAME, RTL_PROMPT } from '../hard-cases.ts';
import type { Family, Sample } from '../sample.ts';

const made = (count: number): JobImage[] => Array.from({ length: count }, (_, index) => madeImage(index + 1));
const unmade = (imageNo: number, kind: 'refused' | 'rejected' | 'transient' | 'account_stop' | 'withdrawn') =>
  newImage(imageNo, {
    answer: { kind, detail: '', retryAfterMs: 0 },
    settled: { as: 'voided', credits: 0, clientLeftCredits: 400 },
  });
const unknown = newImage(1, { answer: { kind: 'unknown', detail: '' } });
const slipped = newImage(1, {
  answer: { kind: 'unknown', detail: '' },
  settled: { as: 'slipped', credits: 0, clientLeftCredits: 400 },
});
const unkept: JobImage = { ...madeImage(1), answer: { kind: 'done', costMicroUsd: 1, isKept: false } };
const waiting = newImage(1, {
  answer: { kind: 'transient', detail: '', retryAfterMs: 240_000, isNamed: true },
  notBeforeAt: NOW + 240_000,
});
const voided = { settled: { as: 'voided' as const, credits: 0, clientLeftCredits: 400 } };
const rich = { ...madeImage(1), settled: { as: 'captured' as const, credits: HUGE, clientLeftCredits: HUGE } };
const last = { ...madeImage(1), settled: { as: 'captured' as const, credits: 1, clientLeftCredits: 0 } };

const said = (count: number, marks: readonly (Mark | null)[] = []): ImageSaid[] =>
  Array.from({ length: count }, (_, index) => {
    const mark = marks[index] ?? null;
    const by = index % 2 === 0 ? MARCUS : 'U0ANA';
    const stage = mark === 'final' ? 'final' : 'concept';
    return { imageNo: index + 1, stage, isStageGuessed: true, marked: mark && { mark, by } };
  });

const image = (name: string, view: JobView, pictures: 'shown' | 'left_out' = 'shown'): Sample => ({
  name,
  kind: 'message',
  draw: () => imageMessage(view, { pictures }),
});

export const IMAGES: Family = {
  name: 'images',
  samples: [
    { name: 'announced', kind: 'message', draw: () => announcement(jobView(), { in: 'channel' }) },
    {
      name: 'announced in a direct message',
      kind: 'message',
      draw: () => announcement(jobView({ images: made(4) }), { in: 'direct_message' }),
    },
    {
      name: 'announced, with the usual time',
      kind: 'message',
      draw: () => announcement({ ...jobView(), usualMs: 24_000 }, { in: 'channel' }),
    },
    image('making one', jobView()),
    image('making one, with the usual time', { ...jobView(), usualMs: 95_000 }),
    image('canceled', jobView({ images: [unmade(1, 'withdrawn')] })),
    image('making some', jobView({ images: [...made(2), newImage(3), newImage(4)] })),
    image('made', jobView({ images: made(1), said: said(1) })),
    image('made, kept', jobView({ images: made(1), said: said(1, ['keep']) })),
    image('made, final', jobView({ images: made(1), said: said(1, ['final']) })),
    image('made, too old to be marked', jobView({ images: made(1) })),
    image(
      'made, four, marked each in its way',
      jobView({ images: made(4), said: said(4, ['keep', 'final', 'discard', null]) }),
    ),
    image(
      'made as files, to be marked',
      jobView({ images: made(2).map((each) => ({ ...each, inThread: true })), said: said(2, [null, 'keep']) }),
    ),
    image('made, ten', jobView({ images: made(10), said: said(10, ['final']) })),
    image('made, pictures not ready', jobView({ images: made(2) }), 'left_out'),
    image('made with the last credit', jobView({ images: [last] })),
    image('made elsewhere', jobView({ images: made(1), messagePlace: { channelId: 'D0OLIVIAINKWELL', ts: '1.1' } })),
    image('refused', jobView({ images: [unmade(1, 'refused')] })),
    image(
      'some refused',
      jobView({ images: [madeImage(1), unmade(2, 'refused'), unmade(3, 'transient'), madeImage(4)] }),
    ),
    image('out of quota', jobView({ images: [unmade(1, 'account_stop')] })),
    image('end unknown', jobView({ images: [unknown] })),
    image('lost', jobView({ images: [slipped] })),
    image('not kept', jobView({ images: [madeImage(1, '')] })),
    image('no copy kept', jobView({ images: [unkept] })),
    image('as a file', jobView({ images: [madeImage(1), { ...madeImage(2), inThread: true }] })),
    image('more than asked', jobView({ images: [{ ...madeImage(1), moreFileIds: ['F8', 'F9'] }] })),
    image('waits', jobView({ images: [waiting] })),
    image('waits, some done', jobView({ images: [...made(2), { ...waiting, imageNo: 3 }] })),
    image('would wait too long', jobView({ images: [{ ...waiting, ...voided }] })),
    image('prompt erased', jobView({ images: made(1), prompt: null })),
    image('deleted', jobView({ images: made(2), deletedBy: MARCUS })),
    image('long prompt and name', jobView({ images: made(1), prompt: LONG_PROMPT.repeat(10), clientName: LONG_NAME })),
    image('right to left', jobView({ images: made(1), prompt: RTL_PROMPT, clientName: RTL_NAME })),
    image('markup in the prompt', jobView({ images: made(1), prompt: MARKUP, clientName: MARKUP })),
    image('huge numbers', jobView({ images: [rich] })),
  ],
};
