import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createOpenAiProvider } from '../../src/images/openai.ts';
import { KEY, request } from '../support/provider/openai.ts';
import { plainPng } from '../support/provider/png.ts';

type Body = Record<string, unknown>;
const OPTIONAL = ['safety_identifier', 'partial_images', 'stream', 'output_format'];

let server: Server;
let origin = '';
let bodies: Body[] = [];
/** Status and answer, or null for an image. */
let answer: (body: Body) => [number, unknown] | null = () => null;

beforeAll(async () => {
  const respond = async (incoming: IncomingMessage, response: ServerResponse) => {
    const body = (await json(incoming)) as Body;
    bodies.push(body);
    const [status, said] = answer(body) ?? [200, { data: [{ b64_json: plainPng(4, 4).toString('base64') }] }];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  };
  server = createServer((incoming, response) => {
    respond(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
beforeEach(() => {
  bodies = [];
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

async function make(times: number, options: { safetyId?: boolean; prompt?: string } = {}) {
  const leftOut: string[] = [];
  const { prompt = request.prompt, ...more } = options;
  const maker = createOpenAiProvider({
    apiKey: KEY,
    baseUrl: origin,
    onLeftOut: (name) => void leftOut.push(name),
    ...more,
  });
  const outcomes = [];
  for (let count = 0; count < times; count += 1) {
    outcomes.push(await maker.make({ ...request, prompt }, { signal: AbortSignal.timeout(10_000) }));
  }
  await maker.close();
  return { outcomes, leftOut };
}

/** As servers refuse a parameter, each in its own words. */
const REFUSALS: Record<string, (name: string) => [number, unknown]> = {
  OpenAI: (name) => [
    400,
    { error: { code: 'unknown_parameter', param: name, message: `Unknown parameter: '${name}'.` } },
  ],
  'without a param': (name) => [400, { error: { message: `Unrecognized request argument supplied: ${name}` } }],
  'a schema': (name) => [
    400,
    { error: { message: `Additional properties are not allowed ('${name}' was unexpected)` } },
  ],
  FastAPI: (name) => [
    422,
    { detail: [{ loc: ['body', name], msg: 'Extra inputs are not permitted', type: 'extra_forbidden' }] },
  ],
};

describe('a server that does not know a parameter', () => {
  test.each(Object.keys(REFUSALS).flatMap((server) => OPTIONAL.map((name) => [server, name] as const)))(
    '%s: %s is left out, once it was refused, and for good',
    async (style, name) => {
      answer = (body) => (name in body ? REFUSALS[style]!(name) : null);
      const { outcomes, leftOut } = await make(3);
      expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'done', 'done']);
      expect(bodies.map((body) => name in body)).toEqual([true, false, false, false]);
      expect(leftOut).toContain(name);
      expect(bodies.at(-1)).toMatchObject({
        model: request.rate.id,
        size: request.size,
        quality: request.quality,
        n: 1,
      });
    },
  );

  test('all of them, one after the other', async () => {
    answer = (body) => {
      const name = OPTIONAL.find((each) => each in body);
      return name ? REFUSALS.OpenAI!(name) : null;
    };
    const { outcomes } = await make(1);
    expect(outcomes[0]?.kind).toBe('done');
    expect(bodies).toHaveLength(5);
  });

  test.each(['size', 'quality', 'model', 'n'])('%s is never left out: it is what the price is for', async (name) => {
    answer = () => REFUSALS.OpenAI!(name);
    const { outcomes } = await make(1);
    expect(outcomes[0]).toMatchObject({ kind: 'rejected', trouble: 'parameter', said: { status: 400, param: name } });
    expect(bodies).toHaveLength(1);
  });

  test('what a policy refuses is not sent again, though the prompt names a parameter', async () => {
    answer = ({ prompt }) => [400, { error: { code: 'moderation_blocked', message: `No: ${prompt}` } }];
    const { outcomes } = await make(1, { prompt: 'a stream in a wood' });
    expect(outcomes[0]?.kind).toBe('refused');
    expect(bodies).toHaveLength(1);
  });

  test.each([500, 502, 503, 409])('nor is what may have begun: %i', async (status) => {
    answer = () => [status, REFUSALS.OpenAI!('safety_identifier')[1]];
    const { outcomes } = await make(1);
    expect(outcomes[0]?.kind).toBe('unknown');
    expect(bodies).toHaveLength(1);
  });

  test('the safety identifier can be turned off', async () => {
    answer = () => null;
    await make(1, { safetyId: false });
    expect(bodies[0]).not.toHaveProperty('safety_identifier');
  });
});
