import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ANA,
  ATLAS,
  clientFor,
  errorOf,
  GINA,
  MANIFEST,
  MIRA,
  manifestWith,
  OLIVIA,
  PNG,
  problemsOf,
  type Started,
  startSlack,
  TOKEN,
} from './support.ts';

const PROCESSING_MS = 800;

let started: Started;
beforeEach(async () => {
  started = await startSlack({ rateLimits: 'off', processingMs: PROCESSING_MS });
});
afterEach(() => started.stop());

async function uploaded(bytes: Uint8Array = PNG, name = 'fox.png') {
  const { upload_url: url, file_id: id } = await started.client.files.getUploadURLExternal({
    filename: name,
    length: bytes.byteLength,
  });
  const response = await fetch(url!, { method: 'POST', body: new Uint8Array(bytes) });
  expect([response.status, await response.text()]).toEqual([200, `OK - ${bytes.byteLength}`]);
  return id!;
}

const complete = (id: string, more: object = {}) =>
  started.client.apiCall('files.completeUploadExternal', { files: [{ id, title: 'A fox' }], ...more });
const postFile = (id: string) =>
  started.client.chat.postMessage({
    channel: ATLAS,
    text: 'A fox',
    blocks: [{ type: 'image', alt_text: 'A fox', slack_file: { id } }],
  });
const fetchAs = (path: string, as: string) => fetch(`${started.slack.url}${path}?as=${as}`);

describe('an upload', () => {
  test('in three steps stands in the channel, with its bytes', async () => {
    const id = await uploaded();
    const answer = await complete(id, { channel_id: ATLAS, initial_comment: 'Fresh & warm' });
    expect(answer).toMatchObject({ files: [{ id, title: 'A fox', name: 'fox.png', mimetype: '', shares: {} }] });
    const message = started.slack.messages(ATLAS, { as: ANA }).at(-1)!;
    expect(message).toMatchObject({
      text: 'Fresh &amp; warm',
      files: [{ fileId: id, title: 'A fox', mimetype: 'image/png', width: 1, height: 1 }],
    });
    const response = await fetch(started.slack.url + message.files[0]!.url);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(PNG);
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
  });

  test('works as the official client does it, in a thread too', async () => {
    const parent = await started.client.chat.postMessage({ channel: ATLAS, text: 'Parent' });
    const answer = await started.client.files.uploadV2({
      channel_id: ATLAS,
      thread_ts: parent.ts!,
      file: Buffer.from(PNG),
      filename: 'fox.png',
      title: 'A fox',
    });
    expect(answer.ok).toBe(true);
    expect(started.slack.messages(ATLAS).at(-1)).toMatchObject({ threadTs: parent.ts, files: [{ title: 'A fox' }] });
  });

  test('takes exactly the bytes that were announced, at an address that cannot be guessed', async () => {
    const { upload_url: url } = await started.client.files.getUploadURLExternal({ filename: 'a.png', length: 5 });
    expect((await fetch(url!, { method: 'POST', body: 'four' })).status).toBe(400);
    expect((await fetch(url!.replace(/[^/]+$/, 'guess'), { method: 'POST', body: 'fives' })).status).toBe(404);
    expect((await fetch(url!, { method: 'POST', body: 'fives' })).status).toBe(200);
  });

  test('is completed once, and only if the bytes came', async () => {
    const { file_id: awaited } = await started.client.files.getUploadURLExternal({ filename: 'a.png', length: 5 });
    expect(await errorOf(complete(awaited!))).toBe('file_not_found');
    const id = await uploaded();
    expect(await errorOf(complete(id))).toBeNull();
    expect(await errorOf(complete(id))).toBe('file_not_found');
    const twice = await uploaded();
    expect(await errorOf(complete(twice, { files: [{ id: twice }, { id: twice }] }))).toBe('invalid_arguments');
  });

  test('goes nowhere the bot cannot write, and is not completed then', async () => {
    const id = await uploaded();
    await started.slack.kick(ATLAS);
    expect(await errorOf(complete(id, { channel_id: ATLAS }))).toBe('not_in_channel');
    expect(await errorOf(complete(id, { channel_id: 'C0NONE' }))).toBe('channel_not_found');
    expect(await errorOf(complete(id))).toBeNull();
  });

  test('is known by its bytes, else by its name', async () => {
    const ids = [await uploaded(PNG, 'a.txt'), await uploaded(Buffer.from('a;b'), 'usage.csv')];
    for (const id of ids) await complete(id, { channel_id: ATLAS });
    const kinds = started.slack
      .messages(ATLAS)
      .slice(-2)
      .map(({ files }) => files[0]?.mimetype);
    expect(kinds).toEqual(['image/png', 'text/csv']);
    const csv = await fetchAs(`/files/${ids[1]}/usage.csv`, ANA);
    expect(csv.headers.get('content-disposition')).toMatch(/^attachment/);
  });
});

