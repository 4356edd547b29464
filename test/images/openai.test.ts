import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Agent } from 'undici';
import type { ImageOutcome, ImageRequest } from '../../src/images/image-maker.ts';
import { createOpenAiMaker, type OpenAiMaker } from '../../src/images/openai.ts';
import { modelOf, rateCardAt, upperBoundMicroUsd } from '../../src/images/rate-card.ts';
import { plainPng } from '../support/provider/png.ts';
import {
  BEHAVIOUR_NAMES,
  type Behaviour,
  type BehaviourName,
  type ScriptedProvider,
  startScriptedProvider,
  usage,
} from '../support/scripted-provider.ts';

const KEY = 'sk-secret-key';
const DEADLINE_MS = 250;
const card = rateCardAt(Date.UTC(2026, 10, 15));
const lookup = (id: string) => modelOf(card, id);
const request: ImageRequest = {
  model: 'gpt-image-2.5-flare',
  size: '1024x1024',
  quality: 'medium',
  prompt: 'a teapot for ACME, confidential',
  safetyId: 'hmac-of-ann',
};
const boundMicroUsd = upperBoundMicroUsd(card, { ...request, promptBytes: Buffer.byteLength(request.prompt) });

let provider: ScriptedProvider;
let maker: OpenAiMaker;

beforeAll(async () => {
  provider = await startScriptedProvider();
  maker = createOpenAiMaker({ apiKey: KEY, baseUrl: provider.url, lookup });
});

afterAll(async () => {
  await provider.close();
  await maker.close();
});

async function makeWith(behaviour: Behaviour, changes: Partial<ImageRequest> = {}): Promise<ImageOutcome> {
  provider.script([behaviour]);
  return maker.make({ ...request, ...changes }, { signal: AbortSignal.timeout(DEADLINE_MS) });
}

const expected: Record<BehaviourName, Partial<ImageOutcome>> = {
  ok: { kind: 'done', contentType: 'image/png', costMicroUsd: 20 * 5 + 150 * 30 },
  no_usage: { kind: 'done', costMicroUsd: boundMicroUsd },
  wrong_usage: { kind: 'done', costMicroUsd: boundMicroUsd },
  dear_usage: { kind: 'done', costMicroUsd: 20 * 5 + 500_000 * 30 },

  moderation_blocked: { kind: 'refused', detail: 'openai http 400 moderation_blocked req_scripted' },
  content_policy_violation: { kind: 'refused', detail: 'openai http 400 content_policy_violation req_scripted' },
  billing_hard_limit_reached: {
    kind: 'account_stop',
    detail: 'openai http 400 billing_hard_limit_reached req_scripted',
  },
  insufficient_quota: { kind: 'account_stop', detail: 'openai http 429 insufficient_quota req_scripted' },
  rate_limit_exceeded: {
    kind: 'transient',
    detail: 'openai http 429 rate_limit_exceeded req_scripted',
    retryAfterMs: 2000,
  },
  unauthorized: { kind: 'rejected', detail: 'openai http 401 invalid_api_key req_scripted' },
  forbidden: { kind: 'rejected', detail: 'openai http 403 unsupported_country_region_territory req_scripted' },
  not_found: { kind: 'rejected', detail: 'openai http 404 model_not_found req_scripted' },
  bad_request: { kind: 'rejected', detail: 'openai http 400 invalid_value req_scripted' },
  talkative: { kind: 'rejected', detail: 'openai http 400 req_scripted' },
  redirect: { kind: 'rejected', detail: 'openai http 307 req_scripted' },

  server_error: { kind: 'unknown', detail: 'openai http 500 server_error req_scripted' },
  muddled_error: { kind: 'unknown', detail: 'openai http 500 moderation_blocked req_scripted' },
  bad_gateway: { kind: 'unknown', detail: 'openai http 502 req_scripted' },
  unavailable: { kind: 'unknown', detail: 'openai http 503 req_scripted' },
  conflict: { kind: 'unknown', detail: 'openai http 409 req_scripted' },
  misdirected: { kind: 'unknown', detail: 'openai connection INKWELL_SECOND_REQUEST' },
  stream_moderation_blocked: { kind: 'refused', detail: 'openai moderation_blocked req_scripted' },
  stream_server_error: { kind: 'unknown', detail: 'openai connection server_error' },
  hang: { kind: 'unknown' },
  drip: { kind: 'unknown', detail: 'openai: the stream ended without an image req_scripted' },
  reset_before_headers: { kind: 'unknown' },
  reset_after_headers: { kind: 'unknown' },
  truncated: { kind: 'unknown' },
  cut_stream: { kind: 'unknown', detail: 'openai: the stream ended without an image req_scripted' },
  empty_data: { kind: 'unknown', detail: 'openai answered with broken base64' },
  malformed_json: { kind: 'unknown' },
  bad_base64: { kind: 'unknown', detail: 'openai answered with broken base64' },
  not_an_image: { kind: 'unknown', detail: 'openai answered with something that is no image' },
};

describe('the OpenAI maker, whatever the provider does', () => {
  beforeEach(() => provider.script([]));

  test.each(BEHAVIOUR_NAMES)('%s has its outcome, and costs one POST', async (name) => {
    const postsBefore = provider.posts;
    const outcome = await makeWith(name);
    expect(outcome).toMatchObject(expected[name]);
    expect(provider.posts - postsBefore).toBe(1);
  });

  test.each(BEHAVIOUR_NAMES)('%s puts neither key nor prompt into the outcome', async (name) => {
    const outcome = await makeWith(name);
    if (outcome.kind === 'done') return;
    expect(outcome.detail).not.toMatch(/secret|teapot|ACME/);
  });

  test('a prompt can ask for a behaviour', async () => {
    expect(await makeWith('ok', { prompt: 'boom:insufficient_quota' })).toMatchObject({ kind: 'account_stop' });
  });
});

