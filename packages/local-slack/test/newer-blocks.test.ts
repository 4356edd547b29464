import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { long, many } from './block-builders.ts';
import {
  card,
  carousel,
  chart,
  letters,
  picture,
  pie,
  points,
  series,
  table,
  withSeries,
  words,
} from './newer-blocks.ts';
import { REFUSED_NEWER } from './refused-newer-blocks.ts';
import {
  ANA,
  ATLAS,
  button,
  errorOf,
  modalView,
  plain,
  problemsOf,
  type StartedWithBot,
  startWithBot,
  triggerOf,
} from './support.ts';

let started: StartedWithBot;
const heard: { block_id?: string; action_id?: string }[] = [];
beforeAll(async () => {
  started = await startWithBot(
    (app) =>
      app.action(/.*/, async ({ ack, action }) => {
        heard.push(action as { block_id?: string });
        await ack();
      }),
    { rateLimits: 'off' },
  );
});
afterEach(() => started.slack.faults.clear());
afterAll(() => started.stop());

const post = (blocks: object[]) =>
  problemsOf(started.client.apiCall('chat.postMessage', { channel: ATLAS, text: 'x', blocks }));
const publish = (blocks: object[]) =>
  problemsOf(started.client.apiCall('views.publish', { user_id: ANA, view: { type: 'home', blocks } }));

describe('a message takes', () => {
  const TAKEN: [name: string, blocks: object[]][] = [
    ['a line, an area and bars', [chart({ type: 'line' }), chart({ type: 'area' })]],
    ['a pie of six', [pie(...points(letters(6)))]],
    [
      'six series of twenty days, below zero too',
      [
        chart(
          { series: many(6, (at) => ({ name: `S${at}`, data: points(letters(20), -5.5) })) },
          { categories: letters(20) },
        ),
      ],
    ],
    ['points in another order than the categories', [withSeries(series('Used', ['Tue', 'Mon']))]],
    [
      'names as long as Slack takes them',
      [
        {
          ...chart(
            { series: [series(long(20), [long(20)])] },
            { categories: [long(20)], x_label: long(50), y_label: long(50) },
          ),
          title: long(50),
        },
      ],
    ],
    [
      'a card with all it can have',
      [
        card({
          icon: picture,
          subtitle: plain(long(150)),
          body: plain(long(200)),
          subtext: plain(long(200)),
          actions: many(3, (at) => button(`b${at}`, 'x')),
        }),
      ],
    ],
    ['ten cards side by side', [carousel(...many(10, () => card()))]],
    [
      'one action id in several cards',
      [carousel(card({ actions: [button('a', 'x')] }), card({ actions: [button('a', 'x')] }))],
    ],
    ['a data table of a hundred rows', [table({ rows: many(101, () => [words('x')]), page_size: 100 })]],
  ];
  test.each(TAKEN)('%s', async (_, blocks) => {
    expect(await post(blocks)).toEqual([]);
  });
});

describe('a message is refused for', () => {
  test.each(REFUSED_NEWER)('%s', async (_, blocks, problem, at) => {
    const said = `${problem} [json-pointer:/blocks${at}]`;
    expect(await post(blocks)).toEqual([`[ERROR] ${said}`]);
    expect(started.slack.violations.at(-1)?.text).toBe(`chat.postMessage → invalid_blocks · [ERROR] ${said}`);
  });
});

describe('beyond messages', () => {
  test('Home takes charts and cards, and no more than two charts', async () => {
    expect(await publish([chart(), pie(...points(['a'])), carousel(card())])).toEqual([]);
    expect(await publish([chart(), chart(), chart()])).toEqual([
      '[ERROR] no more than 2 data_visualization blocks allowed [json-pointer:/view/blocks/2]',
    ]);
    expect(await publish([table()])).toEqual([
      '[ERROR] unsupported type: data_table [json-pointer:/view/blocks/0/type]',
    ]);
  });

  test.each([chart(), card(), carousel(card()), table()])('no modal takes $type', async (block) => {
    const view = { ...modalView(), blocks: [block] };
    const trigger = await triggerOf(started);
    expect(await problemsOf(started.client.apiCall('views.open', { trigger_id: trigger, view }))).toEqual([
      `[ERROR] unsupported type: ${block.type} [json-pointer:/view/blocks/0/type]`,
    ]);
  });
});

describe('a button of a card', () => {
  const postCards = async (...cards: object[]) => {
    const args = { channel: ATLAS, text: 'x', blocks: [carousel(...cards)] };
    await started.client.apiCall('chat.postMessage', args);
    return started.slack.messages(ATLAS).at(-1)!.ts;
  };

  test('is clicked under the id of its card', async () => {
    const cards = ['fox', 'owl'].map((name) => card({ block_id: name, actions: [button('keep', 'Keep', name)] }));
    const where = { channelId: ATLAS, ts: await postCards(...cards) };
    await started.slack.as('U0OLIVIA').click(where, 'keep', { value: 'owl' });
    expect(heard.at(-1)).toMatchObject({ block_id: 'owl', action_id: 'keep', value: 'owl' });
  });

  test('and its card get ids where the app gave none', async () => {
    const ts = await postCards(card({ actions: [{ ...button('x', 'Keep'), action_id: undefined }] }));
    const shown = started.slack.messages(ATLAS).find((message) => message.ts === ts);
    expect(shown?.blocks).toMatchObject([
      {
        elements: [
          { block_id: expect.stringMatching(/^.{5}$/), actions: [{ action_id: expect.stringMatching(/^.{5}$/) }] },
        ],
      },
    ]);
  });
});

describe('a workspace that lacks a type of block', () => {
  const said = 'unsupported type: data_visualization';

  test('refuses it everywhere, and takes the others, until it has it', async () => {
    started.slack.faults.withoutBlocks('data_visualization');
    expect(await post([chart(), carousel(card())])).toEqual([`[ERROR] ${said} [json-pointer:/blocks/0/type]`]);
    expect(await publish([chart()])).toEqual([`[ERROR] ${said} [json-pointer:/view/blocks/0/type]`]);
    expect(await post([carousel(card())])).toEqual([]);
    started.slack.faults.clear();
    expect(await post([chart()])).toEqual([]);
  });

  test('does not hold it against the app', async () => {
    const before = started.slack.violations.length;
    started.slack.faults.withoutBlocks('carousel', 'card');
    const call = started.client.apiCall('chat.postMessage', { channel: ATLAS, text: 'x', blocks: [card()] });
    expect(await errorOf(call)).toBe('invalid_blocks');
    expect(started.slack.violations.length).toBe(before);
  });
});
