import { beforeEach, describe, expect, test } from 'vitest';
import { ClaimedJob, loadJob } from '../../src/app/images/job-lease.ts';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import type { ImageOutcome } from '../../src/images/image-provider.ts';
import { ACTIONS } from '../../src/slack/kit/ids.ts';
import { ANA, BEN, CHANNEL, CLIENT, DONE, MARCUS, OLIVIA, WORKSPACE } from '../support/world.ts';
import { wordsIn } from './home-views.ts';
import { twoProcesses } from './two-processes.ts';

const { here, world, give, lines, ...people } = twoProcesses();
beforeEach(async () => {
  await give({ kind: 'add_member', memberId: ANA, role: 'creator' });
  await give({ kind: 'add_member', memberId: BEN, role: 'creator' });
});
const counts = async () => {
  const kinds = (await lines()).map(({ kind }) => kind);
  const of = (wanted: string) => kinds.filter((kind) => kind === wanted).length;
  return { held: of('held'), captured: of('captured'), voided: of('voided'), slipped: of('slipped') };
};
const message = () => here.slack.messages(CHANNEL).findLast(({ ephemeral }) => !ephemeral)!;
const words = () => `${message().text}\n${wordsIn(message().blocks)}`;
const whisper = (as = ANA) => people.whispers(as).at(-1)!;
const labels = (of: { blocks: readonly unknown[] }) =>
  (of.blocks as { type: string; elements: { text?: { text: string } }[] }[]).flatMap(({ type, elements }) =>
    type === 'actions' ? elements.flatMap(({ text }) => text?.text ?? []) : [],
  );
const click = async (action: string, { as = ANA, ts = message().ts } = {}) => {
  here.clock.set(here.clock.now() + 10_000);
  await here.slack.as(as).click({ channelId: CHANNEL, ts }, action);
};
/** Asks for images, and comes back once they are announced: what is sent waits for `arrive`. */
const ask = async (text: string) => {
  const before = here.slack.messages(CHANNEL).length;
  void here.slack.as(ANA).command('/imagine', text, { channelId: CHANNEL });
  await here.slack.until(() => (here.slack.messages(CHANNEL).length > before ? true : null));
};

