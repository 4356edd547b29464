import { describe, expect, test } from 'vitest';
import type { PrivateMessage } from '../../../src/app/messenger.ts';
import { offeredModels, rateCardAt } from '../../../src/images/rate-card.ts';
import { imagineHelp, imagineProblems } from '../../../src/slack/imagine/imagine-help.ts';
import { noteMessage } from '../../../src/slack/messenger/note.ts';
import { jobView, madeImage, newImage } from '../job-view.ts';
import { expectSafe, NASTY, seen } from './promises.ts';

const refusedImage = (imageNo: number) =>
  newImage(imageNo, {
    answer: { kind: 'refused', detail: 'policy' },
    settled: { as: 'voided', credits: 0, clientLeftCredits: null },
  });
const reader = { memberId: 'U0ANA' };
const MADE = { imagesCount: 1, model: 'gpt-image-2', size: '1024x1024', quality: 'high' };
const read = (note: PrivateMessage) => seen(noteMessage(note, reader));

const notes: [PrivateMessage, string][] = [
  [
    { kind: 'client_asked', channelId: 'C1', askedIds: ['U0OLIVIA', 'U0MARCUS'], mostCredits: 12, prompt: 'a fox' },
    '<#C1> doesn’t belong to a client yet. Nothing was made or charged.\nInkwell asked <@U0OLIVIA> and <@U0MARCUS> to choose one. Your prompt is kept and runs automatically once they have, for at most 12 credits.',
  ],
  [{ kind: 'client_asked', channelId: 'C1', askedIds: [], mostCredits: 12, prompt: 'a fox' }, 'couldn’t reach any'],
  [
    { kind: 'client_asked', channelId: 'C1', askedIds: [], mostCredits: 0, prompt: 'a fox' },
    ', if it’s still free then.',
  ],
  [
    { kind: 'client_asked', channelId: 'C1', askedIds: ['U0ANA'], mostCredits: 12, prompt: 'a fox' },
    '\nChoose one in Inkwell’s message to you. Your prompt is kept and runs automatically after that, for at most 12 credits.',
  ],
  [
    {
      ...{ kind: 'client_asked', channelId: 'C1', askedIds: ['U0OLIVIA', 'U0ANA', 'U0MARCUS'] },
      ...{ mostCredits: 12, prompt: 'a fox' },
    },
    '\nChoose one in Inkwell’s message to you. Inkwell asked <@U0OLIVIA> and <@U0MARCUS>, too. Your prompt',
  ],
  [{ kind: 'no_offer', refusal: { reason: 'no_models' }, prompt: null }, 'No image service is set up'],
  [
    { kind: 'no_offer', refusal: { reason: 'unknown_model', asked: 'dall-e', possible: ['a', 'b'] }, prompt: 'a fox' },
    'There’s no model dall-e. Choose a or b. Nothing was charged.',
  ],
  [
    {
      kind: 'no_offer',
      refusal: { reason: 'unknown_size', asked: '1x1', model: 'gpt', possible: ['2x2'] },
      prompt: 'a fox',
    },
    '1x1 isn’t a size of gpt. Choose 2x2. Nothing was charged.',
  ],
  [
    {
      kind: 'no_offer',
      refusal: { reason: 'unknown_quality', asked: 'auto', model: 'gpt', possible: ['low'] },
      prompt: 'a fox',
    },
    'auto isn’t a quality of gpt. Choose low.',
  ],
  [{ kind: 'prompt_wrong', problem: { reason: 'empty' }, prompt: '' }, 'The prompt is empty.'],
  [
    {
      kind: 'prompt_wrong',
      problem: { reason: 'too_long', characters: 32_001, charactersMax: 32_000 },
      prompt: 'a fox',
    },
    'The prompt has 32,001 characters. The maximum is 32,000.',
  ],
  [{ kind: 'id_reused' }, 'sent twice with different text'],
  [
    { kind: 'unreachable', code: 'not_in_channel', channelId: 'C1', prompt: 'a fox' },
    'Inkwell isn’t in <#C1>. Type /invite @Inkwell there',
  ],
  [{ kind: 'unreachable', code: 'is_archived', channelId: 'C1', prompt: 'a fox' }, '<#C1> is archived'],
  [
    { kind: 'unreachable', code: 'restricted_action_thread_locked', channelId: 'C1', prompt: 'a fox' },
    'Posting in <#C1> is restricted.',
  ],
  [
    { kind: 'unreachable', code: 'odd_code', channelId: 'C1', prompt: 'a fox' },
    'Slack doesn’t let Inkwell post in <#C1> (odd_code). Nothing was made or charged.',
  ],
  [
    { kind: 'not_begun', reference: 'K7Q2-M4XD' },
    'Nothing will be made or charged. Try again in a minute. Reference K7Q2-M4XD.',
  ],
  [{ kind: 'delayed', reference: 'K7Q2-M4XD' }, 'will continue on its own; don’t ask again. Reference K7Q2-M4XD.'],
  [
    {
      ...{ kind: 'not_run', channelId: 'C1', why: 'dearer', jobId: 'job-1' },
      ...{ thenCredits: 8, fitting: { ...MADE, totalCredits: 1_200, differs: [] }, prompt: 'a red fox' },
    },
    'Your prompt in <#C1> now costs 1,200 credits instead of 8, so it didn’t run. Nothing was made or charged. You asked for:\na red fox',
  ],
  [
    {
      ...{ kind: 'not_run', channelId: 'C1', why: 'refused', prompt: 'a red fox' },
      because: { kind: 'not_in_channel', channelId: 'C1', prompt: 'a red fox' },
    },
    '<#C1> belongs to a client now, but your prompt didn’t run.\nYou or Inkwell aren’t in <#C1>. Nothing was made or charged.',
  ],
  [
    { kind: 'not_run', channelId: 'C1', why: 'refused', because: null, prompt: 'a red fox' },
    '<#C1> belongs to a client now, but your prompt didn’t run. Nothing was made or charged. You asked for:\na red fox',
  ],
  [{ kind: 'not_run', channelId: 'C1', why: 'lapsed', prompt: 'a red fox' }, 'expired. Nothing was made or charged.'],
  [{ kind: 'too_late', prompt: 'a red fox' }, 'You asked for:\na red fox'],
  [{ kind: 'too_late', prompt: null }, 'Nothing was made or charged. Ask again if you still want it.'],
  [
    { kind: 'channel_bound', channelId: 'C1', clientName: 'Atlas', by: 'U0MARCUS' },
    '<@U0MARCUS> decided: <#C1> belongs to Atlas. Inkwell now runs the prompts that waited for it, or says why not.',
  ],
  [{ kind: 'channel_bound', channelId: 'C1', clientName: null, by: 'U0MARCUS' }, '<#C1> has no client'],
  [{ kind: 'images_ended', job: jobView({ images: [madeImage(1)] }).job }, 'Your image in <#C0NORTHWIND> is ready.'],
  [
    { kind: 'images_ended', job: jobView({ imagesCount: 2, images: [madeImage(1), madeImage(2)] }).job },
    'Your 2 images in <#C0NORTHWIND> are ready.',
  ],
  [
    {
      kind: 'images_ended',
      job: jobView({ imagesCount: 3, images: [madeImage(1), refusedImage(2), refusedImage(3)] }).job,
    },
    '1 of your 3 images in <#C0NORTHWIND> is ready.\nThe provider’s content policy blocked images 2 and 3. Not charged.',
  ],
  [
    { kind: 'images_ended', job: jobView({ images: [refusedImage(1)] }).job },
    'Your image in <#C0NORTHWIND> couldn’t be made.\nThe provider’s content policy blocked the image. Not charged.',
  ],
  [
    { kind: 'images_ended', job: jobView({ images: [madeImage(1, '')] }).job },
    'Your image in <#C0NORTHWIND> can’t be shown.\nThe image was made and charged but can’t be shown',
  ],
  [
    {
      kind: 'request_approved',
      end: { as: 'approved', by: 'U0MARCUS', at: 0, reason: null },
      ...{ channelId: 'C1', imagesCount: 2, requestedCredits: 12 },
    },
    'Your request for 12 credits in <#C1> was approved by <@U0MARCUS>',
  ],
  [{ kind: 'image_gone', why: 'deleted' }, 'This was deleted'],
  [{ kind: 'image_gone', why: 'prompt_erased' }, 'you can’t repeat or edit it'],
  [{ kind: 'image_gone', why: 'not_found' }, 'can’t find this request'],
  [{ kind: 'not_yours', ownerId: 'U0BEN' }, 'Only <@U0BEN>, an owner or this client’s managers'],
  [{ kind: 'not_finished' }, 'still in progress'],
  [
    {
      kind: 'refused',
      refusal: { reason: 'not_open' },
      hidden: [],
      audience: 'internal',
      helpers: [],
      clientName: null,
      names: {},
      cheapestCredits: null,
      prompt: null,
    },
    'isn’t set up in this workspace',
  ],
];

