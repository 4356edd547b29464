import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImageOutcome } from '../../src/images/image-provider.ts';
import { upperBoundMicroUsd } from '../../src/images/price.ts';
import { card, type OpenAiRig, request, startOpenAiRig } from '../support/provider/openai.ts';
import { BEHAVIOUR_NAMES, type BehaviourName } from '../support/scripted-provider.ts';

const boundMicroUsd = upperBoundMicroUsd(card, {
  ...request,
  model: request.rate.id,
  promptBytes: Buffer.byteLength(request.prompt),
});

let rig: OpenAiRig;

beforeAll(async () => {
  rig = await startOpenAiRig();
});

afterAll(() => rig.close());

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
  drip: { kind: 'unknown' },
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
  test.each(BEHAVIOUR_NAMES)('%s has its outcome, and costs one POST', async (name) => {
    const postsBefore = rig.provider.posts;
    const outcome = await rig.makeWith(name);
    expect(outcome).toMatchObject(expected[name]);
    expect(rig.provider.posts - postsBefore).toBe(1);
  });

  test.each(BEHAVIOUR_NAMES)('%s puts neither key nor prompt into the outcome', async (name) => {
    const outcome = await rig.makeWith(name);
    if (outcome.kind === 'done') return;
    expect(outcome.detail).not.toMatch(/secret|teapot|ACME/);
  });

  test('a prompt can ask for a behaviour', async () => {
    expect(await rig.makeWith('ok', { prompt: 'boom:insufficient_quota' })).toMatchObject({ kind: 'account_stop' });
  });
});
