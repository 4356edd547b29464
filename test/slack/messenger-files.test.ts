import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Messenger } from '../../src/app/messenger.ts';
import { createMessenger } from '../../src/slack/messenger/messenger.ts';
import type { MessagePlace } from '../../src/storage/records/job-step.ts';
import { plainPng } from '../support/provider/png.ts';
import { inChannel } from '../support/requester.ts';
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
const counted = async (method: string, work: () => Promise<unknown>) => {
  const before = calls(method);
  const answer = await work();
  return { answer, calls: calls(method) - before };
};

describe('an upload', () => {
  const file = { bytes: plainPng(8, 8), contentType: 'image/png', title: 'Image 1 of 1' };

  test('leaves the bytes in a file that stands in no channel', async () => {
    const before = here.slack.messages(NORTHWIND).length;
    const uploaded = await messenger.upload(file);
    expect(uploaded).toMatchObject({ kind: 'uploaded' });
    const { fileId } = uploaded as { fileId: string };
    expect(here.slack.fileBytes(fileId)).toEqual(new Uint8Array(file.bytes));
    expect(here.slack.messages(NORTHWIND).length).toBe(before);
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
  const requester = inChannel(ANA, NORTHWIND);
  const at = (responseUrl: string) => inChannel(ANA, NORTHWIND, { responseUrl });
  const note = { kind: 'not_finished' } as const;
  const lastIn = (channelId: string, as: string) => here.slack.messages(channelId, { as }).at(-1);

  test('is for one person’s eyes in the channel', async () => {
    expect(await messenger.tell(requester, note)).toEqual({ kind: 'delivered' });
    expect(lastIn(NORTHWIND, ANA)).toMatchObject({
      ephemeral: true,
      text: expect.stringContaining('still in progress'),
    });
    expect(lastIn(NORTHWIND, OLIVIA)?.ephemeral).toBe(false);
  });

  test('goes to the person directly where the app is not in the channel', async () => {
    await here.slack.kick(NORTHWIND);
    expect(await messenger.tell(requester, note)).toEqual({ kind: 'delivered' });
    await here.slack.invite(NORTHWIND);
    expect(lastIn(here.slack.directMessage(ANA), ANA)?.text).toContain('still in progress');
  });

  test('goes to the person directly where no channel is known', async () => {
    const { calls: count } = await counted('chat.postEphemeral', () =>
      messenger.tell({ memberId: ANA, replyTo: null }, note),
    );
    expect(count).toBe(0);
  });

  test('takes the next way when an address is used up, expired, or cut off', async () => {
    const gone = `${here.slack.url}/actions/nowhere`;
    expect(await messenger.tell(at(gone), note)).toEqual({ kind: 'delivered' });
    here.slack.faults.next('response_url', 'cut_before_effect');
    expect(await messenger.tell(at(gone), note)).toEqual({ kind: 'delivered' });
    expect(await messenger.tell(at('http://127.0.0.1:1/'), note)).toEqual({
      kind: 'delivered',
    });
  });

  test('fails where every way is closed', async () => {
    here.slack.faults.next('chat.postEphemeral', { error: 'user_not_in_channel' });
    here.slack.faults.next('chat.postMessage', { error: 'messages_tab_disabled' });
    expect(await messenger.tell(requester, note)).toEqual({ kind: 'failed', code: 'messages_tab_disabled' });
  });
});

test('the log never holds a word of a message', async () => {
  const words = 'embargoed night serum';
  const { place } = (await messenger.announce(jobView({ prompt: words }), { in: 'channel' })) as {
    place: MessagePlace;
  };
  here.slack.faults.next('chat.update', { error: 'invalid_blocks' }, { status: 500 }, { error: 'message_not_found' });
  await messenger.redraw(jobView({ prompt: words }), place);
  await messenger.redraw(jobView({ prompt: words, images: [madeImage(1, 'F0NOTTHERE')] }), place);
  expect(here.log.entries.length).toBeGreaterThan(0);
  expect(JSON.stringify(here.log.entries)).not.toContain('serum');
});
