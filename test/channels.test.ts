import { rmSync } from 'node:fs';
import type { LocalSlack } from '@inkwell/local-slack';
import type { Message } from '@inkwell/local-slack/view.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changeChannelId } from '../src/app/clients/channel-changes.ts';
import type { CommandBody } from '../src/ledger/commands/commands.ts';
import { channelNow } from '../src/ledger/lists/channel-ids.ts';
import { ACTIONS } from '../src/slack/kit/ids.ts';
import type { Running } from '../src/start/start.ts';
import { demoFolder, startDemo } from './support/demo.ts';

/** The whole product over signed HTTP: what Slack does to channels while they are in use. */

const [OLIVIA, MARCUS, BEN] = ['U0OLIVIA', 'U0MARCUS', 'U0BEN'] as const;
const [ATLAS, MIRA, SUMMER] = ['C0ATLAS', 'C0MIRA', 'C0SUMMER'] as const;

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
  expect(slack.violations).toEqual([]);
  await running.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const state = () => running.context.book.now();
const said = (message: Message | undefined) => JSON.stringify([message?.text, message?.blocks]);
let wishes = 0;
const given = async (wish: CommandBody) => {
  wishes += 1;
  expect(await running.context.book.submit({ commandId: `given-${wishes}`, by: OLIVIA, ...wish })).toMatchObject({
    ok: true,
  });
};
const type = async (by: string, text: string, channelId: string) =>
  expect(await slack.as(by).command('/imagine', text, { channelId })).toEqual({ ok: true });
const finished = (channelId: string, prompt: string) =>
  slack.until(
    () =>
      slack
        .messages(channelId)
        .find((message) => said(message).includes(prompt) && message.blocks.some(({ type }) => type === 'image')),
    15_000,
  );
const whispered = (as: string, channelId: string, words: RegExp) =>
  slack.until(
    () => slack.messages(channelId, { as }).find((message) => message.ephemeral && words.test(said(message))),
    10_000,
  );

describe('a channel that gets another id', () => {
  test('keeps its client, its projects and those of its threads, and is found by the ids from before', async () => {
    const clientId = state().channels.get(MIRA) ?? '';
    await given({ kind: 'create_project', projectId: 'serum', clientId, name: 'Serum', dueAt: null, stage: 'concept' });
    await given({
      kind: 'create_project',
      projectId: 'teaser',
      clientId,
      name: 'Teaser',
      dueAt: null,
      stage: 'concept',
    });
    await given({ kind: 'bind_project', channelId: MIRA, threadTs: null, projectId: 'serum' });
    await given({ kind: 'bind_project', channelId: MIRA, threadTs: '1.000001', projectId: 'teaser' });
    await given({ kind: 'set_approvals_channel', clientId, channelId: MIRA });

    const once = await slack.changeChannelId(MIRA);
    const twice = await slack.changeChannelId(once);
    await slack.until(() => state().channels.get(twice) === clientId);
    expect(state().channels.has(MIRA)).toBe(false);
    expect(state().clients.get(clientId)?.approvalsChannelId).toBe(twice);
    expect(state().places.toJS()).toMatchObject({ [twice]: 'serum', [`${twice} 1.000001`]: 'teaser' });
    expect([...state().places.keys()].filter((key) => key.startsWith(MIRA))).toEqual([]);

    await type(BEN, 'a jar in moonlight', twice);
    await finished(twice, 'a jar in moonlight');
    // A form that was opened before names the channel as it was called then.
    await given({ kind: 'bind_project', channelId: MIRA, threadTs: null, projectId: 'teaser' });
    expect(state().places.get(twice)).toBe('teaser');
  });

  test('gets the images that were in progress, and their buttons work there', async () => {
    await type(BEN, 'a fox in a storm', ATLAS);
    await slack.until(
      () => slack.messages(ATLAS).some((message) => said(message).includes('a fox in a storm')),
      10_000,
    );
    const moved = await slack.changeChannelId(ATLAS);
    const message = await finished(moved, 'a fox in a storm');
    expect(said(message)).not.toContain(ATLAS);
    await slack.as(BEN).click({ channelId: moved, ts: message.ts }, ACTIONS.again);
    await slack.until(
      () =>
        slack.messages(moved).filter((each) => each.ts !== message.ts && said(each).includes('a fox in a storm'))[0],
      15_000,
    );
  });

  test('keeps its open requests: approved there, the prompt runs there', async () => {
    await type(BEN, 'a ridge at dawn --n 3', ATLAS);
    const asked = await slack.until(
      () => [...state().requests.values()].find(({ channelId, end }) => channelId === ATLAS && end === null),
      10_000,
    );
    const moved = await slack.changeChannelId(ATLAS);
    await slack.until(() => state().requests.get(asked.requestId)?.channelId === moved);
    const own = slack.directMessage(MARCUS);
    const card = await slack.until(
      () => slack.messages(own).find((message) => said(message).includes(asked.requestId)),
      10_000,
    );
    await slack.as(MARCUS).click({ channelId: own, ts: card.ts }, ACTIONS.requestApprove);
    const message = await finished(moved, 'a ridge at dawn');
    expect(said(message)).not.toContain(ATLAS);
    await slack.until(() => said(slack.messages(own).find(({ ts }) => ts === card.ts)).includes(moved), 10_000);
  });

  test('is meant by links of messages from before', async () => {
    await type(BEN, 'a jar on sand', MIRA);
    const message = await finished(MIRA, 'a jar on sand');
    const clientId = state().channels.get(MIRA) ?? '';
    await given({ kind: 'create_project', projectId: 'serum', clientId, name: 'Serum', dueAt: null, stage: 'final' });
    const twice = await slack.changeChannelId(await slack.changeChannelId(MIRA));
    await slack.until(() => state().channels.get(twice) === clientId);
    const link = (channelId: string) =>
      `https://juniper.slack.com/archives/${channelId}/p${message.ts.replace('.', '')}`;

    await slack.as(OLIVIA).command('/credits', `project Serum ${link(MIRA)}`, { channelId: twice });
    await whispered(OLIVIA, twice, /in this thread now count toward .*Serum/);
    expect(state().places.get(`${twice} ${message.ts}`)).toBe('serum');
    await type(BEN, `a jar in moss --thread ${link(MIRA)}`, twice);
    const made = await finished(twice, 'a jar in moss');
    expect(made.threadTs).toBe(message.ts);

    await type(BEN, `a jar in snow --thread ${link(ATLAS)}`, twice);
    await whispered(BEN, twice, /is in another channel/);
  });

  test('before it has a client: who asked there is told under the new id', async () => {
    await type(BEN, 'a beach', SUMMER);
    await whispered(BEN, SUMMER, /client/);
    const moved = await slack.changeChannelId(SUMMER);
    await slack.until(() => state().channelIds.get(SUMMER) === moved);
    const own = slack.directMessage(OLIVIA);
    const card = await slack.until(() => slack.messages(own).find((message) => said(message).includes(SUMMER)), 10_000);
    await slack.as(OLIVIA).click({ channelId: own, ts: card.ts }, ACTIONS.cardNone);
    await slack.until(() => state().channels.get(moved) === null, 10_000);
    await slack.until(() => said(slack.messages(own).find(({ ts }) => ts === card.ts)).includes(moved), 10_000);
    const toBen = slack.directMessage(BEN);
    await slack.until(() => slack.messages(toBen).find((message) => said(message).includes(moved)), 10_000);
  });

  test('is told twice and out of order without harm', async () => {
    const clientId = state().channels.get(MIRA) ?? '';
    const change = (channelId: string, toChannelId: string) =>
      changeChannelId(running.context, { channelId, toChannelId });
    await change('C0ONE', 'C0TWO');
    await change(MIRA, 'C0ONE');
    await change(MIRA, 'C0ONE');
    await change('C0TWO', MIRA);
    expect(state().channels.get('C0TWO')).toBe(clientId);
    expect([MIRA, 'C0ONE'].filter((id) => state().channels.has(id))).toEqual([]);
    expect([MIRA, 'C0ONE', 'C0TWO'].map((id) => channelNow(state(), id))).toEqual(['C0TWO', 'C0TWO', 'C0TWO']);
  });
});

