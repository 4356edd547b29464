import type { Block } from '@slack/types';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chart } from '../../src/slack/kit/chart.ts';
import { contactSheet } from '../../src/slack/kit/contact-sheet.ts';
import { type Message, message } from '../../src/slack/kit/message.ts';
import { callSlack, ONCE } from '../../src/slack/messenger/call-slack.ts';
import { createChannelRateLimit } from '../../src/slack/messenger/channel-rate-limit.ts';
import { createDirectMessages } from '../../src/slack/messenger/direct-messages.ts';
import { createDraw } from '../../src/slack/messenger/draw.ts';
import { createPost } from '../../src/slack/messenger/post.ts';
import { createSendNewer, type SendNewer } from '../../src/slack/messenger/send-newer.ts';
import { createTell } from '../../src/slack/messenger/tell.ts';
import { ANA, NORTHWIND, openQuickSlack, type QuickSlack } from './quick-slack.ts';

const DAY_MS = 86_400_000;
const CHART = 'data_visualization';

let here: QuickSlack;
let sendNewer: SendNewer;
let post: (message: Message) => ReturnType<ReturnType<typeof createPost>>;
beforeAll(async () => {
  here = await openQuickSlack();
});
beforeEach(() => {
  here.slack.faults.clear();
  here.clock.pass(3_600_000);
  here.log.entries.length = 0;
  sendNewer = createSendNewer(here);
  const pace = createChannelRateLimit(here.clock, { everyMs: 1_000 });
  const posting = createPost({ ...here, pace, sendNewer });
  post = (said) => posting({ channelId: NORTHWIND, threadTs: null }, said);
});
afterAll(() => here.slack.close());

const usage = (title = 'Credits') =>
  chart({ title, type: 'bar', categories: ['Mon'], series: [{ name: 'Used', values: [3] }] });
const sheetOf = (fileId: string) => contactSheet([{ fileId, alt: 'A fox', title: 'Autumn' }]);
const digest = (...blocks: Message['blocks']) => message([['Last week.']], ...blocks);
const typesOf = (blocks: readonly Block[] = []) => blocks.map(({ type }) => type).slice(1);

const warned = () => here.log.entries.filter(({ level }) => level === 'warn').map(({ facts }) => facts);

/** The types of blocks in what stands in the channel since, and how many calls it took. */
async function posted(work: () => Promise<unknown>, method = 'chat.postMessage') {
  const [messages, calls] = [here.slack.messages(NORTHWIND).length, here.slack.calls.length];
  const answer = await work();
  const stand = here.slack.messages(NORTHWIND).slice(messages);
  const made = here.slack.calls.slice(calls).filter((call) => call.method === method).length;
  return { answer, stand: stand.map(({ blocks }) => typesOf(blocks)), made };
}

async function uploaded(): Promise<string> {
  const bytes = Buffer.from(PNG, 'base64');
  const { upload_url: url, file_id: id } = await here.client.files.getUploadURLExternal({
    filename: 'fox.png',
    length: bytes.byteLength,
  });
  await fetch(url!, { method: 'POST', body: bytes });
  await here.client.files.completeUploadExternal({ files: [{ id: id! }] });
  return id!;
}

