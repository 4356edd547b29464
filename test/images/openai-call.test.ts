import { Agent } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOpenAiProvider } from '../../src/images/openai.ts';
import { DEADLINE_MS, KEY, type OpenAiRig, request, startOpenAiRig } from '../support/provider/openai.ts';
import { plainPng } from '../support/provider/png.ts';
import { startScriptedProvider, usage } from '../support/scripted-provider.ts';

let rig: OpenAiRig;

beforeAll(async () => {
  rig = await startOpenAiRig();
});

afterAll(() => rig.close());

describe('the OpenAI maker', () => {
  test('asks for exactly one image of the size and quality that were held for', async () => {
    await rig.makeWith('ok');
    expect(rig.provider.requests.at(-1)?.body).toEqual({
      model: 'gpt-image-2.5-flare',
      prompt: 'a teapot for ACME, confidential',
      n: 1,
      size: '1024x1024',
      quality: 'medium',
      safety_identifier: 'hmac-of-ann',
      output_format: 'png',
      stream: true,
      partial_images: 0,
    });
  });

  test.each([
    ['a size left open', { size: 'auto' }],
    ['a quality left open', { quality: 'auto' }],
    ['a size that has no price', { size: '1040x1040' }],
    ['a quality that the model lacks', { quality: 'ultra' }],
    ['a prompt that is too long', { prompt: '🫖'.repeat(32_001) }],
  ])('does not send %s', async (_, changes) => {
    const postsBefore = rig.provider.posts;
    expect(await rig.makeWith('ok', changes)).toMatchObject({ kind: 'rejected' });
    expect(rig.provider.posts).toBe(postsBefore);
  });

  test('leaves out what the model does not take', async () => {
    const capabilities = { ...request.rate.capabilities, takesSize: false, takesQuality: false, takesSafetyId: false };
    await rig.makeWith('ok', { rate: { ...request.rate, capabilities } });
    const body = rig.provider.requests.at(-1)?.body ?? {};
    expect(body).not.toHaveProperty('size');
    expect(body).not.toHaveProperty('quality');
    expect(body).not.toHaveProperty('safety_identifier');
  });

  test('returns the very bytes, also of a large image', async () => {
    const image = plainPng(64, 64, [1, 2, 3]);
    const large = Buffer.concat([image, Buffer.alloc(3_000_001, 7)]);
    rig.provider.script([{ name: 'ok', image: large }]);
    const outcome = await rig.maker.make(request, { signal: AbortSignal.timeout(DEADLINE_MS) });
    expect(outcome.kind === 'done' && Buffer.compare(outcome.bytes, large)).toBe(0);
  });

  test.each([
    ['image/jpeg', 'ffd8ffe000104a46'],
    ['image/png', '89504e470d0a1a0a'],
  ])('tells %s by its first bytes', async (contentType, hex) => {
    expect(await rig.makeWith({ name: 'ok', image: Buffer.from(hex, 'hex') })).toMatchObject({
      kind: 'done',
      contentType,
    });
  });

  test('counts cached tokens at their own price', async () => {
    const reported = usage({ textTokens: 100, outputTokens: 150 });
    const cached = { ...reported, input_tokens_details: { ...reported.input_tokens_details, cached_tokens: 40 } };
    const cost = 60 * 5 + 40 * 1.25 + 150 * 30;
    expect(await rig.makeWith({ name: 'ok', usage: cached })).toMatchObject({ kind: 'done', costMicroUsd: cost });
  });

  test('tells how long a busy provider asks to wait, however long that is', async () => {
    expect(await rig.makeWith({ name: 'rate_limit_exceeded', retryAfterS: 7 })).toMatchObject({
      retryAfterMs: 7000,
      isNamed: true,
    });
    expect(await rig.makeWith({ name: 'rate_limit_exceeded', retryAfterS: 86_400 })).toMatchObject({
      retryAfterMs: 86_400_000,
    });
    expect(await rig.makeWith({ name: 'rate_limit_exceeded', retryAfterS: -1 })).toMatchObject({
      retryAfterMs: 20_000,
    });
  });

  test('gives up at the deadline of its own when the caller has none', async () => {
    const hasty = { ...request, rate: { ...request.rate, deadlineMs: 100 } };
    for (const name of ['hang', 'drip'] as const) {
      rig.provider.script([name]);
      expect(await rig.maker.make(hasty, { signal: new AbortController().signal })).toMatchObject({ kind: 'unknown' });
    }
  });

  test('has sent nothing when it was stopped before', async () => {
    const postsBefore = rig.provider.posts;
    expect(await rig.maker.make(request, { signal: AbortSignal.abort() })).toMatchObject({ kind: 'transient' });
    expect(rig.provider.posts).toBe(postsBefore);
  });

  test('survives twenty images at once, each with its own connection', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => rig.maker.make(request, { signal: AbortSignal.timeout(DEADLINE_MS) })),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array(20).fill('done'));
  });
});

describe('a provider that is not there', () => {
  const unreachable = (code: string) =>
    new Agent({
      connect: { lookup: (_host, _options, done) => done(Object.assign(new Error('lookup'), { code }), '', 4) },
    });

  test.each(['ENOTFOUND', 'EAI_AGAIN'])('%s proves that nothing was sent', async (code) => {
    const away = createOpenAiProvider({
      apiKey: KEY,
      baseUrl: 'http://away.test/v1',
      dispatcher: unreachable(code),
    });
    expect(await away.make(request, { signal: AbortSignal.timeout(2000) })).toEqual({
      kind: 'transient',
      detail: `openai connection ${code}`,
      retryAfterMs: 5000,
    });
    await away.close();
  });

  test('so does a refused connection', async () => {
    const gone = await startScriptedProvider();
    await gone.close();
    const away = createOpenAiProvider({ apiKey: KEY, baseUrl: gone.url });
    expect(await away.make(request, { signal: AbortSignal.timeout(2000) })).toMatchObject({
      kind: 'transient',
      detail: 'openai connection ECONNREFUSED',
    });
    await away.close();
  });
});

describe('the list of models', () => {
  test('tells when each is switched off', async () => {
    rig.provider.listModels([
      { id: 'gpt-image-1.5', shutdown_date: '2026-12-01' },
      { id: 'gpt-image-2', shutdown_date: null },
      { id: 'other', shutdown_date: 'some day' },
    ]);
    expect(await rig.maker.listModels({ signal: AbortSignal.timeout(2000) })).toEqual({
      ok: true,
      models: [
        { id: 'gpt-image-1.5', shutdownAt: Date.UTC(2026, 11, 1) },
        { id: 'gpt-image-2', shutdownAt: null },
        { id: 'other', shutdownAt: null },
      ],
    });
  });

  test('fails softly', async () => {
    rig.provider.listModels(503);
    expect(await rig.maker.listModels({ signal: AbortSignal.timeout(2000) })).toMatchObject({ ok: false });
  });
});
