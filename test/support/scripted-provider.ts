import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { BEHAVIOUR_NAMES, type Behaviour, type BehaviourName } from './provider/behaviours.ts';
import { perform } from './provider/perform.ts';

export { BEHAVIOUR_NAMES, type Behaviour, type BehaviourName, usage } from './provider/behaviours.ts';

export type ProviderRequest = { method: string; path: string; authorization: string; body: Record<string, unknown> };

/**
 * An images provider on loopback that speaks OpenAI's protocol over real HTTP and does to each request what the script
 * says; after the script's end it makes images. A prompt that says `boom:<behaviour>` goes before the script.
 */
export type ScriptedProvider = {
  /** For the adapter's `baseUrl`. */
  readonly url: string;
  /** POSTs that arrived, answered or not. */
  readonly posts: number;
  readonly requests: readonly ProviderRequest[];
  script(behaviours: readonly Behaviour[]): void;
  /** What `GET /v1/models` lists, or the status it fails with. */
  listModels(models: readonly { id: string; shutdown_date?: string | null }[] | number): void;
  close(): Promise<void>;
};

export async function startScriptedProvider(): Promise<ScriptedProvider> {
  const requests: ProviderRequest[] = [];
  let queue: Behaviour[] = [];
  let models: Parameters<ScriptedProvider['listModels']>[0] = [];

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = request;
    const { authorization = '' } = headers;
    const seen: ProviderRequest = { method, path, authorization, body: {} };
    requests.push(seen);
    if (seen.method === 'GET' && seen.path === '/v1/models') return answerModels(models, response);
    if (seen.method !== 'POST' || seen.path !== '/v1/images/generations') return void response.writeHead(405).end();

    seen.body = (await json(request)) as Record<string, unknown>;
    const prompt = String(seen.body.prompt);
    const behaviour = boomOf(prompt) ?? queue.shift() ?? 'ok';
    await perform(
      typeof behaviour === 'string' ? { name: behaviour } : behaviour,
      { prompt, streams: seen.body.stream === true, authorization },
      response,
    );
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    get posts() {
      return requests.filter(({ method }) => method === 'POST').length;
    },
    script: (behaviours) => {
      queue = [...behaviours];
    },
    listModels: (listed) => {
      models = listed;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answerModels(models: Parameters<ScriptedProvider['listModels']>[0], response: ServerResponse): void {
  const failed = typeof models === 'number';
  response.writeHead(failed ? models : 200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(failed ? { error: { code: null } } : { object: 'list', data: models }));
}

function boomOf(prompt: string): BehaviourName | null {
  const asked = /\bboom:(\w+)/.exec(prompt)?.[1];
  return BEHAVIOUR_NAMES.find((name) => name === asked) ?? null;
}