describe('an image block', () => {
  const refusal = ['[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]'];

  test('draws a file once Slack has looked at it', async () => {
    const id = await uploaded();
    await complete(id);
    expect(await problemsOf(postFile(id))).toEqual(refusal);
    started.clock.advance(PROCESSING_MS);
    expect(await problemsOf(postFile(id))).toEqual([]);
  });

  test('draws neither webp nor text, nor what is not there', async () => {
    const webp = Buffer.concat([Buffer.from('RIFF....WEBPVP8 '), Buffer.alloc(16)]);
    const files = [await uploaded(webp, 'a.webp'), await uploaded(Buffer.from('not a picture'), 'a.png')];
    for (const id of files) await complete(id);
    started.clock.advance(PROCESSING_MS);
    for (const id of [...files, await uploaded(), 'F0NONE']) expect(await problemsOf(postFile(id))).toEqual(refusal);
  });
});

describe('a file', () => {
  test('is seen by those who see the message that shows it', async () => {
    const id = await uploaded();
    await complete(id, { channel_id: MIRA });
    const statusFor = async (as: string) => (await fetchAs(`/files/${id}/image`, as)).status;
    expect([await statusFor(ANA), await statusFor(GINA), await statusFor('')]).toEqual([200, 404, 404]);
    await started.slack.changePerson(ANA, { deactivated: true });
    expect([await statusFor(ANA), await statusFor(OLIVIA)]).toEqual([404, 200]);
  });

  test('is seen in blocks and on Home by whom they are for', async () => {
    const id = await uploaded();
    await complete(id);
    started.clock.advance(PROCESSING_MS);
    const statusFor = async (as: string) => (await fetchAs(`/files/${id}/image`, as)).status;
    expect([await statusFor(ANA), await statusFor(GINA)]).toEqual([404, 404]);
    const blocks = [{ type: 'image' as const, alt_text: 'A fox', slack_file: { id } }];
    await started.client.views.publish({ user_id: GINA, view: { type: 'home', blocks } });
    await started.client.chat.postEphemeral({ channel: ATLAS, user: ANA, text: 'A fox', blocks });
    expect([await statusFor(ANA), await statusFor(GINA), await statusFor(OLIVIA)]).toEqual([200, 200, 404]);
  });

  test('that is deleted is gone everywhere', async () => {
    const id = await uploaded();
    await complete(id, { channel_id: ATLAS });
    await started.client.files.delete({ file: id });
    expect(started.slack.messages(ATLAS).at(-1)?.files).toEqual([]);
    expect((await fetchAs(`/files/${id}/image`, ANA)).status).toBe(404);
    expect(started.slack.fileBytes(id)).toBeNull();
    expect(await errorOf(started.client.files.delete({ file: id }))).toBe('file_deleted');
  });

  test('is read by an app only with files:read', async () => {
    const read = async () => {
      const id = await uploaded();
      await complete(id);
      const headers = { authorization: `Bearer ${TOKEN}` };
      const bytes = await fetch(`${started.slack.url}/files/${id}/fox.png`, { headers });
      return [bytes.status, await errorOf(clientFor(started.slack).files.info({ file: id }))];
    };
    expect(await read()).toEqual([404, 'missing_scope']);
    await started.stop();
    started = await startSlack({ manifest: manifestWith({ scopes: [...MANIFEST.scopes, 'files:read'] }) });
    expect(await read()).toEqual([200, null]);
  });
});
