import type { PrivateMessage } from '../../../src/app/messenger.ts';
import { offeredModels, rateCardAt } from '../../../src/images/rate-card.ts';
import { imagineHelp, imagineProblems } from '../../../src/slack/imagine/imagine-help.ts';
import { oneClick } from '../../../src/slack/kit/once.ts';
import { outOfDate } from '../../../src/slack/kit/out-of-date.ts';
import { noteMessage } from '../../../src/slack/messenger/note.ts';
import type { JobImage } from '../../../src/storage/records/job.ts';
import { NOW } from '../../../test/slack/home-views.ts';
import { jobView, madeImage, newImage } from '../../../test/slack/job-view.ts';
import { ANA, LONG_PROMPT, MARCUS, OLIVIA, RTL_NAME, RTL_PROMPT } from '../hard-cases.ts';
import type { Family, Sample } from '../sample.ts';

const ROOM = { channelId: 'C0NORTHWIND' };
const REFERENCE = { reference: 'K7Q2-M4XD' };
const models = () => offeredModels(rateCardAt(NOW), new Set(['sketch', 'openai']), NOW);

const URL_OF_MESSAGE = 'https://agency.slack.com/archives/C0NORTHWIND/p1700000000000100';
const ended = (...images: JobImage[]) => jobView({ imagesCount: images.length, images }).job;
const voided = (imageNo: number) =>
  newImage(imageNo, {
    answer: { kind: 'refused', detail: 'policy' },
    settled: { as: 'voided', credits: 0, clientLeftCredits: null },
  });

const note = (name: string, said: PrivateMessage): Sample => ({
  name,
  kind: 'note',
  readerId: ANA,
  draw: () => noteMessage(said, { memberId: ANA }),
});

export const NOTES: Family = {
  name: 'notes',
  samples: [
    { name: 'help', kind: 'note', draw: () => imagineHelp(models()) },
    { name: 'help without models', kind: 'note', draw: () => imagineHelp([]) },
    {
      name: 'problems',
      kind: 'note',
      draw: () =>
        imagineProblems({
          sentences: ['The size 1x1 is not made by sketch.', '“--nn” is no option. Did you mean --n?'],
          typed: 'a fox --size 1x1 --nn 4',
        }),
    },
    { name: 'one click', kind: 'note', draw: () => oneClick('click', 3_000) },
    { name: 'one form', kind: 'note', draw: () => oneClick('form', 3_000) },
    { name: 'out of date', kind: 'note', draw: outOfDate },
    note('client asked', {
      kind: 'client_asked',
      ...ROOM,
      askedIds: [OLIVIA, MARCUS],
      mostCredits: 12,
      prompt: 'a red fox at dusk',
    }),
    note('nobody could be asked', { kind: 'client_asked', ...ROOM, askedIds: [], mostCredits: 1, prompt: null }),
    note('client asked, reader too', {
      ...{ kind: 'client_asked', ...ROOM, askedIds: [ANA, MARCUS] },
      ...{ mostCredits: 0, prompt: null },
    }),
    note('no models', { kind: 'no_offer', refusal: { reason: 'no_models' }, prompt: LONG_PROMPT.repeat(5) }),
    note('unknown model', {
      kind: 'no_offer',
      refusal: { reason: 'unknown_model', asked: 'dall-e', possible: models().map(({ id }) => id) },
      prompt: RTL_PROMPT,
    }),
    note('prompt too long', {
      kind: 'prompt_wrong',
      problem: { reason: 'too_long', characters: 32_001, charactersMax: 32_000 },
      prompt: LONG_PROMPT.repeat(200),
    }),
    note('sent twice', { kind: 'id_reused' }),
    note('not in the channel', { kind: 'unreachable', code: 'not_in_channel', ...ROOM, prompt: 'a red fox at dusk' }),
    note('channel restricted', { kind: 'unreachable', code: 'restricted_action', ...ROOM, prompt: RTL_PROMPT }),
    note('not begun', { kind: 'not_begun', ...REFERENCE }),
    note('delayed', { kind: 'delayed', ...REFERENCE }),
    note('not run, lapsed', { kind: 'not_run', channelId: 'C0PITCH', why: 'lapsed', prompt: 'a red fox at dusk' }),
    note('not run, no client', { kind: 'not_run', channelId: 'C0PITCH', why: 'no_client', prompt: 'a green door' }),
    note('not run, dearer', {
      ...{ kind: 'not_run', channelId: 'C0PITCH', why: 'dearer', jobId: 'job-1' },
      ...{ thenCredits: 8, prompt: LONG_PROMPT },
      fitting: {
        imagesCount: 2,
        model: 'gpt-image-2',
        size: '1024x1024',
        quality: 'high',
        totalCredits: 12,
        differs: [],
      },
    }),
    note('not run, refused', {
      ...{ kind: 'not_run', channelId: 'C0PITCH', why: 'refused', prompt: 'a green door' },
      because: { kind: 'not_in_channel', channelId: 'C0PITCH', prompt: 'a green door' },
    }),
    note('not run, refused before', {
      ...{ kind: 'not_run', channelId: 'C0PITCH', why: 'refused', prompt: 'a green door' },
      because: null,
    }),
    note('too late', { kind: 'too_late', prompt: 'a red fox at dusk' }),
    note('images ready', { kind: 'images_ended', job: ended(madeImage(1), madeImage(2)), url: URL_OF_MESSAGE }),
    note('images ready in part', { kind: 'images_ended', job: ended(madeImage(1), voided(2), voided(3)), url: null }),
    note('no images', { kind: 'images_ended', job: ended(voided(1)), url: URL_OF_MESSAGE }),
    note('channel bound', { kind: 'channel_bound', ...ROOM, clientName: RTL_NAME, by: MARCUS }),
    note('channel of none', { kind: 'channel_bound', ...ROOM, clientName: null, by: MARCUS }),
    note('form names a foreign channel', { kind: 'not_in_channel', ...ROOM, prompt: 'a red fox at dusk' }),
    note('image gone', { kind: 'image_gone', why: 'prompt_erased' }),
    note('not yours', { kind: 'not_yours', ownerId: OLIVIA }),
    note('not yours to cancel', { kind: 'not_yours', ownerId: OLIVIA, to: 'cancel' }),
    note('too late to cancel', { kind: 'not_canceled', why: 'sent' }),
    note('nothing to cancel', { kind: 'not_canceled', why: 'ended' }),
    note('not finished', { kind: 'not_finished' }),
  ],
};
