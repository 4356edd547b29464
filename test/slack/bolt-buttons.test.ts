import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/kit/ids.ts';
import { createMessenger } from '../../src/slack/messenger/messenger.ts';
import { jobView, madeImage } from './job-view.ts';
import { openQuickBolt, type QuickBolt } from './quick-bolt.ts';
import { ANA, MARCUS, NORTHWIND, OLIVIA, TOM } from './quick-slack.ts';

let here: QuickBolt;
beforeAll(async () => {
  here = await openQuickBolt();
});
beforeEach(() => {
  here.app.calls.length = 0;
  here.log.entries.length = 0;
  here.slack.faults.clear();
  here.clock.pass(3_600_000);
});
afterAll(() => here.close());

const whispers = (channelId = NORTHWIND, as = ANA) =>
  here.slack.messages(channelId, { as }).filter(({ ephemeral }) => ephemeral);
const settled = () => here.bolt.idle();

describe('the buttons of an image', () => {
  const place = async () => {
    const messenger = createMessenger({ ...here, paceMs: 0 });
    const posted = await messenger.announce(jobView(), { in: 'channel' });
    if (posted.kind !== 'posted') throw new Error(posted.code);
    const uploaded = await messenger.upload({ bytes: PNG, contentType: 'image/png', title: 'Image' });
    if (uploaded.kind !== 'uploaded') throw new Error(uploaded.code);
    await messenger.redraw(jobView({ images: [madeImage(1, uploaded.fileId)] }), posted.place);
    return posted.place;
  };

  test('Again asks once for what counts as one click, says so, and once more for a later one', async () => {
    const message = await place();
    await here.slack.as(ANA).click(message, ACTIONS.again);
    here.app.answerNext('claimClick', () => 'act-first');
    here.clock.pass(400);
    await here.slack.as(ANA).click(message, ACTIONS.again);
    await settled();
    expect(whispers().at(-1)?.text).toContain('count as one');
    here.clock.pass(60_000);
    await here.slack.as(ANA).click(message, ACTIONS.again);
    await here.slack.as(MARCUS).click(message, ACTIONS.again);
    await settled();
    const given = here.app.of('repeatImage') as {
      deliveryId: string;
      jobId: string;
      requester: { memberId: string };
    }[];
    expect(given.map(({ jobId }) => jobId)).toEqual(Array(3).fill('cmd-abc'));
    expect(new Set(given.map(({ deliveryId }) => deliveryId)).size).toBe(3);
    expect(given[0]).toMatchObject({ requester: { memberId: ANA }, place: { channelId: NORTHWIND, threadId: null } });
  });

  test('Again on a message with replies does not go into its thread', async () => {
    const message = await place();
    await here.slack.as(TOM).say('Lovely!', { channelId: NORTHWIND, threadTs: message.ts });
    await here.slack.as(TOM).click(message, ACTIONS.again);
    await settled();
    expect(here.app.of('repeatImage')).toMatchObject([
      { requester: { memberId: TOM, replyTo: { threadTs: null } }, place: { threadId: null } },
    ]);
  });

  test('Edit prompt opens the form with the request in it', async () => {
    const message = await place();
    here.app.answerNext('openImage', () => ({
      ...jobView({ prompt: 'a very red fox', model: 'gpt-image-2' }),
      stage: null,
    }));
    await here.slack.as(ANA).click(message, ACTIONS.edit);
    await settled();
    expect(JSON.stringify(here.slack.modal(ANA)?.blocks)).toContain('a very red fox');
    await here.slack.as(ANA).submit(here.slack.modal(ANA)!);
    await settled();
    expect(here.app.of('requestImage')).toMatchObject([{ stage: null, guess: 'iteration' }]);
    here.clock.pass(60_000);
    here.app.answerNext('openImage', () => ({ ...jobView({ model: 'gpt-image-2' }), stage: 'final' }));
    await here.slack.as(ANA).click(message, ACTIONS.edit);
    await settled();
    expect(JSON.stringify(here.slack.modal(ANA)?.blocks)).toContain('Final: for delivery');
    await here.slack.as(ANA).close(here.slack.modal(ANA)!);
    await here.slack.as(ANA).click(message, ACTIONS.edit);
    await settled();
    expect(here.slack.modal(ANA)).toBeNull();
  });

  test('Delete asks the use case', async () => {
    await here.slack.as(OLIVIA).click(await place(), ACTIONS.delete);
    await settled();
    expect(here.app.of('deleteImage')).toMatchObject([
      { jobId: 'cmd-abc', requester: { memberId: OLIVIA, replyTo: { channelId: NORTHWIND } } },
    ]);
  });
});

describe('the client card', () => {
  const clients = [
    { clientId: 'c-atlas', name: 'Atlas' },
    { clientId: 'c-mira', name: 'Mira' },
  ];
  const place = async () => {
    const card = { kind: 'client_card', channelId: 'C0SUMMER', askedBy: ANA, clients, decided: null } as const;
    const posted = await createMessenger({ ...here, paceMs: 0 }).postCard(MARCUS, card, undefined);
    if (posted.kind !== 'posted') throw new Error(posted.code);
    return posted.place;
  };
  const bound = () => here.app.of('bindChannel');

  test('binds the channel it is about to the client that was picked', async () => {
    await here.slack.as(MARCUS).click(await place(), ACTIONS.cardClient, { choice: 'c-mira' });
    await settled();
    expect(bound()).toEqual([
      {
        deliveryId: expect.any(String),
        by: MARCUS,
        channelId: 'C0SUMMER',
        decision: { kind: 'client', clientId: 'c-mira' },
        ifUnbound: true,
      },
    ]);
  });

  test('decides for none, and two quick clicks are one delivery', async () => {
    const message = await place();
    await here.slack.as(MARCUS).click(message, ACTIONS.cardNone);
    await here.slack.as(MARCUS).click(message, ACTIONS.cardNone);
    await settled();
    expect(bound()).toMatchObject([{ decision: { kind: 'none' } }, { decision: { kind: 'none' } }]);
    expect(new Set(bound().map((each) => (each as { deliveryId: string }).deliveryId)).size).toBe(1);
  });

  test('opens the form for a new client, which knows the channel', async () => {
    await here.slack.as(MARCUS).click(await place(), ACTIONS.cardCreate);
    await settled();
    expect(here.slack.modal(MARCUS)).toMatchObject({
      callback_id: 'create_client',
      private_metadata: expect.stringContaining('C0SUMMER'),
    });
    await here.slack.as(MARCUS).close(here.slack.modal(MARCUS)!);
  });

  test('tells whoever comes second, or may not', async () => {
    const message = await place();
    here.app.answerNext('bindChannel', () => ({
      ok: false,
      refusal: { reason: 'channel_decided', channelId: 'C0SUMMER', clientId: null },
    }));
    await here.slack.as(MARCUS).click(message, ACTIONS.cardNone);
    await settled();
    expect(whispers(message.channelId, MARCUS).at(-1)?.text).toContain(
      'Someone else already decided which client <#C0SUMMER> belongs to',
    );
  });
});

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
