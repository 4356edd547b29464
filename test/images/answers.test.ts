import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateSync, gzipSync } from 'node:zlib';
import { encode } from 'bmp-ts';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImageOutcome } from '../../src/images/image-provider.ts';
import { createOpenAiProvider, type OpenAiProvider } from '../../src/images/openai.ts';
import { upperBoundMicroUsd } from '../../src/images/price.ts';
import { someOf } from '../support/is-long.ts';
import { card, KEY, request } from '../support/provider/openai.ts';
import { plainPng } from '../support/provider/png.ts';
import { usage } from '../support/scripted-provider.ts';

/** What the server does with the next request for an image. */
type Act = (response: ServerResponse, request: IncomingMessage) => unknown;

const PNG = plainPng(64, 48, [10, 200, 30]);
const OTHER = plainPng(64, 48, [200, 10, 30]);
const B64 = PNG.toString('base64');
const USAGE = usage({ textTokens: 20, outputTokens: 150 });
const COST = 20 * 5 + 150 * 30;
const BOUND = upperBoundMicroUsd(card, {
  ...request,
  model: request.rate.id,
  promptBytes: Buffer.byteLength(request.prompt),
});

let server: Server;
let maker: OpenAiProvider;
let origin = '';
let act: Act = () => {};
let posts = 0;

