import { describe, expect, test } from 'vitest';
import { createAvailability } from '../../src/images/availability.ts';
import type { ImageOutcome } from '../../src/images/image-provider.ts';
import { offeredModels, rateCardAt } from '../../src/images/rate-card.ts';
import { rateOf, request } from '../support/provider/openai.ts';

const NOW = Date.UTC(2026, 10, 15);
const card = rateCardAt(NOW);
const RATES = card.models.filter(({ provider }) => provider === 'openai');
const OURS = RATES.map(({ id }) => id);
const listed = (...ids: string[]) => ({ ok: true as const, models: ids.map((id) => ({ id, shutdownAt: null })) });
const failed = (kind: 'refused' | 'unsaid' | 'failed') => ({ ok: false as const, kind, detail: '', said: null });

function given({ isOpenAi = false }: { isOpenAi?: boolean } = {}) {
  let now = NOW;
  const availability = createAvailability({ now: () => now, models: () => RATES, isOpenAi });
  const offered = () => offeredModels(availability.on(card), new Set(['openai']), now).map(({ id }) => id);
  const answers = (outcome: ImageOutcome, model = request.rate.id) =>
    availability
      .heeding({ make: async () => outcome })
      .make({ ...request, rate: rateOf(model) }, { signal: AbortSignal.abort() });
  const pass = (ms: number) => {
    now += ms;
  };
  return { availability, offered, answers, pass };
}

describe('what the key can use', () => {
  test('is offered alone, and all of it comes back when it is listed again', () => {
    const { availability, offered } = given();
    expect(offered()).toEqual(OURS);
    availability.take(listed(OURS[1]!, 'whisper'));
    expect(offered()).toEqual([OURS[1]]);
    expect(availability.isLookDue()).toBe(true);
    availability.take(listed(...OURS));
    expect(offered()).toEqual(OURS);
    expect(availability.isLookDue()).toBe(false);
  });

  test('a list of other names says nothing, unless it is OpenAI’s own', () => {
    for (const isOpenAi of [true, false]) {
      const { availability, offered } = given({ isOpenAi });
      availability.take(listed('my-flux'));
      expect(offered()).toEqual(isOpenAi ? [] : OURS);
    }
  });

  test('a server without a list is not refused, and one that does not answer changes nothing', () => {
    const { availability, offered } = given();
    availability.take(failed('unsaid'));
    expect(offered()).toEqual(OURS);
    availability.take(listed(OURS[0]!));
    availability.take(failed('failed'));
    expect(offered()).toEqual([OURS[0]]);
  });

  test('a key that is refused takes everything away until it is taken', async () => {
    const { availability, offered, answers } = given();
    availability.take(failed('refused'));
    expect(offered()).toEqual([]);
    availability.take(listed(...OURS));
    expect(offered()).toEqual(OURS);
    await answers({ kind: 'rejected', detail: '', trouble: 'key' });
    expect(offered()).toEqual([]);
    expect(availability.isLookDue()).toBe(true);
  });

  test('a model that is not found is not offered for a day', async () => {
    const { availability, offered, answers, pass } = given();
    availability.take(listed(...OURS));
    await answers({ kind: 'rejected', detail: '', trouble: 'model' }, OURS[2]);
    await answers({ kind: 'rejected', detail: '', trouble: 'parameter' }, OURS[3]);
    expect(offered()).toEqual(OURS.filter((id) => id !== OURS[2]));
    pass(24 * 60 * 60_000);
    expect(offered()).toEqual(OURS);
  });

  test('it is looked at daily', () => {
    const { availability, pass } = given();
    expect(availability.isLookDue()).toBe(true);
    availability.take(listed(...OURS));
    expect(availability.isLookDue()).toBe(false);
    pass(24 * 60 * 60_000);
    expect(availability.isLookDue()).toBe(true);
  });
});
