import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BehaviourName, ERROR_ANSWERS, imageAnswer, type Play, STREAM_ERROR_CODES } from './behaviours.ts';

export type ImagesRequest = { prompt: string; streams: boolean; authorization: string };

type Act = (response: ServerResponse, request: ImagesRequest) => Promise<void> | void;

const DRIP_MS = 20;

/** Behaviours that never get to an image. */
const ACTS: Partial<Record<BehaviourName, Act>> = {
  hang: () => {},
  drip: async (response) => {
    startStream(response);
    while (!response.destroyed) {
      response.write(': working\n\n');
      await sleep(DRIP_MS);
    }
  },
  reset_before_headers: (response) => void response.socket?.resetAndDestroy(),
  reset_after_headers: async (response) => {
    startStream(response).write(': working\n\n');
    await sleep(DRIP_MS);
    response.socket?.resetAndDestroy();
  },
  bad_gateway: (response, { prompt }) => {
    response.writeHead(502, { 'content-type': 'text/html' }).end(`<h1>Bad gateway: ${prompt}</h1>`);
  },
  redirect: (response) => void response.writeHead(307, { location: '/v1/images/generations' }).end(),
  talkative: (response, request) => {
    sendJson(response, 400, { error: errorOf(`the prompt ${request.prompt} will not do`, request) });
  },
};

/** What becomes of an image that is on its way. */
const SPOILED_TRANSFERS: Partial<
  Record<BehaviourName, (response: ServerResponse, body: string) => Promise<void> | void>
> = {
  cut_stream: (response) => void response.end(': working\n\n'),
  truncated: async (response, body) => {
    response.write(body.slice(0, body.length / 2));
    await sleep(DRIP_MS);
    response.socket?.destroy();
  },
  malformed_json: (response, body) => void response.end(body.replace('"b64_json":', '"b64_json":oh ')),
};

/** Plays one behaviour on one request, as a stream or as one JSON, whichever was asked for. */
export async function perform(play: Play, request: ImagesRequest, response: ServerResponse): Promise<void> {
  const { name, delayMs = 0, retryAfterS = 2 } = play;
  if (delayMs > 0) await sleep(delayMs);
  response.setHeader('x-request-id', 'req_scripted');

  const refusal = ERROR_ANSWERS[name];
  if (refusal) {
    if (name === 'rate_limit_exceeded') response.setHeader('retry-after', String(retryAfterS));
    return sendJson(response, refusal.status, { error: errorOf(refusal.code, request) });
  }
  const streamError = STREAM_ERROR_CODES[name];
  if (streamError) {
    startStream(response).end(eventOf('error', { type: 'error', error: errorOf(streamError, request) }));
    return;
  }
  const act = ACTS[name];
  if (act) return await act(response, request);
  await sendImage(play, request, response);
}

async function sendImage(play: Play, { streams }: ImagesRequest, response: ServerResponse): Promise<void> {
  const { b64_json, usage } = imageAnswer(play);
  const body = streams
    ? eventOf('image_generation.completed', { type: 'image_generation.completed', b64_json, usage })
    : JSON.stringify({ created: 1, data: b64_json === '' ? [] : [{ b64_json }], usage });
  if (streams) startStream(response);
  else response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });

  const spoil = SPOILED_TRANSFERS[play.name];
  if (spoil) return await spoil(response, body);
  response.end(body);
}

function startStream(response: ServerResponse): ServerResponse {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  return response;
}

/** Quotes prompt and key, as providers have been seen to do: neither may reach a detail. */
function errorOf(code: string | null, { prompt, authorization }: ImagesRequest) {
  return { code, type: 'invalid_request_error', param: prompt, message: `Your request "${prompt}" (${authorization})` };
}

function eventOf(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
