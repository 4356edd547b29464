import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalSlack } from '@inkwell/local-slack';
import type { Message } from '@inkwell/local-slack/view.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { realClock } from '../src/start/real-clock.ts';
import { type Running, start } from '../src/start/start.ts';
import { demoFolder, startDemo } from './support/demo.ts';
import { someOf } from './support/is-long.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const NORTHWIND = 'C0NORTHWIND';
const ANA = 'U0ANA';

let dataDir: string;
let running: Running;
let slack: LocalSlack;

async function open() {
  running = await startDemo(dataDir);
  if (!running.slack) throw new Error('not the playground');
  slack = running.slack;
}

beforeEach(async () => {
  dataDir = await demoFolder();
  await open();
});

afterEach(async () => {
  await running.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const bots = (channelId: string, as = ANA) =>
  slack.messages(channelId, { as }).filter(({ userId }) => userId === 'U0INKWELL');
const said = (message: Message | undefined) => JSON.stringify([message?.text, message?.blocks]);
const imagesOf = (message: Message) => message.blocks.filter(({ type }) => type === 'image');
const command = async (as: string, text: string, channelId = NORTHWIND) =>
  expect(await slack.as(as).command('/imagine', text, { channelId })).toEqual({ ok: true });
const image = (count = 1, channelId = NORTHWIND) =>
  slack.until(() => bots(channelId).filter((message) => imagesOf(message).length > 0)[count - 1], 15_000);
const privately = (as: string, channelId = NORTHWIND) =>
  slack.until(() => slack.messages(channelId, { as }).findLast(({ ephemeral }) => ephemeral), 10_000);

describe('the product, from a command to an image', () => {
  test('makes an image, charges the client, and says price and balance where it was asked for', async () => {
    await command(ANA, 'a red fox at dusk');
    const message = await image();
    expect(imagesOf(message)).toHaveLength(1);
    expect(said(message)).toMatch(/a red fox at dusk/);
    expect(said(message)).toMatch(/Northwind Coffee.*\b3\d\d\b/);
    const block = imagesOf(message)[0] as unknown as { slack_file: { id: string } };
    const bytes = slack.fileBytes(block.slack_file.id);
    expect(
      Buffer.from(bytes ?? [])
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    expect(slack.violations).toEqual([]);
  });

  test('keeps everything over a restart', async () => {
    await command(ANA, 'a red fox at dusk');
    await image();
    const used = running.context.book.now().use;
    await running.stop();
    await open();
    expect(running.context.book.now().use.toJS()).toEqual(used.toJS());
    await image();
    await slack.as(ANA).command('/credits', '', { channelId: NORTHWIND });
    expect(said(await privately(ANA))).toMatch(/Northwind Coffee/);
  });

  test('a prompt can neither ping nor link nor disguise', async () => {
    await command(ANA, '<!channel> <https://evil.example|click> *bold* \u202egnp.exe');
    const message = await image();
    const marked =
      JSON.stringify([message.text, message.blocks]).match(/"type":"mrkdwn","text":"(?:[^"\\]|\\.)*"/g) ?? [];
    for (const text of [message.text, ...marked]) expect(text).not.toMatch(/<!channel>|<https:\/\/evil|\*bold\*/);
    expect(said(message)).not.toMatch(/\u202e/);
  });

  test.each([
    ['--n 0', /1 to 10/],
    ['--n 11', /1 to 10/],
    ['--size 1x1', /1024x1024/],
    ['--colour red', /--colour/],
    ['--model dall-e-3', /dall-e-3/],
  ])('“%s” is answered by a sentence that helps, and costs nothing', async (option, helps) => {
    await command(ANA, `a fox ${option}`);
    expect(said(await privately(ANA))).toMatch(helps);
    expect(running.context.book.now().holds.size).toBe(0);
    expect(bots(NORTHWIND).every((message) => imagesOf(message).length === 0)).toBe(true);
  });

  test('the same delivery, replayed, makes one image', async () => {
    await command(ANA, 'a fox');
    const delivery = slack.deliveries.at(-1);
    if (!delivery) throw new Error('nothing was delivered');
    await Promise.all(Array.from({ length: 50 }, () => slack.replay(delivery)));
    await image();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(bots(NORTHWIND)).toHaveLength(1);
  });

  test('a client’s budget is hard: the refusal names limit, use and who can help', async () => {
    await command(ANA, 'a fox --n 10', 'C0MIRA');
    const refusal = said(await privately(ANA, 'C0MIRA'));
    expect(refusal).toMatch(/Mira Skincare/);
    expect(refusal).toMatch(/U0OLIVIA/);
    expect(refusal).toMatch(/"type":"date"/);
  });

  test('a guest and somebody from the client’s company look, and are told so', async () => {
    await command('U0TOM', 'a fox');
    expect(said(await privately('U0TOM'))).toMatch(/U0OLIVIA|owner/i);
    await command('U0GINA', 'a fox', 'C0ATLAS');
    expect(said(await privately('U0GINA', 'C0ATLAS'))).toMatch(/U0OLIVIA|owner/i);
  });

  test('a channel of no client is decided on a card, and works from then on', async () => {
    await command(ANA, 'a beach', 'C0SUMMER');
    expect(said(await privately(ANA, 'C0SUMMER'))).toMatch(/client/);
    const room = slack.directMessage('U0OLIVIA');
    const card = await slack.until(() => slack.messages(room).at(-1), 10_000);
    await slack.as('U0OLIVIA').click({ channelId: room, ts: card.ts }, 'client_card_client', { choice: 'atlas' });
    await slack.until(() => running.context.book.now().channels.get('C0SUMMER') === 'atlas', 10_000);
    await command(ANA, 'a beach', 'C0SUMMER');
    expect(said(await image(1, 'C0SUMMER'))).toMatch(/Atlas Outdoor/);
  });

  test('not being in the channel costs nothing and is said', async () => {
    const credits = () => {
      const use = running.context.book.now().use.get('client:northwind') ?? [];
      return Math.max(...use.map(({ usedCredits, heldCredits }) => usedCredits + heldCredits));
    };
    const before = credits();
    await slack.kick(NORTHWIND);
    await command(ANA, 'a fox');
    await slack.until(
      () => slack.messages(NORTHWIND, { as: ANA }).some((message) => /invite/.test(said(message))),
      10_000,
    );
    await slack.until(() => running.context.book.now().holds.size === 0);
    expect(credits()).toEqual(before);
  });
});

describe('bad days of Slack', () => {
  const days = [
    ['a 429', 'chat.update', { retryAfterS: 1 }],
    ['a 500', 'chat.update', { status: 500 }],
    ['a lost answer', 'chat.update', 'lose_the_answer'],
    ['a 429', 'chat.postMessage', { retryAfterS: 1 }],
    ['a break before the effect', 'chat.postMessage', 'cut_before_effect'],
    ['a 500', 'files.completeUploadExternal', { status: 500 }],
    ['a lost answer', 'upload', 'lose_the_answer'],
  ] as const;
  test.each(someOf(days, 3))('%s of %s ends in one message with the image', async (_name, method, fault) => {
    slack.faults.next(method, fault);
    await command(ANA, 'a fox');
    await image();
    expect(bots(NORTHWIND)).toHaveLength(1);
  });

  test('a lost answer to chat.postMessage may double the announcement, never the image', async () => {
    slack.faults.next('chat.postMessage', 'lose_the_answer');
    await command(ANA, 'a fox');
    await image();
    const messages = bots(NORTHWIND);
    expect(messages.length).toBeLessThanOrEqual(2);
    expect(messages.filter((message) => imagesOf(message).length > 0)).toHaveLength(1);
    expect(running.context.book.now().use.get('client:northwind')?.at(-1)).toMatchObject({
      usedCredits: 6,
      heldCredits: 0,
    });
  });

  test('a channel that Slack does not find costs nothing and is said', async () => {
    slack.faults.next('chat.postMessage', { error: 'channel_not_found' });
    await command(ANA, 'a fox');
    await privately(ANA);
    expect(running.context.book.now().use.get('client:northwind')?.at(-1)).toMatchObject({
      usedCredits: 0,
      heldCredits: 0,
    });
  });
});

describe('starting', () => {
  test('checks the ledger by itself, if last night’s check was slept through', async () => {
    await running.stop();
    const config = readConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' }, 'Europe/London');
    // Minutes pass quickly.
    const after: typeof realClock.after = (ms, happen) => realClock.after(ms === 60_000 ? 50 : ms, happen);
    running = await start(config, { clock: { ...realClock, after }, log: silent });
    const { records, book } = running.context;
    const done = async (at: number) => {
      const tick = new Date(at).toISOString().slice(0, 10);
      return await records.marks.get({ workspace: book.workspace, key: `cron/self-check/${tick}/done` });
    };
    let checked: string | null = null;
    while (checked === null) {
      await realClock.sleep(20);
      checked = (await done(Date.now())) ?? (await done(Date.now() - 86_400_000));
    }
    expect(book.now().stop).toBeNull();
  });

  test('a second Inkwell on the same folder is turned away with a sentence', async () => {
    const config = readConfig({ DATA_DIR: dataDir, PORT: '0' }, 'Europe/London');
    await expect(start(config, { clock: realClock, log: silent })).rejects.toThrow(/Another Inkwell is running on/);
  });

  test('a port that is taken is named, and the folder is free again', async () => {
    const taken = new URL(slack.url).port;
    const elsewhere = mkdtempSync(join(tmpdir(), 'inkwell-'));
    const environment = { DATA_DIR: elsewhere, LOG_LEVEL: 'silent' };
    const onPort = (port: string) =>
      start(readConfig({ ...environment, PORT: port }, 'Europe/London'), { clock: realClock, log: silent });
    await expect(onPort(taken)).rejects.toThrow(/Port \d+ is in use/);
    await (await onPort('0')).stop();
    rmSync(elsewhere, { recursive: true, force: true });
  });

  test('a ledger that was lost is not begun anew in silence', async () => {
    await running.stop();
    for (const file of readdirSync(dataDir)) if (file.startsWith('ledger.sqlite')) rmSync(join(dataDir, file));
    await expect(open()).rejects.toThrow(/ledger\.sqlite was lost/);
    rmSync(dataDir, { recursive: true });
    await open();
  });

  test('Reset on the page starts the agency anew', async () => {
    const { seq } = running.context.book.now();
    await command(ANA, 'a fox');
    await image();
    const reset = await fetch(`${slack.url}/playground/act`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ act: 'reset', as: ANA }),
    });
    expect(await reset.json()).toEqual({ ok: true });
    expect(bots(NORTHWIND)).toEqual([]);
    expect(running.context.book.now().seq).toBeLessThanOrEqual(seq);
    await command(ANA, 'a fox');
    await image();
  });
});