/** No image is sent while the queue stands still; what was sent arrives when it is let go. */
const stopQueue = () => world().imageQueue.pause();
const goOn = async () => {
  world().imageQueue.start();
  await here.idle();
};
const slowly = () => {
  const arrive: (() => void)[] = [];
  world().maker.make = async (): Promise<ImageOutcome> => {
    await new Promise<void>((resolve) => void arrive.push(resolve));
    return { ...DONE, bytes: PNG } as ImageOutcome;
  };
  return arrive;
};

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('Cancel', () => {
  test.each([1, 4])('takes back %i images that wait, and returns their credits', async (count) => {
    stopQueue();
    await ask(`a fox --n ${count}`);
    expect(labels(message())).toEqual(['Cancel']);
    await click(ACTIONS.cancel);
    await here.slack.until(() => (words().includes('canceled') ? true : null));
    await goOn();
    expect(await counts()).toEqual({ held: 1, captured: 0, voided: count, slipped: 0 });
    expect(world().book.now().holds.size).toBe(0);
    expect(words()).toContain('canceled before');
    expect(labels(message())).toContain(`Again · ${4 * count} credits`);
    expect(here.slack.messages(here.slack.directMessage(ANA), { as: ANA })).toEqual([]);
  });

  test('is not there where nothing has to wait, and goes once what waited is sent', async () => {
    const arrive = slowly();
    await ask('a fox');
    expect(labels(message())).toEqual([]);
    stopQueue();
    await ask('an owl --n 2');
    expect(labels(message())).toEqual(['Cancel']);
    world().imageQueue.start();
    await here.slack.until(() => (labels(message()).length === 0 ? true : null));
    expect(arrive).toHaveLength(3);
    for (const each of arrive) each();
    await here.idle();
    expect(await counts()).toEqual({ held: 2, captured: 3, voided: 0, slipped: 0 });
  });

  test.each([1, 2])('goes when %i images that a busy service sent away are sent by the sweeper', async (count) => {
    const busy = { kind: 'transient', detail: 'busy', retryAfterMs: 90_000, isNamed: true } as const;
    world().maker.make = async (): Promise<ImageOutcome> => busy;
    await ask('a fox');
    await here.idle();
    await ask(`an owl --n ${count}`);
    await here.idle();
    expect(labels(message())).toEqual(['Cancel']);
    expect(words()).toContain('busy');
    const arrive = slowly();
    here.clock.set(here.clock.now() + 91_000);
    const swept = recoverJobs(world(), { alone: true });
    await here.slack.until(() => (arrive.length === 1 + count ? true : null));
    await here.slack.until(() => (words().includes('busy') ? null : true));
    expect(labels(message())).toEqual([]);
    for (const each of arrive) each();
    await swept;
    expect(await counts()).toEqual({ held: 2, captured: 1 + count, voided: 0, slipped: 0 });
  });

  test('is taken away by a drawing that never replaces the images, however long that takes', async () => {
    const { imageQueue, records } = world();
    const { get } = records.prompts;
    stopQueue();
    await ask('a fox');
    const goAhead: (() => void)[] = [];
    records.prompts.get = async (query) => {
      records.prompts.get = get;
      await new Promise<void>((resolve) => void goAhead.push(resolve));
      return await get(query);
    };
    world().maker.make = async () => ({ ...DONE, bytes: PNG }) as ImageOutcome;
    imageQueue.start();
    for (let turns = 0; turns < 100 && !words().includes('ready'); turns += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(await counts()).toMatchObject({ captured: 1 });
    const redrawn = () => here.slack.calls.filter(({ method }) => method === 'chat.update').length;
    for (const each of goAhead) each();
    await here.slack.until(() => (redrawn() >= 2 ? true : null));
    await here.idle();
    expect(words()).toContain('ready');
    expect(labels(message())).toContain('Again · 4 credits');
  });

  test('says that it is too late once one was sent, and makes them', async () => {
    const arrive = slowly();
    stopQueue();
    await ask('a fox --n 2');
    await click(ACTIONS.cancel, { as: BEN });
    const ofBen = new URLSearchParams(here.slack.deliveries.at(-1)!.body).get('payload') ?? '';
    await here.slack.until(() => (whisper(BEN)?.text.includes('can cancel this') ? true : null));
    world().imageQueue.start();
    await here.slack.until(() => (labels(message()).length === 0 ? true : null));
    const { trigger_id: _, response_url: __, ...clicked } = JSON.parse(ofBen);
    const late = JSON.stringify({ ...clicked, user: { ...clicked.user, id: ANA }, trigger_id: '1.1.late' });
    await here.send(new URLSearchParams({ payload: late }).toString(), 0);
    await here.slack.until(() => (whisper()?.text.includes('too late') ? true : null));
    for (const each of arrive) each();
    await here.idle();
    expect(await counts()).toEqual({ held: 1, captured: 2, voided: 0, slipped: 0 });
  });

  test.each([
    [BEN, false],
    [MARCUS, true],
    [OLIVIA, true],
  ])('of %s, who did not ask, works: %s', async (as, works) => {
    stopQueue();
    await ask('a fox');
    await click(ACTIONS.cancel, { as });
    if (works) await here.slack.until(() => (words().includes('canceled') ? true : null));
    else await here.slack.until(() => (whisper(as)?.text.includes('can cancel this') ? true : null));
    await goOn();
    expect(await counts()).toMatchObject(works ? { captured: 0, voided: 1 } : { captured: 1, voided: 0 });
    const told = here.slack.messages(here.slack.directMessage(ANA), { as: ANA }).map(({ text }) => text);
    expect(told.some((text) => text.includes('canceled before it started'))).toBe(works);
  });

  test('twice, at two processes at once, ends it once', async () => {
    stopQueue();
    await ask('a fox --n 3');
    await click(ACTIONS.cancel);
    const { body } = here.slack.deliveries.at(-1)!;
    await here.send(body, 1);
    await here.slack.until(() => (words().includes('canceled') ? true : null));
    await goOn();
    await recoverJobs(world(1), { alone: false });
    expect(await counts()).toEqual({ held: 1, captured: 0, voided: 3, slipped: 0 });
    await here.send(body.replace(/trigger_id/, 'old_trigger_id'), 0);
    await here.idle();
    expect(await counts()).toMatchObject({ voided: 3 });
  });

  test('by another process than the one at work, whose image then is not sent', async () => {
    stopQueue();
    let sent = 0;
    world().maker.make = async () => {
      sent += 1;
      return { ...DONE, bytes: PNG } as ImageOutcome;
    };
    await ask('a fox');
    here.slack.deliverTo(here.all[1]!.url);
    await click(ACTIONS.cancel);
    await here.slack.until(() => (words().includes('canceled') ? true : null));
    await goOn();
    expect(sent).toBe(0);
    expect(await counts()).toMatchObject({ captured: 0, voided: 1 });
  });

  test('cut off after its first step, it is finished by the sweeper', async () => {
    stopQueue();
    await ask('a fox --n 2');
    const [jobId = ''] = await world().records.jobs.latest({ workspace: WORKSPACE, memberId: ANA, jobsMax: 1 });
    const run = ClaimedJob.of(world(1), (await loadJob(world(1), jobId))!);
    for (const imageNo of [1, 2]) {
      await run.write({ kind: 'answered', imageNo, outcome: { kind: 'withdrawn', detail: 'canceled' } });
    }
    await goOn();
    here.clock.set(here.clock.now() + 3 * 3_600_000);
    await recoverJobs(world(1), { alone: true });
    expect(await counts()).toEqual({ held: 1, captured: 0, voided: 2, slipped: 0 });
    expect(words()).toContain('canceled before they started');
  });

  test('after it has ended says so', async () => {
    stopQueue();
    await ask('a fox');
    const { ts } = message();
    await click(ACTIONS.cancel);
    const { body } = here.slack.deliveries.at(-1)!;
    await here.slack.until(() => (words().includes('canceled') ? true : null));
    await goOn();
    expect(labels(message())).not.toContain('Cancel');
    await here.send(body, 0);
    await here.idle();
    expect(message().ts).toBe(ts);
    expect(whisper().text).toContain('nothing left to cancel');
  });
});

describe('how long it usually takes', () => {
  const makeIn = async (seconds: readonly number[], text: string) => {
    for (const each of seconds) {
      const arrive = slowly();
      await ask(text);
      await here.slack.until(() => (arrive.length === 1 ? true : null));
      here.clock.set(here.clock.now() + each * 1_000);
      arrive[0]!();
      await here.idle();
    }
  };
  const saidWhileMade = async (text: string) => {
    stopQueue();
    world().maker.make = async () => ({ ...DONE, bytes: PNG }) as ImageOutcome;
    await ask(text);
    const said = words();
    await goOn();
    return said;
  };

  test.each([
    [[10, 20, 90], 'usually takes about 20 seconds'],
    [[3, 2, 4, 100], 'usually takes a few seconds'],
    [[50, 62, 70], 'usually takes about a minute'],
    [[170, 200, 190], 'usually takes about 3 minutes'],
  ])('the median of %j is said', async (seconds, sentence) => {
    await makeIn(seconds, 'a fox');
    expect(await saidWhileMade('another fox')).toContain(sentence);
  });

  test('nothing is said of fewer than three, nor of another quality', async () => {
    await makeIn([20, 20], 'a fox');
    expect(await saidWhileMade('another fox')).not.toContain('usually');
    await makeIn([20], 'a fox');
    expect(await saidWhileMade('a fox --quality fine')).not.toContain('usually');
  });

  test('a process that starts later knows it from the records', async () => {
    await makeIn([20, 30, 40], 'a fox');
    const later = await startLater();
    expect(later).toContain('usually takes about 30 seconds');
  });

  const startLater = async () => {
    here.slack.deliverTo(here.all[1]!.url);
    world(1).imageQueue.pause();
    await ask('another fox');
    const said = words();
    world(1).imageQueue.start();
    await here.idle();
    return said;
  };
});

describe('Again', () => {
  test('carries its price, and asks where it rose', async () => {
    await ask('a fox --n 2 --quality fine');
    await here.idle();
    expect(labels(message())).toContain('Again · 16 credits');
    await give({ kind: 'set_policy', policy: { name: 'markupBasisPoints', value: 15_000 } });
    await click(ACTIONS.again);
    await here.idle();
    expect(await counts()).toMatchObject({ held: 1 });
    expect(whisper().text).toContain('This now costs 24 credits');
    expect(labels(whisper())).toEqual(['Again · 24 credits']);
    await click(ACTIONS.again, { ts: whisper().ts });
    await here.idle();
    expect(await counts()).toMatchObject({ held: 2, captured: 4 });
    expect(labels(message())).toContain('Again · 24 credits');
  });

  test('goes on where it became cheaper, and is refused with its ways out where a limit is in the way', async () => {
    await ask('a fox --n 3');
    await here.idle();
    const limit = { account: `client:${CLIENT}`, window: 'month', over: 'refuse', rollOverMaxCredits: null } as const;
    await give({ kind: 'set_limit', ...limit, limitCredits: 20 });
    await click(ACTIONS.again);
    await here.idle();
    expect(labels(whisper())).toEqual(['Make 2 for 8 credits', 'Make 3 in draft for 6 credits', 'Ask olivia']);
    await give({ kind: 'set_policy', policy: { name: 'creditValueMicroUsd', value: 20_000 } });
    await click(ACTIONS.again);
    await here.idle();
    expect(await counts()).toMatchObject({ held: 2 });
  });
});
