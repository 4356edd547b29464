import { describe, expect, test } from 'vitest';
import type { ImageProvider } from '../../src/images/image-provider.ts';
import { rateCardAt } from '../../src/images/rate-card.ts';
import { createProviders } from '../../src/images/route-by-model.ts';
import { rateOf, request } from '../support/provider/openai.ts';

const card = rateCardAt(Date.UTC(2026, 10, 15));
const options = { signal: new AbortController().signal };
const answering = (detail: string): ImageProvider => ({ make: async () => ({ kind: 'refused', detail }) });
const requestFor = (model: string) => ({ ...request, rate: rateOf(model) });

describe('the providers', () => {
  const both = createProviders(
    new Map([
      ['sketch', answering('sketch')],
      ['openai', answering('openai')],
    ]),
  );
  const sketchOnly = createProviders(new Map([['sketch', answering('sketch')]]));

  test.each(card.models.map(({ id, provider }) => [id, provider]))('send %s to %s', async (id, provider) => {
    expect(await both.images.make(requestFor(id), options)).toEqual({ kind: 'refused', detail: provider });
  });

  test('tell whose models can be offered', () => {
    expect([...both.names].sort()).toEqual(['openai', 'sketch']);
    expect([...sketchOnly.names]).toEqual(['sketch']);
  });

  test.each(['gpt-image-2', 'gpt-image-2.6-flare'])('reject %s when nobody makes it', async (id) => {
    expect(await sketchOnly.images.make(requestFor(id), options)).toMatchObject({ kind: 'rejected' });
  });
});