describe('a channel that is archived', () => {
  test('keeps its client; an image that was in progress reaches the person directly, and is charged', async () => {
    const clientId = state().channels.get(ATLAS);
    await type(BEN, 'a tent in the snow', ATLAS);
    await slack.until(
      () => slack.messages(ATLAS).some((message) => said(message).includes('a tent in the snow')),
      10_000,
    );
    await slack.archive(ATLAS);
    const message = await finished(slack.directMessage(BEN), 'a tent in the snow');
    expect(said(message)).toContain('credits');
    expect(state().channels.get(ATLAS)).toBe(clientId);
    await slack.archive(ATLAS, false);
    await type(BEN, 'a stove', ATLAS);
    await finished(ATLAS, 'a stove');
  });
});

describe('a channel that is deleted', () => {
  test('belongs to no client any more, binds no project, and is nobody’s place for approvals', async () => {
    const clientId = state().channels.get(ATLAS) ?? '';
    await given({ kind: 'create_project', projectId: 'p1', clientId, name: 'P 1', dueAt: null, stage: 'concept' });
    await given({ kind: 'bind_project', channelId: ATLAS, threadTs: null, projectId: 'p1' });
    await given({ kind: 'bind_project', channelId: ATLAS, threadTs: '2.000001', projectId: 'p1' });
    await given({ kind: 'set_approvals_channel', clientId, channelId: ATLAS });
    await slack.deleteChannel(ATLAS);
    await slack.until(() => state().channels.get(ATLAS) === null);
    expect([...state().places.keys()].filter((key) => key.startsWith(ATLAS))).toEqual([]);
    expect(state().clients.get(clientId)?.approvalsChannelId).toBeNull();
  });
});

test('a channel that is renamed needs nothing', async () => {
  const before = state();
  await slack.rename(ATLAS, 'atlas-and-friends');
  await type(BEN, 'a kite', ATLAS);
  await finished(ATLAS, 'a kite');
  expect(state().channels.get(ATLAS)).toBe(before.channels.get(ATLAS));
});
