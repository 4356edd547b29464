import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { usageOf } from '../../src/ledger/usage/standings.ts';
import { createImageProviders } from '../../src/start/providers.ts';
import { imageInput } from '../support/image-input.ts';
import { requestImage } from '../support/verbs.ts';
import { CLIENT, createWorld, openAgency } from '../support/world.ts';

const REAL = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', INKWELL_OWNER_ID: 'U012AB3CD', SKETCH: 'on' };
const paper = { info: () => {}, warn: () => {}, error: () => {} };

/** The use cases with the rate card that a start with these variables has. */
async function agency(environment: Record<string, string>) {
  const world = await createWorld();
  await openAgency(world);
  const making = createImageProviders(readConfig(environment, 'UTC'), world.clock, paper);
  world.rateCard = making.rateCard;
  world.rateCardOf = making.rateCardOf;
  const used = () => usageOf(world.book.now(), `client:${CLIENT}`, 'total');
  return { world, used };
}

describe('sample images', () => {
  test.each([
    ['the usual', {}],
    ['the dearest', { options: { quality: 'fine', size: '1536x1024' } }],
    ['four of them', { imagesCount: 4 }],
  ])('are free in a real workspace: %s', async (_, asked) => {
    const { world, used } = await agency(REAL);
    await requestImage(world, imageInput(asked));
    const images = world.messenger.sheets[0]?.drawn?.job.images ?? [];
    expect(images.length).toBeGreaterThan(0);
    for (const { settled } of images) expect(settled).toMatchObject({ as: 'captured', credits: 0 });
    expect(used()).toMatchObject({ usedCredits: 0, heldCredits: 0 });
  });

  test('have prices in the playground, so that limits can be tried', async () => {
    const { world, used } = await agency({});
    await requestImage(world, imageInput());
    expect(used().usedCredits).toBeGreaterThan(0);
  });
});
