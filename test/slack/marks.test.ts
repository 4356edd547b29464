import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/kit/ids.ts';
import { createMemoryJournal } from '../../src/storage/journal/memory.ts';
import { createMemoryRecords } from '../../src/storage/records/memory.ts';
import { ANA, CHANNEL, GINA, MARCUS, OLIVIA, WORKSPACE } from '../support/world.ts';
import { type Processes, startProcesses } from './processes.ts';

/** Marks and stages as people click them: Bolt over signed HTTP, two processes on one store. */

const TOM = 'U0TOM';

let here: Processes;
let message: { channelId: string; ts: string };

beforeAll(async () => {
  const stores = { journal: createMemoryJournal(), records: createMemoryRecords() };
  here = await startProcesses([async () => stores, async () => stores]);
  for (const who of [GINA, TOM]) await here.slack.join(CHANNEL, who);
});
afterAll(async () => {
  await here.stop();
  expect(here.errors).toEqual([]);
});
beforeEach(async () => {
  here.clock.set(here.clock.now() + 3_600_000);
  await here.slack.as(ANA).command('/imagine', 'a red fox --n 2', { channelId: CHANNEL });
  await here.idle();
  const drawn = here.slack.messages(CHANNEL).findLast(({ blocks }) => JSON.stringify(blocks).includes(ACTIONS.again));
  message = { channelId: CHANNEL, ts: drawn?.ts ?? '' };
});

const shown = () => JSON.stringify(here.slack.messages(CHANNEL).find(({ ts }) => ts === message.ts)?.blocks);
const imageId = (imageNo: number) => new RegExp(`"([^" ]+/${imageNo})"`).exec(shown())?.[1] ?? '';
const click = async (who: string, action: string, imageNo = 1) => {
  await here.slack.as(who).click(message, action, { value: imageId(imageNo) });
  await here.idle();
};
const choose = async (who: string, action: string, choice: string) => {
  await here.slack.as(who).click(message, action, { choice });
  await here.idle();
};
const whispers = (who: string) =>
  here.slack.messages(CHANNEL, { as: who }).filter(({ ephemeral, text }) => ephemeral && text !== undefined);
const lines = async () =>
  (await here.all[0]!.world.journal.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 10_000 })).filter(
    ({ kind }) => kind === 'image_marked' || kind === 'stage_set',
  ).length;

describe('the buttons below an image', () => {
  test.each([
    [ACTIONS.keep, `Kept by <@${ANA}> (image 2)`],
    [ACTIONS.final, `Final, marked by <@${ANA}> (image 2)`],
    [ACTIONS.discard, `Discarded by <@${ANA}> (image 2)`],
  ])('%s marks that image of the set alone', async (action, words) => {
    await click(ANA, action, 2);
    expect(shown()).toContain(words);
    expect(shown()).not.toContain('(image 1)');
    expect(here.slack.violations).toEqual([]);
  });

  test('give way to a menu, with which others change the mark and clear it', async () => {
    await click(ANA, ACTIONS.keep);
    const id = /"keep ([^"]+\/2)"|"final ([^"]+\/1)"/.exec(shown())?.[2] ?? '';
    await choose(MARCUS, ACTIONS.mark, `final ${id}`);
    expect(shown()).toContain(`Final, marked by <@${MARCUS}> (image 1)`);
    await choose(ANA, ACTIONS.mark, `clear ${id}`);
    expect(shown()).not.toContain('(image 1)');
    expect(here.slack.violations).toEqual([]);
  });

  test.each([GINA, TOM])('answer %s, who may not mark, with a private sentence and nothing else', async (who) => {
    const [before, linesBefore] = [whispers(who).length, await lines()];
    await click(who, ACTIONS.keep);
    expect(whispers(who)).toHaveLength(before + 1);
    expect(whispers(who).at(-1)?.text).toMatch(/viewer|not set up|n’t allowed|no role/);
    expect(await lines()).toBe(linesBefore);
    expect(shown()).not.toContain('Kept by');
  });

  test('are one effect for ten clicks of two people on two processes, and the message shows the last', async () => {
    const before = await lines();
    await here.slack.as(ANA).click(message, ACTIONS.keep, { value: imageId(1) });
    const body = here.slack.deliveries.at(-1)?.body ?? '';
    await here.idle();
    const sent = Array.from({ length: 10 }, (_, index) => {
      const payload = JSON.parse(new URLSearchParams(body).get('payload') ?? '');
      delete payload.response_url;
      payload.user.id = index % 2 === 0 ? ANA : MARCUS;
      payload.actions[0].action_ts = `${Date.now()}.${index}`;
      return here.send(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), index % 2);
    });
    expect(await Promise.all(sent)).toEqual(Array(10).fill(200));
    await here.idle();
    expect(await lines()).toBe(before + 1);
    expect(shown()).toContain(`Kept by <@${ANA}> (image 1)`);
  });
});

