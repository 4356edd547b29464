import { beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app/app.ts';
import { home } from '../../src/slack/home/home.ts';
import { FIRST_PAGES } from '../../src/slack/kit/home-metadata.ts';
import { wordsIn } from '../slack/home-views.ts';
import { imageInput } from '../support/image-input.ts';
import { requestImage } from '../support/verbs.ts';
import { ANA, BEN, CHANNEL, createWorld, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';

const DAY = 86_400_000;

let world: TestWorld;
let count = 0;
beforeEach(async () => {
  world = await createWorld();
  await openAgency(world, { monthCredits: 100_000 });
  for (const memberId of [ANA, BEN]) {
    await world.book.submit({
      commandId: `add-${memberId}`,
      by: OLIVIA,
      kind: 'add_member',
      memberId,
      role: 'creator',
    });
  }
});

/** One thread in which the same is asked for again and again. */
async function rerolls(by: string, quality: string): Promise<void> {
  const place = { channelId: CHANNEL, threadId: `${++count}.1` };
  for (let time = 0; time < 4; time += 1) {
    const deliveryId = `job-${++count}`;
    await requestImage(
      world,
      imageInput({ deliveryId, by, imagesCount: 1, options: { model: 'sketch', quality }, place }),
    );
    world.clock.set(world.clock.now() + 60_000);
  }
}

const look = async (by: string) => {
  const view = await createApp(world).showHome({ by, overview: true });
  const { blocks } = home(view, { notices: [], pages: FIRST_PAGES, pictures: false });
  return { tips: view.own.tips, words: wordsIn(blocks) };
};

describe('tips in Home', () => {
  test('come from the person’s own days that are over, and from no one else’s', async () => {
    for (let thread = 0; thread < 4; thread += 1) await rerolls(ANA, 'fine');
    expect((await look(ANA)).tips).toEqual([]);
    world.clock.set(world.clock.now() + DAY);
    const { tips, words } = await look(ANA);
    expect(tips).toContainEqual(expect.objectContaining({ kind: 'rerolls_at_high_quality', count: 4, ofCount: 4 }));
    expect(words).toContain('Tips from your last four weeks');
    expect(words).toContain('In 4 of 4 threads, the same request was repeated at high quality.');
    const bens = await look(BEN);
    expect(bens.tips).toEqual([]);
    expect(bens.words).not.toContain('Tips from');
  });

  test('end a month later, and are looked up once a day', async () => {
    for (let thread = 0; thread < 4; thread += 1) await rerolls(ANA, 'fine');
    world.clock.set(world.clock.now() + DAY);
    const first = await look(ANA);
    const { steps } = world.records.jobs;
    let looked = 0;
    world.records.jobs.steps = (of) => {
      looked += 1;
      return steps.call(world.records.jobs, of);
    };
    const latest = 5;
    expect((await look(ANA)).tips).toBe(first.tips);
    expect(looked).toBeLessThanOrEqual(latest);
    world.clock.set(world.clock.now() + 30 * DAY);
    expect((await look(ANA)).tips).toEqual([]);
  });
});
