import type { ActionsBlock, Button } from '@slack/types';
import { describe, expect, test } from 'vitest';
import type { ImageSaid } from '../../../src/app/images/images-said.ts';
import type { Stage } from '../../../src/ledger/work.ts';
import { announcement } from '../../../src/slack/image-message/announcement.ts';
import { hasPictures, imageMessage } from '../../../src/slack/image-message/image-message.ts';
import type { Message } from '../../../src/slack/kit/message.ts';
import type { JobImage } from '../../../src/storage/records/job.ts';
import { jobView, madeImage, newImage } from '../job-view.ts';
import { expectSafe, NASTY, seen } from './promises.ts';

const image = newImage;
const made = (imageNo: number, credits = 3, clientLeftCredits: number | null = 388) => {
  const one = madeImage(imageNo, `F${imageNo}`, credits);
  return { ...one, settled: { as: 'captured' as const, credits, clientLeftCredits } };
};

const ended = (imageNo: number, kind: 'refused' | 'rejected' | 'transient' | 'account_stop') =>
  image(imageNo, {
    answer: { kind, detail: 'secret detail', retryAfterMs: 0 },
    settled: { as: 'voided', credits: 0, clientLeftCredits: 400 },
  });

const unknown = (imageNo: number) => image(imageNo, { answer: { kind: 'unknown', detail: 'timeout' } });

const view = (images: JobImage[], change: Parameters<typeof jobView>[0] = {}) => jobView({ images, ...change });

const blocks = (message: Message, type: string) => message.blocks.filter((block) => block.type === type);
const buttons = (message: Message) =>
  blocks(message, 'actions').flatMap((block) => (block as ActionsBlock).elements as (Button & { value: string })[]);
const labels = (message: Message) => buttons(message).map(({ text }) => text.text);

test('a free sample is free, made or in doubt', () => {
  const free = { eachCredits: 0 };
  const done = seen(
    imageMessage(view([{ ...made(1), settled: { as: 'captured', credits: 0, clientLeftCredits: 9 } }], free)),
  );
  expect(done).toContain(' · free');
  const doubt = seen(imageMessage(view([unknown(1)], free)));
  expect(doubt).toContain('Not charged.');
  for (const each of [done, doubt]) expect(each).not.toMatch(/\b0 credits|on hold/);
});

describe('what a rule did not allow', () => {
  test('is said beside what was taken, to people of the agency alone', () => {
    const known = { ...view([made(1)], { insteadOf: 'max' }), audience: 'internal' as const };
    const words = 'gpt-image-2, 1536x1024, high (max isn’t allowed here) · concept';
    for (const message of [imageMessage(known), announcement(known, { in: 'channel' })]) {
      expect(seen(message)).toContain(words);
      expectSafe(message);
    }
    expect(seen(imageMessage({ ...known, audience: 'shared' }))).not.toContain('isn’t allowed');
  });
});