describe('a reaction to the message', () => {
  const react = async (who: string, name: string) => {
    expect(await here.slack.as(who).react(message, name)).toEqual({ ok: true });
    await here.idle();
  };
  const unreact = async (who: string, name: string) => {
    expect(await here.slack.as(who).unreact(message, name)).toEqual({ ok: true });
    await here.idle();
  };

  test.each([
    ['star', 'Kept by'],
    ['trophy', 'Final, marked by'],
    ['wastebasket', 'Discarded by'],
  ])('%s marks all of the set, and takes its mark away when it goes', async (name, words) => {
    await react(ANA, name);
    for (const no of [1, 2]) expect(shown()).toContain(`${words} <@${ANA}> (image ${no})`);
    await unreact(ANA, name);
    expect(shown()).not.toContain(words);
    expect(here.slack.violations).toEqual([]);
  });

  test('that goes leaves the marks of others, of other reactions and of clicks', async () => {
    await click(MARCUS, ACTIONS.keep, 1);
    await react(ANA, 'star');
    await unreact(ANA, 'star');
    expect(shown()).toContain(`Kept by <@${MARCUS}> (image 1)`);
    expect(shown()).not.toContain('(image 2)');
    await react(ANA, 'star');
    await react(ANA, 'trophy');
    await unreact(ANA, 'star');
    expect(shown()).toContain(`Final, marked by <@${ANA}> (image 2)`);
    await react(MARCUS, 'wastebasket');
    await unreact(ANA, 'trophy');
    expect(shown()).toContain(`Discarded by <@${MARCUS}> (image 2)`);
  });

  test.each(['tada', 'star2'])('with %s says nothing', async (name) => {
    const before = await lines();
    await react(ANA, name);
    expect(await lines()).toBe(before);
  });

  test('of a person who may not mark is answered once', async () => {
    const before = whispers(GINA).length;
    await react(GINA, 'star');
    await react(GINA, 'trophy');
    expect(whispers(GINA)).toHaveLength(before + 1);
    expect(whispers(GINA).at(-1)?.text).toMatch(/viewer/);
    expect(shown()).not.toContain('(image 1)');
  });

  test('that Slack delivers again is one, also to another process', async () => {
    await react(ANA, 'star');
    const body = here.slack.deliveries.at(-1)?.body ?? '';
    await unreact(ANA, 'star');
    for (const to of [0, 1]) {
      const headers = { 'content-type': 'application/json', ...here.slack.sign(body) };
      expect((await fetch(here.all[to]!.url, { method: 'POST', body, headers })).status).toBe(200);
    }
    await here.idle();
    expect(shown()).not.toContain('Kept by');
  });

  test('marks as owners have set it, and nothing where they turned it off', async () => {
    const { book } = here.all[0]!.world;
    const set = (value: { keep: string; final: string; discard: string } | null, commandId: string) =>
      book.submit({ commandId, by: OLIVIA, kind: 'set_policy', policy: { name: 'reactions', value } });
    await set({ keep: 'heart', final: 'trophy', discard: 'x' }, 'hearts');
    await react(ANA, 'star');
    expect(shown()).not.toContain('Kept by');
    await react(ANA, 'heart');
    expect(shown()).toContain(`Kept by <@${ANA}> (image 1)`);
    await set(null, 'off');
    await react(ANA, 'trophy');
    expect(shown()).not.toContain('Final, marked');
    for (const [index, wrong] of [
      { keep: 'a b', final: 'b', discard: 'c' },
      { keep: 'b', final: 'b', discard: 'c' },
    ].entries()) {
      expect(await set(wrong, `wrong-${index}`)).toMatchObject({ refusal: { reason: 'invalid' } });
    }
    await set({ keep: 'star', final: 'trophy', discard: 'wastebasket' }, 'back');
  });
});

describe('the menu of stages', () => {
  test.each(['iteration', 'final'] as const)('corrects the set to %s', async (stage) => {
    const value = /"iteration ([^"]+)"/.exec(shown())?.[1] ?? '';
    await choose(MARCUS, ACTIONS.stage, `${stage} ${value}`);
    expect(shown()).toContain(`Stage: ${stage} (now)`);
    expect(here.slack.violations).toEqual([]);
  });
});
