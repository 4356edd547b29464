import { describe, expect, test } from 'vitest';
import { availableModels, cheapest } from '../../src/app/images/available-models.ts';
import { readConfig } from '../../src/config.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import { usageOf } from '../../src/ledger/usage/standings.ts';
import { createImageProviders } from '../../src/start/providers.ts';
import { imageInput } from '../support/image-input.ts';
import { requestImage } from '../support/verbs.ts';
import { ANA, CHANNEL, CLIENT, createWorld, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';

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

let given = 0;
const book = async (world: TestWorld, body: CommandBody, by = OLIVIA) => {
  given += 1;
  const answer = await world.book.submit({ commandId: `free-${given}`, by, ...body });
  expect(answer).toMatchObject({ ok: true });
};

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

  test.each([
    ['an empty budget that refuses', `client:${CLIENT}`, 'refuse', 0],
    ['an empty budget that asks', `client:${CLIENT}`, 'ask', 0],
    ['an agency that is over its limit', 'agency', 'refuse', 0],
    ['a person’s own day', `member:${ANA}`, 'refuse', 0],
  ] as const)('need no budget: %s', async (_, account, over, limitCredits) => {
    const { world, used } = await agency(REAL);
    await book(world, { kind: 'add_member', memberId: ANA, role: 'creator' }, 'inkwell');
    await book(world, { kind: 'set_limit', account, window: 'day', limitCredits, over, rollOverMaxCredits: null });
    const menu = availableModels(world, { by: ANA, channelId: CHANNEL });
    const quote = menu.quote({ options: {}, imagesCount: 4, prompt: 'a fox' });
    expect(quote).toMatchObject({ ok: true, eachCredits: 0, totalCredits: 0 });
    if (!quote.ok) return;
    const wanted = { threadId: null, projectId: null, imagesCount: 4, stage: 'concept' } as const;
    expect(menu.foresee(quote, wanted)).toEqual({ kind: 'made' });
    await requestImage(world, imageInput({ imagesCount: 4 }));
    expect(world.messenger.sheets[0]?.drawn?.job.images.map(({ settled }) => settled?.as)).toEqual(
      Array(4).fill('captured'),
    );
    expect(used()).toMatchObject({ usedCredits: 0, heldCredits: 0 });
  });

  test('take nothing while they are made, and draw on no extra credits', async () => {
    const { world, used } = await agency(REAL);
    await book(world, {
      kind: 'grant',
      account: `client:${CLIENT}`,
      amountCredits: 5,
      expiresAt: null,
      reason: 'For the pitch',
      grantId: 'extra',
    });
    await requestImage(world, imageInput({ imagesCount: 2 }));
    const holds = [...world.book.now().holds.values()];
    expect(used()).toMatchObject({ usedCredits: 0, heldCredits: 0 });
    expect(holds.every(({ amountCredits, draws }) => amountCredits === 0 && draws.length === 0)).toBe(true);
  });

  test('keep to what is no matter of credits: a closed client, and rules', async () => {
    const { world } = await agency(REAL);
    await book(world, { kind: 'close_client', clientId: CLIENT });
    await requestImage(world, imageInput());
    expect(world.messenger.told.at(-1)?.note).toMatchObject({ refusal: { reason: 'client_closed' } });
  });

  test('are free on the calendar’s preview and in the cheapest price too', async () => {
    const { world } = await agency(REAL);
    expect(cheapest(world)).toBe(null);
  });

  test('have prices in the playground, so that limits can be tried', async () => {
    const { world, used } = await agency({});
    await requestImage(world, imageInput());
    expect(used().usedCredits).toBeGreaterThan(0);
  });
});