describe('the message of a job', () => {
  test('says how far it is while it is being made, without buttons and pictures', () => {
    const message = imageMessage(view([made(1), ended(2, 'refused'), image(3, { sending: true }), image(4)]));
    expect(seen(message)).toContain('<@U0ANA> asked for 4 images. 2 of 4 done.');
    expect(seen(message)).toContain('a red fox at dusk');
    expect(seen(message)).toContain('gpt-image-2, 1536x1024, high · concept');
    expect(blocks(message, 'image')).toEqual([]);
    expect(labels(message)).toEqual([]);
  });

  test('counts an image that is charged and not yet uploaded as being made', () => {
    const uploading = { ...made(1), fileId: null };
    expect(seen(imageMessage(view([uploading])))).toContain('asked for an image. Making it now.');
  });

  test('shows the pictures, who asked, what it took and what the client has left', () => {
    const message = imageMessage(view([made(1, 3, 380), made(2, 4, 388)]));
    expect(blocks(message, 'image')).toEqual([
      { type: 'image', slack_file: { id: 'F1' }, alt_text: 'AI image 1 of 2: a red fox at dusk' },
      { type: 'image', slack_file: { id: 'F2' }, alt_text: 'AI image 2 of 2: a red fox at dusk' },
    ]);
    expect(seen(message)).toContain(
      '<@U0ANA>gpt-image-2, 1536x1024, high · concept · 7 credits · Northwind Coffee has 388 left',
    );
    expect(labels(message)).toEqual(['Again · 10 credits', 'Edit prompt', 'Delete']);
    expect(buttons(message).map(({ value }) => value)).toEqual(['cmd-abc', 'cmd-abc', 'cmd-abc']);
    expect(buttons(message)[2]).toHaveProperty('confirm.text.text', expect.stringContaining('credits stay charged'));
  });

  test('leaves out what the client has left where nothing limits it', () => {
    expect(seen(imageMessage(view([made(1, 3, null)])))).not.toContain('left');
  });

  test('says why each image that is missing was not made, and that it was not charged', () => {
    const message = imageMessage(
      view([
        made(1),
        ended(2, 'refused'),
        ended(3, 'refused'),
        ended(4, 'transient'),
        ended(5, 'rejected'),
        ended(6, 'account_stop'),
      ]),
    );
    expect(seen(message)).toContain('The provider’s content policy blocked images 2 and 3. Not charged.');
    expect(seen(message)).toContain('Image 4 couldn’t be made: the image service was too busy. Not charged.');
    expect(seen(message)).toContain('Image 5 couldn’t be made: the image service rejected the request. Not charged.');
    expect(seen(message)).toContain(
      'Image 6 couldn’t be made: the image service isn’t available right now. Not charged.',
    );
    expect(message.text).toContain('1 of 6 were made');
    expect(labels(message)).toEqual(['Again · 30 credits', 'Edit prompt', 'Delete']);
  });

  test('says that nothing was made, and offers to ask again', () => {
    const message = imageMessage(view([ended(1, 'refused')]));
    expect(seen(message)).toContain('The provider’s content policy blocked the image. Not charged.');
    expect(blocks(message, 'image')).toEqual([]);
    expect(labels(message)).toEqual(['Again · 5 credits', 'Edit prompt']);
  });

  test('says what is being checked, and what stays on hold until then', () => {
    const message = imageMessage(view([made(1), unknown(2), unknown(3)]));
    expect(seen(message)).toContain(
      'Inkwell is checking whether images 2 and 3 were made. Until then, 10 credits stay on hold.',
    );
    expect(blocks(message, 'image')).toHaveLength(1);
  });

  test('says that what nobody can find out is not charged', () => {
    const lost = image(1, {
      answer: { kind: 'unknown', detail: '' },
      settled: { as: 'slipped', credits: 0, clientLeftCredits: 9 },
    });
    expect(seen(imageMessage(view([lost])))).toContain(
      'Inkwell couldn’t confirm whether the image was made. Not charged.',
    );
  });

  test('says so where a picture is no longer kept', () => {
    const message = imageMessage(view([{ ...made(1), fileId: '' }]));
    expect(seen(message)).toContain('The image was made and charged but can’t be shown');
    expect(blocks(message, 'image')).toEqual([]);
  });

  test('keeps nothing but who, and what stays charged, once it is deleted', () => {
    const message = imageMessage(view([made(1), made(2)], { deletedBy: 'U0MARCUS', prompt: null }));
    expect(seen(message)).toBe('<@U0ANA> asked for 2 images. Deleted by <@U0MARCUS>. 6 credits stay charged.');
    expect(message.blocks).toHaveLength(1);
  });

  test('without its prompt cannot be repeated or changed, only deleted', () => {
    const message = imageMessage(view([made(1)], { prompt: null }));
    expect(labels(message)).toEqual(['Delete']);
    expect(blocks(message, 'image')).toMatchObject([{ alt_text: 'AI image' }]);
  });

  test('names the channel where it had to go to a direct message', () => {
    const message = imageMessage(view([made(1)], { messagePlace: { channelId: 'D1', ts: '1.1' } }));
    expect(JSON.stringify(message.blocks)).toContain('<@U0ANA> in <#C0NORTHWIND>');
  });

  test('without its pictures, while Slack does not take them, says that they come', () => {
    expect(hasPictures(view([made(1)]))).toBe(true);
    const message = imageMessage(view([made(1)]), { pictures: 'left_out' });
    expect(blocks(message, 'image')).toEqual([]);
    expect(seen(message)).toContain('Slack isn’t ready to show the images yet. They’ll be added here automatically.');
  });

  test('never names a cost, a detail of the provider or another client', () => {
    const all = [made(1), ended(2, 'account_stop'), unknown(3)];
    expect(JSON.stringify(imageMessage(view(all)))).not.toMatch(/123456|999111|secret detail|USD|\$/);
  });
});

describe('the announcement', () => {
  test('says who asked for what, and nothing about how it ends', () => {
    const message = announcement(view([image(1), image(2)]), { in: 'channel' });
    expect(seen(message)).toBe(
      '<@U0ANA> asked for 2 images.\na red fox at dusk\ngpt-image-2, 1536x1024, high · concept',
    );
    expect(message.text).toBe('<@U0ANA> asked for 2 images.');
    expect(labels(message)).toEqual([]);
    const heldUp = { ...view([image(1), image(2)]), isHeldUp: true };
    expect(labels(announcement(heldUp, { in: 'channel' }))).toEqual(['Cancel']);
    expect(labels(announcement(heldUp, { in: 'direct_message' }))).toEqual([]);
  });

  test('says how long images like these usually take, where that is known', () => {
    const usual = (usualMs: number | null) =>
      announcement({ ...view([image(1), image(2)]), usualMs }, { in: 'channel' }).text;
    expect(usual(null)).toBe('<@U0ANA> asked for 2 images.');
    expect(usual(24_000)).toBe('<@U0ANA> asked for 2 images.\nImages like this usually take about 25 seconds.');
  });

  test('in a direct message names the channel', () => {
    expect(seen(announcement(view([image(1)]), { in: 'direct_message' }))).toContain(
      'You asked for an image in <#C0NORTHWIND>. The message there is gone, so Inkwell continues here.',
    );
  });
});

