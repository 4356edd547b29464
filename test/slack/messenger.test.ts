import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { JobView, Messenger, Reader } from '../../src/app/messenger.ts';
import type { Place } from '../../src/records/job.ts';
import { createMessenger } from '../../src/slack/messenger.ts';
import { plainPng } from '../support/provider/png.ts';
import { jobView, madeImage } from './job-view.ts';
import { ANA, NORTHWIND, OLIVIA, openQuickSlack, type QuickSlack } from './quick-slack.ts';

let here: QuickSlack;
let messenger: Messenger;

beforeAll(async () => {
  here = await openQuickSlack({ processingMs: 2_000 });
});
beforeEach(() => {
  here.slack.faults.clear();
  here.clock.pass(3_600_000);
  here.clock.slept.length = 0;
  here.log.entries.length = 0;
  messenger = createMessenger(here);
});
afterAll(() => here.slack.close());

const calls = (method: string) => here.slack.calls.filter((call) => call.method === method).length;
const messages = (channelId = NORTHWIND) => here.slack.messages(channelId);
const announced = async (view: JobView = jobView()): Promise<Place> => {
  const posted = await messenger.announce(view, { in: 'channel' });
  if (posted.kind !== 'posted') throw new Error(JSON.stringify(posted));
  return posted.place;
};
const shown = (place: Place) => messages(place.channelId).find(({ ts }) => ts === place.ts);
const counted = async (method: string, work: () => Promise<unknown>) => {
  const before = calls(method);
  const answer = await work();
  return { answer, calls: calls(method) - before };
};

describe('an announcement', () => {
  test('is posted where the request was made', async () => {
    const place = await announced();
    expect(place.channelId).toBe(NORTHWIND);
    expect(shown(place)?.text).toBe(`<@${ANA}> asked for an image.`);
  });

  test('stands in its thread, or in the channel once the thread is gone', async () => {
    const parent = await announced();
    expect(shown(await announced(jobView({ threadTs: parent.ts })))?.threadTs).toBe(parent.ts);
    expect(shown(await announced(jobView({ threadTs: '1.000001' })))?.threadTs).toBeNull();
  });

  test.each([
    ['not_in_channel', 'unreachable'],
    ['channel_not_found', 'unreachable'],
    ['is_archived', 'unreachable'],
    ['restricted_action', 'unreachable'],
    ['msg_too_long', 'unreachable'],
    ['token_revoked', 'failed'],
    ['missing_scope', 'failed'],
  ])('refused as %s is %s, and is not tried again', async (code, kind) => {
    here.slack.faults.next('chat.postMessage', { error: code });
    const { answer, calls: count } = await counted('chat.postMessage', () =>
      messenger.announce(jobView(), { in: 'channel' }),
    );
    expect(answer).toEqual({ kind, code });
    expect(count).toBe(1);
  });

  test('waits as long as Slack asks it to', async () => {
    here.slack.faults.next('chat.postMessage', { retryAfterS: 7 });
    await announced();
    expect(here.clock.slept).toContain(7_000);
  });

  test('gives up where Slack asks it to wait for minutes', async () => {
    here.slack.faults.next('chat.postMessage', { retryAfterS: 600 });
    expect(await messenger.announce(jobView(), { in: 'channel' })).toEqual({ kind: 'failed', code: 'ratelimited' });
    expect(here.clock.slept).toEqual([]);
  });

  test('whose answer is lost is posted once more, and not a third time', async () => {
    here.slack.faults.next('chat.postMessage', 'lose_the_answer');
    const before = messages().length;
    await announced();
    expect(messages().length - before).toBe(2);

    here.slack.faults.next('chat.postMessage', 'cut_before_effect', 'cut_before_effect', 'cut_before_effect');
    const lost = await counted('chat.postMessage', () => messenger.announce(jobView(), { in: 'channel' }));
    expect(lost.answer).toMatchObject({ kind: 'failed' });
    expect(lost.calls).toBe(2);
  });

  test('is posted once more after a 503', async () => {
    here.slack.faults.next('chat.postMessage', { status: 503 });
    expect((await counted('chat.postMessage', () => announced())).calls).toBe(2);
  });

  test('goes to the person where the channel is gone', async () => {
    const posted = await messenger.announce(jobView(), { in: 'direct_message' });
    expect(posted).toMatchObject({ kind: 'posted', place: { channelId: here.slack.directMessage(ANA) } });
  });
});