describe('a note', () => {
  test.each(notes.map(([note, words]) => [note.kind, note, words] as const))('%s', (_, note, words) => {
    expect(read(note)).toContain(words);
    expectSafe(noteMessage(note, reader));
  });

  test('with somebody’s words in it does nothing with them', () => {
    for (const words of NASTY) {
      const nasty: PrivateMessage[] = [
        { kind: 'too_late', prompt: words },
        { kind: 'channel_bound', channelId: 'C1', clientName: words.slice(0, 80), by: 'U1' },
        {
          kind: 'no_offer',
          refusal: { reason: 'unknown_model', asked: words, possible: Array.from({ length: 40 }, () => 'model') },
          prompt: words,
        },
        { kind: 'unreachable', code: words.slice(0, 80), channelId: 'C1', prompt: words },
      ];
      for (const note of nasty) expectSafe(noteMessage(note, reader));
      expectSafe(imagineProblems({ sentences: ['There is no such option.'], typed: words }));
    }
  });
});

describe('the help', () => {
  test('names what is offered now', () => {
    const models = offeredModels(
      rateCardAt(Date.UTC(2026, 10, 23)),
      new Set(['sketch', 'openai']),
      Date.UTC(2026, 10, 23),
    );
    const message = imagineHelp(models);
    expectSafe(message);
    for (const { id } of models) expect(seen(message)).toContain(id);
    expect(seen(message)).toContain('1 to 10');
  });

  test('stands without a model', () => {
    expect(seen(imagineHelp([]))).toContain('No image service is set up right now.');
  });
});