describe('any words in a prompt or a name', () => {
  const states = [
    [image(1)],
    [made(1), made(2)],
    [made(1), ended(2, 'refused'), unknown(3)],
    Array.from({ length: 10 }, (_, index) => made(index + 1, 1_000_000_000, 1_000_000_000)),
  ];

  test.each(NASTY.map((words) => [words.slice(0, 40), words]))('do nothing in a message: %j', (_, words) => {
    for (const images of states) {
      const nasty = view(images, { prompt: words, clientName: words.slice(0, 80) });
      for (const message of [
        imageMessage(nasty),
        announcement(nasty, { in: 'channel' }),
        announcement(nasty, { in: 'direct_message' }),
      ]) {
        expectSafe(message);
      }
    }
  });
});

describe('what is said of images', () => {
  const said = (imageNo: number, marked: ImageSaid['marked'] = null, stage: Stage = 'concept'): ImageSaid => ({
    imageNo,
    stage,
    isStageGuessed: false,
    marked,
  });
  const menus = (message: Message) =>
    message.blocks.flatMap((block) =>
      block.type === 'section' && block.accessory?.type === 'overflow' ? [[block.text?.text, block.accessory]] : [],
    );

  test('is asked below each picture, and told with a menu that changes it', () => {
    const message = imageMessage(
      view([made(1), made(2)], { said: [said(1), said(2, { mark: 'final', by: 'U0BEN' }, 'final')] }),
    );
    expect(message.blocks.map(({ type }) => type)).toEqual([
      'rich_text',
      'image',
      'actions',
      'image',
      'section',
      'context',
      'actions',
    ]);
    expect(buttons(message).slice(0, 3)).toMatchObject([
      { text: { text: 'Keep' }, value: 'cmd-abc/1', accessibility_label: 'Keep image 1' },
      { text: { text: 'Final' }, value: 'cmd-abc/1', accessibility_label: 'Mark image 1 as final' },
      { text: { text: 'Discard' }, value: 'cmd-abc/1', accessibility_label: 'Discard image 1' },
    ]);
    expect(menus(message)).toMatchObject([
      [
        'Final, marked by <@U0BEN> (image 2)',
        { options: [{ value: 'keep cmd-abc/2' }, { value: 'discard cmd-abc/2' }, { value: 'clear cmd-abc/2' }] },
      ],
    ]);
    expectSafe(message);
  });

  test.each([
    ['keep', 'Kept by <@U0BEN>'],
    ['final', 'Final, marked by <@U0BEN>'],
    ['discard', 'Discarded by <@U0BEN>'],
  ] as const)('names who said it of a single image: %s', (mark, words) => {
    const message = imageMessage(view([made(1)], { said: [said(1, { mark, by: 'U0BEN' })] }));
    expect(menus(message)).toMatchObject([[words, {}]]);
  });

  test('is neither asked nor told of old, deleted or unmade images, nor while some are being made', () => {
    const all = [said(1), said(2)];
    const messages = [
      imageMessage(view([made(1)])),
      imageMessage(view([made(1)], { deletedBy: 'U0ANA', said: [] })),
      imageMessage(view([ended(1, 'refused')])),
      imageMessage(view([made(1), image(2)], { said: all })),
    ];
    for (const message of messages) {
      expect(JSON.stringify(message)).not.toMatch(/image_(keep|final|discard|mark|stage)/);
    }
  });

  test('of the stage stands among the facts, each where a set has several', () => {
    const message = imageMessage(view([made(1), made(2)], { said: [said(1), said(2, null, 'final')] }));
    expect(seen(message)).toContain('high · concept and final');
    const menu = blocks(message, 'actions').at(-1) as ActionsBlock;
    expect(menu.elements.at(-1)).toMatchObject({
      type: 'overflow',
      options: [
        { text: { text: 'Stage: concept (now)' }, value: 'concept cmd-abc' },
        { text: { text: 'Stage: iteration' } },
        { text: { text: 'Stage: final (now)' } },
      ],
    });
  });

  test('keeps ten images far below Slack’s limit of blocks', () => {
    const ten = Array.from({ length: 10 }, (_, index) => index + 1);
    const message = imageMessage(
      view(
        ten.map((no) => made(no)),
        { said: ten.map((no) => said(no)) },
      ),
    );
    expect(message.blocks.length).toBeLessThan(30);
    expectSafe(message);
  });
});
