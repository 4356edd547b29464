import { describe, expect, test } from 'vitest';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import { noticeModels } from '../../src/app/troubles/notice-models.ts';
import { noticeSlack } from '../../src/app/troubles/notice-slack.ts';
import type { TroubleCard } from '../../src/app/troubles/trouble.ts';
import type { ImageOutcome } from '../../src/images/image-provider.ts';
import type { ModelList } from '../../src/images/openai/list-models.ts';
import { cardMessage } from '../../src/slack/messenger/card.ts';
import { imageInput } from '../support/image-input.ts';
import { requestImage } from '../support/verbs.ts';
import { createWorld, DONE, MARCUS, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';

const DAY_MS = 24 * 60 * 60_000;
const said = (status: number, code: string) => ({ status, code, param: null, requestId: 'req_7' });
const rejected = (
  trouble: 'key' | 'forbidden' | 'model' | 'parameter',
  status: number,
  code: string,
): ImageOutcome => ({
  kind: 'rejected',
  detail: `openai http ${status} ${code} req_7`,
  said: said(status, code),
  trouble,
});
const LOST: ImageOutcome = { kind: 'unknown', detail: 'openai connection ECONNRESET' };

async function agency() {
  const world = await createWorld({ providerNames: ['openai'] });
  await openAgency(world, { monthCredits: 1_000 });
  const logged: { facts: Record<string, unknown>; words: string }[] = [];
  const log = (facts: Record<string, unknown>, words: string) => void logged.push({ facts, words });
  world.log = { info: log, warn: log, error: log };
  return { world, logged };
}

let asks = 0;
const ask = (world: TestWorld) => {
  asks += 1;
  return requestImage(world, imageInput({ deliveryId: `ask-${asks}` }));
};
const troubles = (world: TestWorld) =>
  world.messenger.cards.flatMap(({ memberId, card }) => (card.kind === 'trouble_card' ? [{ memberId, card }] : []));
const words = (card: TroubleCard) => cardMessage(card).text;

describe('what only an operator can mend', () => {
  test.each([
    ['key', rejected('key', 401, 'invalid_api_key'), 'doesn’t accept Inkwell’s API key', 'OPENAI_API_KEY'],
    ['forbidden', rejected('forbidden', 403, 'unsupported_region'), 'doesn’t allow this with', 'OPENAI_API_KEY'],
    ['model', rejected('model', 404, 'model_not_found'), 'doesn’t have', 'OPENAI_BASE_URL'],
    [
      'parameter',
      rejected('parameter', 400, 'unknown_parameter'),
      'doesn’t take Inkwell’s requests',
      'OPENAI_BASE_URL',
    ],
    [
      'quota',
      { kind: 'account_stop', detail: 'quota', said: said(429, 'insufficient_quota') },
      'out of funds or quota',
      'adds to that account',
    ],
  ] as [string, ImageOutcome, string, string][])(
    '%s: the owners are told once a day, and the log each time',
    async (kind, outcome, what, where) => {
      const { world, logged } = await agency();
      world.maker.answerNext(outcome, outcome, outcome);
      await ask(world);
      await ask(world);
      expect(troubles(world).map(({ memberId }) => memberId)).toEqual([OLIVIA]);
      const card = troubles(world)[0]?.card as TroubleCard;
      expect(words(card)).toContain(what);
      expect(words(card)).toContain(where);
      expect(card.trouble).toMatchObject({ kind, requestId: 'req_7' });
      const lines = logged.filter(({ words: each }) => each === 'no image');
      expect(lines).toHaveLength(2);
      expect(lines[0]?.facts).toMatchObject({ provider: 'openai', status: card.trouble.status, requestId: 'req_7' });

      await world.clock.advance(DAY_MS);
      await ask(world);
      expect(troubles(world)).toHaveLength(2);

      world.maker.answerNext(DONE);
      await ask(world);
      for (const { card: drawn } of troubles(world)) {
        expect(drawn.mendedAt).not.toBeNull();
        expect(words(drawn)).toContain('It works again');
      }
    },
  );

  test('whose prompt or key it was is nowhere in it', async () => {
    const { world, logged } = await agency();
    world.maker.answerNext(rejected('key', 401, 'invalid_api_key'));
    await requestImage(world, imageInput({ prompt: 'a secret teapot', deliveryId: 'secret' }));
    expect(JSON.stringify([troubles(world), logged])).not.toContain('teapot');
  });

  test('two processes, and one that starts again, tell it once', async () => {
    const { world } = await agency();
    const other = await createWorld({ ...world, processId: 'p2', providerNames: ['openai'] });
    for (const each of [world, other]) {
      each.maker.answerNext(rejected('key', 401, 'invalid_api_key'));
      await ask(each);
    }
    const next = await createWorld({ ...world, processId: 'p3', providerNames: ['openai'] });
    await recoverJobs(next, { alone: false });
    expect(troubles(world)).toHaveLength(1);
    await ask(next);
    expect(troubles(world)[0]?.card.mendedAt).not.toBeNull();
  });

  test('owners whom Slack could not tell are told by the sweeper', async () => {
    const { world } = await agency();
    world.messenger.answerNext('postCard', { kind: 'failed', code: 'timeout' });
    world.maker.answerNext(rejected('forbidden', 403, 'no'));
    await ask(world);
    expect(troubles(world)).toHaveLength(0);
    await recoverJobs(world, { alone: true });
    expect(troubles(world)).toHaveLength(1);
  });

  test('another model that works says nothing about one that does not', async () => {
    const { world } = await agency();
    world.maker.answerNext(rejected('model', 404, 'model_not_found'), DONE, DONE);
    await ask(world);
    await requestImage(world, imageInput({ deliveryId: 'other', options: { model: 'gpt-image-2' } }));
    expect(troubles(world)[0]?.card.mendedAt).toBeNull();
    await ask(world);
    expect(troubles(world)[0]?.card.mendedAt).not.toBeNull();
  });

  test('unknown outcomes: three in a row, and not two and a good one', async () => {
    const { world } = await agency();
    world.maker.answerNext(LOST, LOST, DONE, LOST, LOST);
    for (let count = 0; count < 5; count += 1) await ask(world);
    expect(troubles(world)).toHaveLength(0);
    world.maker.answerNext(LOST);
    await ask(world);
    expect(troubles(world)).toMatchObject([{ card: { trouble: { kind: 'unknown_outcomes' } } }]);
    await ask(world);
    expect(troubles(world)[0]?.card.mendedAt).not.toBeNull();
  });

  test('a policy’s refusal and a busy provider are nobody’s to mend', async () => {
    const { world } = await agency();
    world.maker.answerNext(
      { kind: 'refused', detail: 'policy' },
      { kind: 'transient', detail: 'rate', retryAfterMs: 0 },
      DONE,
    );
    await ask(world);
    await ask(world);
    expect(troubles(world)).toHaveLength(0);
  });
});

describe('Slack’s token', () => {
  test.each(['invalid_auth', 'token_revoked', 'account_inactive'])(
    '%s: told as soon as Slack takes a message again',
    async (code) => {
      const { world } = await agency();
      world.messenger.answerNext('postCard', { kind: 'failed', code });
      await noticeSlack(world, { what: 'announce', code });
      expect(troubles(world)).toHaveLength(0);
      await noticeSlack(world, { what: 'redraw', code: null });
      expect(troubles(world)).toMatchObject([{ memberId: OLIVIA, card: { trouble: { of: 'slack', code } } }]);
      expect(words(troubles(world)[0]!.card)).toContain('It works again');
    },
  );

  test('a right that is lacking is mended where it was lacking, and nowhere else', async () => {
    const { world } = await agency();
    await noticeSlack(world, { what: 'upload', code: 'missing_scope' });
    expect(words(troubles(world)[0]!.card)).toContain('isn’t allowed to upload images');
    await noticeSlack(world, { what: 'postCard', code: null });
    expect(troubles(world)[0]?.card.mendedAt).toBeNull();
    await noticeSlack(world, { what: 'upload', code: null });
    expect(troubles(world)[0]?.card.mendedAt).not.toBeNull();
  });
});

test('a key that is not taken is told at start, and so is that it is', async () => {
  const { world, logged } = await agency();
  const notice = (listed: ModelList) => noticeModels(world, { provider: 'openai', listed });
  await notice({
    ok: false,
    kind: 'refused',
    detail: 'openai http 401',
    said: said(401, 'invalid_api_key'),
  });
  expect(logged.some(({ words: each }) => each.includes('OPENAI_API_KEY is not accepted'))).toBe(true);
  expect(troubles(world)).toMatchObject([{ card: { trouble: { kind: 'key' } } }]);
  await notice({ ok: true, models: [] });
  expect(troubles(world)[0]?.card.mendedAt).not.toBeNull();
  for (const kind of ['unsaid', 'failed'] as const) {
    await notice({ ok: false, kind, detail: 'openai http 404', said: null });
  }
  expect(troubles(world)).toHaveLength(1);
  expect(world.messenger.told.filter(({ to }) => to.memberId === MARCUS)).toEqual([]);
});
