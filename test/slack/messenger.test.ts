import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { JobView, Messenger } from '../../src/app/messenger.ts';
import { createMessenger } from '../../src/slack/messenger/messenger.ts';
import type { MessagePlace } from '../../src/storage/records/job-step.ts';
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
let jobs = 0;
const newJob = (change: Parameters<typeof jobView>[0] = {}): JobView => jobView({ jobId: `job-${++jobs}`, ...change });
const announced = async (view: JobView = newJob()): Promise<MessagePlace> => {
  const posted = await messenger.announce(view, { in: 'channel' });
  if (posted.kind !== 'posted') throw new Error(JSON.stringify(posted));
  return posted.place;
};
const shown = (place: MessagePlace) => messages(place.channelId).find(({ ts }) => ts === place.ts);
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
    expect(shown(await announced(newJob({ place: { channelId: NORTHWIND, threadId: parent.ts } })))?.threadTs).toBe(
      parent.ts,
    );
    expect(
      shown(await announced(newJob({ place: { channelId: NORTHWIND, threadId: '1.000001' } })))?.threadTs,
    ).toBeNull();
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
      messenger.announce(newJob(), { in: 'channel' }),
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
    expect(await messenger.announce(newJob(), { in: 'channel' })).toEqual({ kind: 'failed', code: 'ratelimited' });
    expect(here.clock.slept).toEqual([]);
  });

  test('whose answer is lost is asked for once more, and not a third time: it stands once', async () => {
    here.slack.faults.next('chat.postMessage', 'lose_the_answer');
    const before = messages().length;
    const asked = newJob();
    const place = await announced(asked);
    expect(messages().length - before).toBe(1);
    expect(await announced(asked)).toEqual(place);
    expect(messages().length - before).toBe(1);

    here.slack.faults.next('chat.postMessage', 'cut_before_effect', 'cut_before_effect', 'cut_before_effect');
    const lost = await counted('chat.postMessage', () => messenger.announce(newJob(), { in: 'channel' }));
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
    expect(JSON.stringify(shown(place)?.blocks)).toContain('They’ll be added here automatically');
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
    expect(here.slack.violations.filter(({ text }) => /a second|too often/.test(text))).toEqual([]);
  });

  test('of a card replaces it', async () => {
    const card = { kind: 'client_card', channelId: 'C0SUMMER', askedBy: ANA, clients: [], decided: null } as const;
    const posted = await messenger.postCard(OLIVIA, card, undefined);
    if (posted.kind !== 'posted') throw new Error(posted.code);
    expect(posted.place.channelId).toBe(here.slack.directMessage(OLIVIA));
    await messenger.redrawCard(posted.place, { ...card, decided: { clientName: 'Atlas' } });
    expect(JSON.stringify(shown(posted.place)?.blocks)).toContain('Atlas');
  });

  test('to somebody whom Slack has deactivated is unreachable', async () => {
    await here.slack.changePerson('U0BEN', { deactivated: true });
    const card = { kind: 'client_card', channelId: 'C1', askedBy: ANA, clients: [], decided: null } as const;
    expect(await messenger.postCard('U0BEN', card, undefined)).toEqual({ kind: 'unreachable', code: 'user_disabled' });
  });
});
