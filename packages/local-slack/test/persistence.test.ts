import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANA, ATLAS, button, errorOf, GINA, PNG, type StartedWithBot, section, startWithBot } from './support.ts';

let folder: string;
let started: StartedWithBot;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'local-slack-'));
  started = await startWithBot((app) => app.action('go', async ({ ack }) => ack()), {
    dataFile: join(folder, 'a.sqlite'),
  });
});
afterEach(async () => {
  await started.stop();
  rmSync(folder, { recursive: true });
});

/** What a kill leaves behind: the file and its write-ahead log as they are at this moment, never closed. */
function killedCopy(): string {
  const copy = join(folder, 'killed.sqlite');
  for (const end of ['', '-wal']) {
    const file = join(folder, `a.sqlite${end}`);
    if (existsSync(file)) copyFileSync(file, copy + end);
  }
  return copy;
}

async function restart(dataFile: string) {
  await started.stop();
  started = await startWithBot((app) => app.action('go', async ({ ack }) => ack()), { dataFile });
}

async function fill() {
  const { slack, client } = started;
  const { upload_url: url, file_id: fileId } = await client.files.getUploadURLExternal({
    filename: 'fox.png',
    length: PNG.length,
  });
  await fetch(url!, { method: 'POST', body: new Uint8Array(PNG) });
  await client.apiCall('files.completeUploadExternal', { files: [{ id: fileId }], channel_id: ATLAS });
  const blocks = [section('Go?'), { type: 'actions' as const, elements: [button('go', 'Go')] }];
  const { ts } = await client.chat.postMessage({ channel: ATLAS, text: 'Go?', blocks });
  await client.chat.postEphemeral({ channel: ATLAS, user: GINA, text: 'Psst' });
  await client.views.publish({ user_id: ANA, view: { type: 'home', blocks: [section('Home')] } });
  await slack.changePerson('U0BEN', { deactivated: true });
  await slack.kick('C0MIRA');
  await slack.as(ANA).command('/credits', '', { channelId: ATLAS });
  const url1 = new URLSearchParams(slack.deliveries.at(-1)?.body).get('response_url')!;
  return { fileId: fileId!, ts: ts!, responsePath: new URL(url1).pathname };
}

describe.each([
  ['an orderly restart', () => join(folder, 'a.sqlite')],
  ['a kill', killedCopy],
])('after %s', (_, dataFile) => {
  test('everything that was answered is still there', async () => {
    const { fileId, ts, responsePath } = await fill();
    const before = { all: started.slack.messages(ATLAS), home: started.slack.home(ANA) };
    await restart(dataFile());
    const { slack, client } = started;

    expect(slack.messages(ATLAS)).toEqual(before.all);
    expect(slack.home(ANA)).toEqual(before.home);
    expect(Buffer.from(slack.fileBytes(fileId)!)).toEqual(PNG);
    expect((await client.users.info({ user: 'U0BEN' })).user).toMatchObject({ deleted: true });
    expect(await errorOf(client.conversations.info({ channel: 'C0MIRA' }))).toBe('channel_not_found');
    expect(await slack.as(ANA).click({ channelId: ATLAS, ts }, 'go')).toEqual({ ok: true });
    const body = JSON.stringify({ text: 'Answered after all' });
    expect((await fetch(slack.url + responsePath, { method: 'POST', body })).status).toBe(200);
    const next = await client.chat.postMessage({ channel: ATLAS, text: 'Next' });
    expect(next.ts! > before.all.at(-1)!.ts).toBe(true);
  });
});

test('without a file everything is forgotten', async () => {
  await started.stop();
  started = await startWithBot(() => {});
  await started.client.chat.postMessage({ channel: ATLAS, text: 'Gone soon' });
  await started.stop();
  started = await startWithBot(() => {});
  expect(started.slack.messages(ATLAS).some(({ text }) => text === 'Gone soon')).toBe(false);
});