beforeAll(async () => {
  server = createServer((incoming, response) => {
    if (incoming.method === 'POST') {
      posts += 1;
      incoming.resume().on('end', () => act(response, incoming));
    } else gets(response, incoming);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  maker = createOpenAiProvider({ apiKey: KEY, baseUrl: `${origin}/v1` });
});

afterAll(async () => {
  await maker.close();
  server.close();
  server.closeAllConnections();
});

let gets: Act = () => {};

async function make(how: Act): Promise<ImageOutcome> {
  act = how;
  const before = posts;
  const outcome = await maker.make(request, { signal: AbortSignal.timeout(20_000) });
  expect(posts - before).toBe(1);
  if (outcome.kind !== 'done') expect(JSON.stringify(outcome)).not.toMatch(/secret|teapot|ACME/);
  return outcome;
}

const send =
  (body: string | Uint8Array, headers: Record<string, string> = { 'content-type': 'application/json' }): Act =>
  (response) =>
    response.writeHead(200, headers).end(body);

const document = (value: unknown) => send(JSON.stringify(value));
const events = (...parts: string[]) => send(`${parts.join('\n\n')}\n\n`, { 'content-type': 'text/event-stream' });
const event = (name: string, data: unknown) => `event: ${name}\ndata: ${JSON.stringify(data)}`;

const isPng = (outcome: ImageOutcome, bytes: Uint8Array = PNG) => {
  expect(outcome).toMatchObject({ kind: 'done', contentType: 'image/png' });
  expect(outcome.kind === 'done' && Buffer.compare(outcome.bytes, bytes)).toBe(0);
};

describe('a finished image is read, whatever the shape of the answer', () => {
  const shapes: Record<string, Act> = {
    'one document in place of a stream': document({ created: 1, data: [{ b64_json: B64 }], usage: USAGE }),
    'a document in a list': document([{ data: [{ b64_json: B64 }], usage: USAGE }][0]),
    'a document that is wrapped': document({ response: { images: [{ base64: B64 }], usage: USAGE } }),
    'a data URL': document({ data: [{ url: `data:image/png;base64,${B64}` }], usage: USAGE }),
    'a data URL in a list of strings': document({ output: [`data:image/png;base64,${B64}`], usage: USAGE }),
    'base64 with line breaks': document({ data: [{ b64_json: B64.replace(/.{76}/g, '$&\r\n') }], usage: USAGE }),
    'base64 of the alphabet for addresses, without padding': document({
      data: [{ b64_json: PNG.toString('base64url') }],
      usage: USAGE,
    }),
    'no content type': send(JSON.stringify({ data: [{ b64_json: B64 }], usage: USAGE }), {}),
    'a wrong content type': send(JSON.stringify({ data: [{ b64_json: B64 }], usage: USAGE }), {
      'content-type': 'text/event-stream',
    }),
    'a byte order mark and white space': send(
      `\uFEFF\n ${JSON.stringify({ data: [{ b64_json: B64 }], usage: USAGE })}\n`,
    ),
    'a document a line': send(
      `{"type":"queued"}\n{"type":"image","b64_json":"${B64}","usage":${JSON.stringify(USAGE)}}\n`,
    ),
    gzip: send(gzipSync(JSON.stringify({ data: [{ b64_json: B64 }], usage: USAGE })), { 'content-encoding': 'gzip' }),
    'gzip that nobody mentions': send(gzipSync(JSON.stringify({ data: [{ b64_json: B64 }], usage: USAGE }))),
    deflate: send(deflateSync(JSON.stringify({ data: [{ b64_json: B64 }], usage: USAGE })), {
      'content-encoding': 'deflate',
    }),
    'events of other names': events(
      event('picture', { image: `data:image/png;base64,${B64}`, usage: USAGE }),
      'data: [DONE]',
    ),
    'events without names, and comments': events(': hello', `data: ${JSON.stringify({ b64_json: B64, usage: USAGE })}`),
    'previews before the image': events(
      event('image_generation.partial_image', { b64_json: OTHER.toString('base64'), partial_image_index: 0 }),
      event('image_generation.completed', { type: 'image_generation.completed', b64_json: B64, usage: USAGE }),
    ),
    'previews of other names': events(
      event('progress', { image: OTHER.toString('base64') }),
      event('result', { image_base64: B64, usage: USAGE }),
    ),
    'usage in an event of its own': events(
      event('image_generation.completed', { type: 'image_generation.completed', b64_json: B64 }),
      event('usage', { usage: USAGE }),
    ),
    'lines that end as on Windows': send(
      `event: done\r\ndata: ${JSON.stringify({ b64_json: B64, usage: USAGE })}\r\n\r\n`,
    ),
    'a stream whose last event has no end': send(`data: ${JSON.stringify({ b64_json: B64, usage: USAGE })}`),
    'small chunks': async (response) => {
      const body = JSON.stringify({ data: [{ b64_json: B64 }], usage: USAGE });
      response.writeHead(200);
      for (let at = 0; at < body.length; at += 50) {
        response.write(body.slice(at, at + 50));
        await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
    },
  };
  test.each(Object.keys(shapes))('%s', async (name) => {
    const outcome = await make(shapes[name]!);
    isPng(outcome);
    expect(outcome).toMatchObject({ costMicroUsd: COST });
    expect(outcome).not.toHaveProperty('more');
  });

  const priceless: Record<string, Act> = {
    'the picture itself': send(PNG, { 'content-type': 'image/png' }),
    'the picture under another name': send(PNG, { 'content-type': 'application/json' }),
    'bare base64': send(B64, { 'content-type': 'text/plain' }),
    'a bare data URL': send(`data:image/png;base64,${B64}`),
    'a usage of nothing': document({ data: [{ b64_json: B64 }], usage: { input_tokens: 0, output_tokens: 0 } }),
    'a document that is cut after the picture': (response) => {
      response.writeHead(200, { 'content-length': '100000' });
      response.write(`{"data":[{"b64_json":"${B64}","rev`, () => response.destroy());
    },
    'a document that is no JSON': send(`{"data":[{"b64_json":oh "${B64}"}]}`),
    'a reset after the event': (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const data = event('image_generation.completed', { type: 'image_generation.completed', b64_json: B64 });
      response.write(`${data}\n\n`, () => setTimeout(() => response.socket?.resetAndDestroy(), 50));
    },
    'a stream that is never ended': (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(
        `${event('image_generation.completed', { type: 'image_generation.completed', b64_json: B64 })}\n\n`,
      );
    },
  };
  test.each(Object.keys(priceless))('%s, at the price of the card', async (name) => {
    const outcome = await make(priceless[name]!);
    isPng(outcome);
    expect(outcome).toMatchObject({ costMicroUsd: BOUND });
  });

  test('several images: the first is the one that was asked for, and the others are kept', async () => {
    const all = { data: [{ b64_json: B64 }, { b64_json: OTHER.toString('base64') }, { b64_json: B64 }], usage: USAGE };
    const outcome = await make(document(all));
    isPng(outcome);
    expect(outcome.kind === 'done' && outcome.more?.map(({ bytes }) => Buffer.compare(bytes, OTHER))).toEqual([0]);
  });
});

describe('what broke off holds no image, and may have been billed', () => {
  const BODY = JSON.stringify({ data: [{ b64_json: B64 }], usage: USAGE });
  const lastOf = BODY.indexOf(B64) + B64.length;
  const cuts = [0, 1, 12, 30, Math.floor(lastOf / 2), lastOf - 1];

  test.each(cuts)('a document after %i characters', async (at) => {
    for (const destroy of ['reset', 'end'] as const) {
      const outcome = await make((response) => {
        response.writeHead(200, { 'content-length': String(BODY.length) });
        const end = () => (destroy === 'reset' ? response.socket?.resetAndDestroy() : response.socket?.end());
        if (at === 0) {
          response.flushHeaders();
          end();
        } else response.write(BODY.slice(0, at), end);
      });
      expect(outcome.kind).toBe('unknown');
    }
  });

  test.each([
    ['previews alone', events(event('image_generation.partial_image', { b64_json: B64, partial_image_index: 0 }))],
    [
      'half a picture',
      ((response) => {
        response.writeHead(200, { 'content-length': String(PNG.length) });
        response.write(PNG.subarray(0, 60), () => response.destroy());
      }) as Act,
    ],
    [
      'a preview in an event that is cut',
      ((response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        const whole = event('image_generation.partial_image', {
          type: 'image_generation.partial_image',
          b64_json: B64,
        });
        response.write(whole.slice(0, -1), () => setTimeout(() => response.socket?.resetAndDestroy(), 50));
      }) as Act,
    ],
    ['an error with 200', document({ error: { code: 'server_error', message: 'a teapot for ACME' } })],
    ['a page', send('<html>a teapot for ACME, confidential</html>', { 'content-type': 'text/html' })],
    ['nothing', send('')],
  ])('%s', async (_, how) => {
    expect((await make(how)).kind).toBe('unknown');
  });

  test('a policy’s refusal is one, also with 200', async () => {
    expect((await make(document({ error: { code: 'moderation_blocked' } }))).kind).toBe('refused');
  });
});

describe('a picture in another format', () => {
  const picture = sharp({ create: { width: 40, height: 30, channels: 3, background: { r: 200, g: 40, b: 20 } } });
  const bmp = () => {
    const data = Buffer.alloc(40 * 30 * 4);
    for (let at = 0; at < data.length; at += 4) data.set([255, 20, 40, 200], at);
    return Buffer.from(encode({ data, width: 40, height: 30, bitPP: 24 }).data);
  };
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30" fill="rgb(200,40,20)"/></svg>';
  const formats: Record<string, () => Promise<Buffer> | Buffer> = {
    webp: () => picture.clone().webp({ lossless: true }).toBuffer(),
    avif: () => picture.clone().avif({ lossless: true }).toBuffer(),
    tiff: () => picture.clone().tiff().toBuffer(),
    bmp,
    svg: () => Buffer.from(svg),
  };

  test.each(Object.keys(formats))('%s becomes a PNG of the same colour', async (name) => {
    const outcome = await make(
      document({ data: [{ b64_json: (await formats[name]!()).toString('base64') }], usage: USAGE }),
    );
    expect(outcome).toMatchObject({ kind: 'done', contentType: 'image/png', costMicroUsd: COST });
    if (outcome.kind !== 'done') return;
    const { data, info } = await sharp(outcome.bytes).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([40, 30]);
    expect([...data.subarray(0, 3)].map((each, index) => Math.abs(each - [200, 40, 20][index]!) < 12)).toEqual([
      true,
      true,
      true,
    ]);
    if (info.channels === 4) expect(data[3]).toBe(255);
  });

  test.each(['jpeg', 'gif'] as const)('%s stays as it is, whatever it is called', async (format) => {
    const bytes = await picture.clone().toFormat(format).toBuffer();
    const outcome = await make(document({ data: [{ url: `data:image/png;base64,${bytes.toString('base64')}` }] }));
    expect(outcome).toMatchObject({ kind: 'done', contentType: `image/${format}` });
    expect(outcome.kind === 'done' && Buffer.compare(outcome.bytes, bytes)).toBe(0);
  });

  test('an SVG in a data URL that is no base64', async () => {
    const outcome = await make(document({ data: [{ url: `data:image/svg+xml;utf8,${encodeURIComponent(svg)}` }] }));
    expect(outcome).toMatchObject({ kind: 'done', contentType: 'image/png' });
  });

  test.each([
    ['HEIC', '00000018667479706865696300000000', 'image/heic'],
    ['JPEG XL', 'ff0afa1f4191080c00d4004b38b4e80c', 'image/jxl'],
    ['a WebP that is damaged', '52494646100000005745425056503820ffffffff', 'image/webp'],
    ['what nobody knows', '01ff00fe0203ff0411fe00aa', 'application/octet-stream'],
  ])('%s cannot be converted, and is kept as it is', async (_, hex, contentType) => {
    const bytes = Buffer.from(hex, 'hex');
    const outcome = await make(document({ data: [{ b64_json: bytes.toString('base64') }], usage: USAGE }));
    expect(outcome).toMatchObject({ kind: 'done', contentType, costMicroUsd: COST });
    expect(outcome.kind === 'done' && Buffer.compare(outcome.bytes, bytes)).toBe(0);
  });
});

describe('a picture at an address', () => {
  const at = (path: string) =>
    document({ data: [{ url: path.startsWith('http') ? path : origin + path }], usage: USAGE });
  const serve = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'image/png' }).end(PNG);

  test('is fetched, also where it is not there at once, and without the key', async () => {
    const keys: unknown[] = [];
    let asked = 0;
    gets = (response, incoming) => {
      keys.push(incoming.headers.authorization);
      asked += 1;
      if (asked === 1) response.socket?.resetAndDestroy();
      else if (asked === 2) response.writeHead(404).end();
      else serve(response);
    };
    isPng(await make(at('/files/1.webp?sig=a%2Fb&x=1')));
    expect(keys).toEqual([undefined, undefined, undefined]);
  });

  test('is fetched where it was moved to', async () => {
    gets = (response, incoming) =>
      incoming.url === '/moved' ? response.writeHead(302, { location: '/here' }).end() : serve(response);
    isPng(await make(at('/moved')));
  });

  const gone: [string, (response: ServerResponse) => unknown, string][] = [
    ['never there', (response: ServerResponse) => response.writeHead(404).end(), 'http_404'],
    ['empty', (response: ServerResponse) => response.writeHead(200).end(), 'empty'],
    [
      'in a circle',
      (response: ServerResponse) => response.writeHead(302, { location: '/round' }).end(),
      'too_many_redirects',
    ],
    ['a page', (response: ServerResponse) => response.writeHead(200).end('<html>'), 'not_an_image'],
  ];
  test.each(someOf(gone.toReversed(), 2))('%s: nobody knows, and the log says why', async (_, how, code) => {
    gets = how;
    expect(await make(at('/gone'))).toMatchObject({ kind: 'unknown', said: { code: expect.stringContaining(code) } });
  });

  test('one that has no end is not read for ever', async () => {
    gets = (response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1_000_000))) {}
        response.once('drain', more);
      };
      more();
    };
    expect(await make(at('/endless'))).toMatchObject({ kind: 'unknown', said: { code: 'address_too_large' } });
  });
});

describe('addresses of a provider on the internet', () => {
  const from = async (url: string) => {
    const { createFetchPicture } = await import('../../src/images/openai/fetch-picture.ts');
    const fetchPicture = createFetchPicture('https://api.example.com/v1');
    try {
      return await fetchPicture(url, { signal: AbortSignal.timeout(10_000) });
    } finally {
      await fetchPicture.close();
    }
  };

  test.each([
    'http://127.0.0.1/x.png',
    'http://127.1/x.png',
    'http://2130706433/x.png',
    'http://[::1]/x.png',
    'http://[::ffff:10.0.0.1]/x.png',
    'http://[64:ff9b::a00:1]/x.png',
    'http://169.254.169.254/latest/meta-data',
    'http://10.1.2.3/x.png',
    'http://192.168.0.1/x.png',
    'http://100.64.0.1/x.png',
    'http://0.0.0.0/x.png',
    'http://[fd00::1]/x.png',
    'http://localhost/x.png',
    'ftp://8.8.8.8/x.png',
  ])('%s is not asked', async (url) => {
    expect(await from(url)).toEqual({ ok: false, code: url.startsWith('ftp') ? 'odd_address' : 'private_address' });
  });
});