/** One transparent point. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('a post with newer blocks', () => {
  test('shows them where Slack knows them, in one call', async () => {
    const fileId = await uploaded();
    const { stand, made } = await posted(() => post(digest(usage(), sheetOf(fileId))));
    expect([stand, made]).toEqual([[[CHART, 'carousel']], 1]);
    expect(here.slack.violations).toEqual([]);
  });

  test.each([[[CHART]], [['carousel']], [[CHART, 'carousel']]])(
    'is posted once, as text, where Slack knows no %j',
    async (unknown) => {
      here.slack.faults.withoutBlocks(...unknown);
      const { answer, stand, made } = await posted(async () => post(digest(usage(), sheetOf(await uploaded()))));
      expect(answer).toMatchObject({ kind: 'posted' });
      expect([stand, made]).toEqual([[['rich_text', 'rich_text']], 2]);
      expect(warned()).toEqual([{ types: unknown }]);
    },
  );

  test('leaves out at once what was refused within a day, and tries it again after it', async () => {
    here.slack.faults.withoutBlocks(CHART);
    await post(digest(usage()));
    const fileId = await uploaded();
    here.clock.pass(DAY_MS - 60_000);
    const within = await posted(() => post(digest(usage(), sheetOf(fileId))));
    expect([within.stand, within.made]).toEqual([[['rich_text', 'carousel']], 1]);

    here.slack.faults.clear();
    here.clock.pass(60_000);
    const after = await posted(() => post(digest(usage())));
    expect([after.stand, after.made]).toEqual([[[CHART]], 1]);
  });

  test('shows a third chart as text from the first', async () => {
    const { stand, made } = await posted(() => post(digest(usage('A'), usage('B'), usage('C'))));
    expect([stand, made]).toEqual([[[CHART, CHART, 'rich_text']], 1]);
  });

  test('with a picture that is gone is text, and the next one shows pictures', async () => {
    const gone = await posted(() => post(digest(sheetOf('F0GONE'))));
    expect([gone.stand, gone.made]).toEqual([[['rich_text']], 2]);
    const next = await posted(async () => post(digest(sheetOf(await uploaded()))));
    expect([next.stand, next.made]).toEqual([[['carousel']], 1]);
  });

  test('is not tried as text where another block is at fault', async () => {
    const broken = { type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } } as const;
    const { answer, stand, made } = await posted(() => post(digest(usage(), broken)));
    expect(answer).toEqual({ kind: 'unreachable', code: 'invalid_blocks' });
    expect([stand, made]).toEqual([[], 1]);
  });

  test.each([['not_in_channel'], ['msg_too_long'], ['internal_error']])(
    'is not tried as text after %s',
    async (error) => {
      here.slack.faults.next('chat.postMessage', { error }, { error });
      const { stand } = await posted(() => post(digest(usage())));
      expect(stand).toEqual([]);
    },
  );

  test('whose refusal is followed by a lost answer is not posted a third time', async () => {
    here.slack.faults.withoutBlocks(CHART);
    here.slack.faults.next('chat.postMessage', { delayMs: 0 }, 'cut_before_effect', { error: 'not_in_channel' });
    const { stand, made } = await posted(() => post(digest(usage())));
    expect([stand, made]).toEqual([[], 3]);
    expect(warned()).toEqual([]);
  });

  test('is text for a day where Slack says no more than that it refuses', async () => {
    here.slack.faults.next('chat.postMessage', { error: 'invalid_blocks' });
    expect((await posted(() => post(digest(usage())))).stand).toEqual([['rich_text']]);
    expect((await posted(() => post(digest(usage())))).made).toBe(1);
  });
});

describe('the same text stands in', () => {
  test('a redrawn message', async () => {
    const pace = createChannelRateLimit(here.clock, { everyMs: 0 });
    const draw = createDraw({ ...here, pace, sendNewer });
    const first = await post(digest());
    if (first.kind !== 'posted') throw new Error(first.code);
    here.slack.faults.withoutBlocks(CHART);
    const drawing = { message: digest(usage()), withoutPictures: null, version: 1 };
    const drawn = await posted(() => draw(first.place, drawing), 'chat.update');
    expect([drawn.answer, drawn.made]).toEqual([{ kind: 'drawn' }, 2]);
    const shown = here.slack.messages(NORTHWIND).find(({ ts }) => ts === first.place.ts);
    expect(typesOf(shown?.blocks)).toEqual(['rich_text']);
  });

  test('what one person alone is told, where they are and directly', async () => {
    const directMessages = createDirectMessages(here.client, here.clock);
    const tell = createTell({ ...here, fetch, directMessages, sendNewer });
    const sender = { memberId: ANA, channelId: NORTHWIND, threadTs: null, responseUrl: null };
    here.slack.faults.withoutBlocks(CHART);
    expect(await tell(sender, digest(usage()))).toEqual({ kind: 'delivered' });
    const whispered = here.slack.messages(NORTHWIND, { as: ANA }).at(-1);
    expect([whispered?.ephemeral, typesOf(whispered?.blocks)]).toEqual([true, ['rich_text']]);
    await tell({ ...sender, channelId: null }, digest(usage()));
    expect(typesOf(here.slack.messages(here.slack.directMessage(ANA)).at(-1)?.blocks)).toEqual(['rich_text']);
  });

  test('what is answered at a response URL', async () => {
    const directMessages = createDirectMessages(here.client, here.clock);
    const tell = createTell({ ...here, fetch, directMessages, sendNewer });
    await here.slack.as(ANA).command('/credits', '', { channelId: NORTHWIND });
    const responseUrl = new URLSearchParams(here.slack.deliveries.at(-1)?.body).get('response_url');
    here.slack.faults.withoutBlocks(CHART);
    const before = here.slack.messages(NORTHWIND, { as: ANA }).length;
    const told = await posted(
      () => tell({ memberId: ANA, channelId: NORTHWIND, threadTs: null, responseUrl }, digest(usage())),
      'chat.postEphemeral',
    );
    expect([told.answer, told.made]).toEqual([{ kind: 'delivered' }, 0]);
    const heard = here.slack.messages(NORTHWIND, { as: ANA }).slice(before);
    expect(heard.map(({ blocks }) => typesOf(blocks))).toEqual([['rich_text']]);
  });

  test('Home', async () => {
    here.slack.faults.withoutBlocks(CHART);
    const published = await sendNewer(digest(usage()).blocks, (blocks) =>
      callSlack(here.clock, () => here.client.views.publish({ user_id: ANA, view: { type: 'home', blocks } }), ONCE),
    );
    expect([published.ok, typesOf(here.slack.home(ANA)?.blocks)]).toEqual([true, ['rich_text']]);
  });
});