describe('the OpenAI maker', () => {
  test('asks for exactly one image of the size and quality that were held for', async () => {
    await makeWith('ok');
    expect(provider.requests.at(-1)?.body).toEqual({
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
    ['a model of another maker', { model: 'sketch' }],
    ['a model nobody knows', { model: 'dall-e-3' }],
    ['a prompt that is too long', { prompt: '🫖'.repeat(32_001) }],
  ])('does not send %s', async (_, changes) => {
    const postsBefore = provider.posts;
    expect(await makeWith('ok', changes)).toMatchObject({ kind: 'rejected' });
    expect(provider.posts).toBe(postsBefore);
  });

  test('leaves out what the model does not take', async () => {
    const model = modelOf(card, request.model)!;
    const capabilities = { ...model.capabilities, takesSize: false, takesQuality: false, takesSafetyId: false };
    const plain = createOpenAiMaker({ apiKey: KEY, baseUrl: provider.url, lookup: () => ({ ...model, capabilities }) });
    await plain.make(request, { signal: AbortSignal.timeout(DEADLINE_MS) });
    const body = provider.requests.at(-1)?.body ?? {};
    expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['size']));
    expect(body).not.toHaveProperty('quality');
    expect(body).not.toHaveProperty('safety_identifier');
    await plain.close();
  });

  test('returns the very bytes, also of a large image', async () => {
    const image = plainPng(64, 64, [1, 2, 3]);
    const large = Buffer.concat([image, Buffer.alloc(3_000_001, 7)]);
    provider.script([{ name: 'ok', image: large }]);
    const outcome = await maker.make(request, { signal: AbortSignal.timeout(5000) });
    expect(outcome.kind === 'done' && Buffer.compare(outcome.bytes, large)).toBe(0);
  });

  test.each([
    ['image/jpeg', 'ffd8ffe000104a46'],
    ['image/webp', '524946460000000057454250'],
  ])('tells %s by its first bytes', async (contentType, hex) => {
    expect(await makeWith({ name: 'ok', image: Buffer.from(hex, 'hex') })).toMatchObject({ kind: 'done', contentType });
  });

  test('counts cached tokens at their own price', async () => {
    const reported = usage({ textTokens: 100, outputTokens: 150 });
    const cached = { ...reported, input_tokens_details: { ...reported.input_tokens_details, cached_tokens: 40 } };
    const cost = 60 * 5 + 40 * 1.25 + 150 * 30;
    expect(await makeWith({ name: 'ok', usage: cached })).toMatchObject({ kind: 'done', costMicroUsd: cost });
  });

  test('waits as long as a busy provider says, and no longer than five minutes', async () => {
    expect(await makeWith({ name: 'rate_limit_exceeded', retryAfterS: 7 })).toMatchObject({ retryAfterMs: 7000 });
    expect(await makeWith({ name: 'rate_limit_exceeded', retryAfterS: 86_400 })).toMatchObject({
      retryAfterMs: 300_000,
    });
    expect(await makeWith({ name: 'rate_limit_exceeded', retryAfterS: -1 })).toMatchObject({ retryAfterMs: 20_000 });
  });

  test('gives up at the deadline of its own when the caller has none', async () => {
    const model = { ...modelOf(card, request.model)!, deadlineMs: 100 };
    const hasty = createOpenAiMaker({ apiKey: KEY, baseUrl: provider.url, lookup: () => model });
    for (const name of ['hang', 'drip'] as const) {
      provider.script([name]);
      expect(await hasty.make(request, { signal: new AbortController().signal })).toMatchObject({ kind: 'unknown' });
    }
  });

  test('has sent nothing when it was stopped before', async () => {
    const postsBefore = provider.posts;
    expect(await maker.make(request, { signal: AbortSignal.abort() })).toMatchObject({ kind: 'transient' });
    expect(provider.posts).toBe(postsBefore);
  });

  test('survives twenty images at once, each with its own connection', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => maker.make(request, { signal: AbortSignal.timeout(5000) })),
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
    const away = createOpenAiMaker({
      apiKey: KEY,
      baseUrl: 'http://away.test/v1',
      lookup,
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
    const away = createOpenAiMaker({ apiKey: KEY, baseUrl: gone.url, lookup });
    expect(await away.make(request, { signal: AbortSignal.timeout(2000) })).toMatchObject({
      kind: 'transient',
      detail: 'openai connection ECONNREFUSED',
    });
    await away.close();
  });
});

describe('the list of models', () => {
  test('tells when each is switched off', async () => {
    provider.listModels([
      { id: 'gpt-image-1.5', shutdown_date: '2026-12-01' },
      { id: 'gpt-image-2', shutdown_date: null },
      { id: 'other', shutdown_date: 'some day' },
    ]);
    expect(await maker.listModels({ signal: AbortSignal.timeout(2000) })).toEqual({
      ok: true,
      models: [
        { id: 'gpt-image-1.5', shutdownAt: Date.UTC(2026, 11, 1) },
        { id: 'gpt-image-2', shutdownAt: null },
        { id: 'other', shutdownAt: null },
      ],
    });
  });

  test('fails softly', async () => {
    provider.listModels(503);
    expect(await maker.listModels({ signal: AbortSignal.timeout(2000) })).toMatchObject({ ok: false });
  });
});