describe('a drawing', () => {
  const upload = async () => {
    const uploaded = await messenger.upload({ bytes: plainPng(8, 8), contentType: 'image/png', title: 'Image 1 of 1' });
    if (uploaded.kind !== 'uploaded') throw new Error(uploaded.code);
    return uploaded.fileId;
  };

  test('shows the pictures as soon as Slack has looked at them', async () => {
    const place = await announced();
    const view = jobView({ images: [madeImage(1, await upload())] });
    expect(await messenger.redraw(view, place)).toEqual({ kind: 'drawn' });
    expect(here.clock.slept).toEqual(expect.arrayContaining([500, 1_000]));
    expect(shown(place)?.blocks.map(({ type }) => type)).toEqual(['rich_text', 'image', 'context', 'actions']);
    expect(here.log.entries.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('says that the pictures come where Slack does not get done with them, and is to be drawn again', async () => {
    const place = await announced();
    const view = jobView({ images: [madeImage(1, 'F0NOTTHERE')] });
    expect(await messenger.redraw(view, place)).toEqual({ kind: 'failed', code: 'pictures_not_taken' });
    expect(JSON.stringify(shown(place)?.blocks)).toContain('They come by themselves');
  });

  test.each(['message_not_found', 'channel_not_found', 'is_archived', 'not_in_channel', 'cant_update_message'])(
    'refused as %s finds its message gone',
    async (code) => {
      const place = await announced();
      here.slack.faults.next('chat.update', { error: code });
      const drawn = await counted('chat.update', () => messenger.redraw(jobView(), place));
      expect(drawn).toEqual({ answer: { kind: 'gone', code }, calls: 1 });
    },
  );

  test('is repeated after lost answers, 5xx and 429, and ends', async () => {
    const place = await announced();
    here.slack.faults.next('chat.update', 'lose_the_answer', { status: 500 }, { retryAfterS: 3 }, 'cut_before_effect');
    expect(await messenger.redraw(jobView(), place)).toEqual({ kind: 'drawn' });
    here.slack.faults.next('chat.update', ...Array.from({ length: 20 }, () => 'cut_before_effect' as const));
    const failed = await counted('chat.update', () => messenger.redraw(jobView(), place));
    expect(failed.answer).toMatchObject({ kind: 'failed' });
    expect(failed.calls).toBe(5);
  });

  test('of many at once only the latest is looked at, and every caller hears of it', async () => {
    const place = await announced();
    const drawings = Array.from({ length: 20 }, (_, index) =>
      messenger.redraw(jobView({ stepsCount: index, prompt: `version ${index}` }), place),
    );
    const stale = messenger.redraw(jobView({ stepsCount: 3, prompt: 'stale' }), place);
    const { answer, calls: count } = await counted('chat.update', () => Promise.all([...drawings, stale]));
    expect(answer).toEqual(Array.from({ length: 21 }, () => ({ kind: 'drawn' })));
    expect(count).toBeLessThanOrEqual(2);
    expect(JSON.stringify(shown(place)?.blocks)).toContain('version 19');
  });

  test('and posts of one channel keep to one a second, so that Slack never has to say so', async () => {
    const before = here.clock.now();
    await Promise.all(Array.from({ length: 12 }, () => announced()));
    expect(here.clock.now() - before).toBeGreaterThanOrEqual(9_000);
    expect(here.slack.complaints.filter(({ text }) => /a second|too often/.test(text))).toEqual([]);
  });

  test('of a card replaces it', async () => {
    const card = { kind: 'client_card', channelId: 'C0SUMMER', askedBy: ANA, clients: [], decided: null } as const;
    const posted = await messenger.postCard(OLIVIA, card);
    if (posted.kind !== 'posted') throw new Error(posted.code);
    expect(posted.place.channelId).toBe(here.slack.directMessage(OLIVIA));
    await messenger.redrawCard(posted.place, { ...card, decided: { clientName: 'Atlas' } });
    expect(JSON.stringify(shown(posted.place)?.blocks)).toContain('Atlas');
  });

  test('to somebody whom Slack has deactivated is unreachable', async () => {
    await here.slack.changePerson('U0BEN', { deactivated: true });
    const card = { kind: 'client_card', channelId: 'C1', askedBy: ANA, clients: [], decided: null } as const;
    expect(await messenger.postCard('U0BEN', card)).toEqual({ kind: 'unreachable', code: 'user_disabled' });
  });
});

describe('an upload', () => {
  const file = { bytes: plainPng(8, 8), contentType: 'image/png', title: 'Image 1 of 1' };

  test('leaves the bytes in a file that stands in no channel', async () => {
    const before = messages().length;
    const uploaded = await messenger.upload(file);
    expect(uploaded).toMatchObject({ kind: 'uploaded' });
    const { fileId } = uploaded as { fileId: string };
    expect(here.slack.fileBytes(fileId)).toEqual(new Uint8Array(file.bytes));
    expect(messages().length).toBe(before);
  });

  test.each([
    ['files.getUploadURLExternal', 'lose_the_answer'],
    ['files.getUploadURLExternal', { status: 502 }],
    ['upload', 'cut_before_effect'],
    ['upload', 'lose_the_answer'],
    ['upload', { status: 500 }],
    ['upload', { retryAfterS: 2 }],
    ['files.completeUploadExternal', 'cut_before_effect'],
    ['files.completeUploadExternal', 'lose_the_answer'],
    ['files.completeUploadExternal', { retryAfterS: 2 }],
  ] as const)('comes through when %s fails with %j', async (step, fault) => {
    here.slack.faults.next(step, fault);
    const uploaded = await messenger.upload(file);
    expect(uploaded).toMatchObject({ kind: 'uploaded' });
    expect(here.slack.fileBytes((uploaded as { fileId: string }).fileId)).not.toBeNull();
  });

  test('gives up where Slack refuses it, and where it never gets through', async () => {
    here.slack.faults.next('files.getUploadURLExternal', { error: 'storage_limit_reached' });
    expect(await messenger.upload(file)).toEqual({ kind: 'failed', code: 'storage_limit_reached' });
    here.slack.faults.next('upload', ...Array.from({ length: 9 }, () => ({ status: 500 })));
    const failed = await counted('files.getUploadURLExternal', () => messenger.upload(file));
    expect(failed).toEqual({ answer: { kind: 'failed', code: 'http_500' }, calls: 3 });
  });

  test('of what no block shows fails at once', async () => {
    expect(await messenger.upload({ ...file, contentType: 'image/webp' })).toEqual({
      kind: 'failed',
      code: 'no_picture',
    });
  });

  test('is taken back, also twice', async () => {
    const { fileId } = (await messenger.upload(file)) as { fileId: string };
    expect(await messenger.removeFile(fileId)).toEqual({ kind: 'delivered' });
    expect(await messenger.removeFile(fileId)).toEqual({ kind: 'delivered' });
    expect(here.slack.fileBytes(fileId)).toBeNull();
  });
});

describe('a private sentence', () => {
  const reader: Reader = { memberId: ANA, channelId: NORTHWIND, threadTs: null, responseUrl: null };
  const note = { kind: 'not_finished' } as const;
  const lastIn = (channelId: string, as: string) => here.slack.messages(channelId, { as }).at(-1);

  test('is for one person’s eyes in the channel', async () => {
    expect(await messenger.tell(reader, note)).toEqual({ kind: 'delivered' });
    expect(lastIn(NORTHWIND, ANA)).toMatchObject({
      ephemeral: true,
      text: expect.stringContaining('still being made'),
    });
    expect(lastIn(NORTHWIND, OLIVIA)?.ephemeral).toBe(false);
  });

  test('goes to the person directly where the app is not in the channel', async () => {
    here.slack.kick(NORTHWIND);
    expect(await messenger.tell(reader, note)).toEqual({ kind: 'delivered' });
    await here.slack.invite(NORTHWIND);
    expect(lastIn(here.slack.directMessage(ANA), ANA)?.text).toContain('still being made');
  });

  test('goes to the person directly where no channel is known', async () => {
    const { calls: count } = await counted('chat.postEphemeral', () =>
      messenger.tell({ ...reader, channelId: ANA }, note),
    );
    expect(count).toBe(0);
  });

  test('takes the next way when an address is used up, expired, or cut off', async () => {
    const gone = `${here.slack.url}/actions/nowhere`;
    expect(await messenger.tell({ ...reader, responseUrl: gone }, note)).toEqual({ kind: 'delivered' });
    here.slack.faults.next('response_url', 'cut_before_effect');
    expect(await messenger.tell({ ...reader, responseUrl: gone }, note)).toEqual({ kind: 'delivered' });
    expect(await messenger.tell({ ...reader, responseUrl: 'http://127.0.0.1:1/' }, note)).toEqual({
      kind: 'delivered',
    });
  });

  test('fails where every way is closed', async () => {
    here.slack.faults.next('chat.postEphemeral', { error: 'user_not_in_channel' });
    here.slack.faults.next('chat.postMessage', { error: 'messages_tab_disabled' });
    expect(await messenger.tell(reader, note)).toEqual({ kind: 'failed', code: 'messages_tab_disabled' });
  });
});

test('the log never holds a word of a message', async () => {
  const words = 'embargoed night serum';
  const place = await announced(jobView({ prompt: words }));
  here.slack.faults.next('chat.update', { error: 'invalid_blocks' }, { status: 500 }, { error: 'message_not_found' });
  await messenger.redraw(jobView({ prompt: words }), place);
  await messenger.redraw(jobView({ prompt: words, images: [madeImage(1, 'F0NOTTHERE')] }), place);
  expect(here.log.entries.length).toBeGreaterThan(0);
  expect(JSON.stringify(here.log.entries)).not.toContain('serum');
});
