import { describe, expect, test } from 'vitest';
import type { ImageProvider } from '../../src/images/image-provider.ts';
import { modelOf, rateCardAt } from '../../src/images/rate-card.ts';
import { createProviders } from '../../src/images/route-by-model.ts';

const card = rateCardAt(Date.UTC(2026, 10, 15));
const lookup = (id: string) => modelOf(card, id);
const options = { signal: new AbortController().signal };
const answering = (detail: string): ImageProvider => ({ make: async () => ({ kind: 'refused', detail }) });
const requestFor = (model: string) => ({ model, size: '1024x1024', quality: 'low', prompt: 'a fox', safetyId: 'x' });

describe('the providers', () => {
  const both = createProviders({ sketch: answering('sketch'), openai: answering('openai') }, lookup);
  const sketchOnly = createProviders({ sketch: answering('sketch'), openai: null }, lookup);

  test.each(card.models.map(({ id, provider }) => [id, provider]))('send %s to %s', async (id, provider) => {
    expect(await both.images.make(requestFor(id), options)).toEqual({ kind: 'refused', detail: provider });
  });

  test('tell whose models can be offered', () => {
    expect([...both.names].sort()).toEqual(['openai', 'sketch']);
    expect([...sketchOnly.names]).toEqual(['sketch']);
  });

  test.each(['gpt-image-2', 'dall-e-3'])('reject %s when nobody makes it', async (id) => {
    expect(await sketchOnly.images.make(requestFor(id), options)).toMatchObject({ kind: 'rejected' });
  });
});
