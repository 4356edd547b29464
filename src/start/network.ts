import { Agent, type Dispatcher, EnvHttpProxyAgent, Pool, fetch as undiciFetch } from 'undici';
import type { Config } from '../config.ts';

/** The way to Slack: straight, or through the proxy that the environment names. */
export type Network = {
  fetch: typeof fetch;
  /** The same way, for websockets. */
  dispatcher: Dispatcher;
  close(): Promise<void>;
};

export function createNetwork(proxy: Config['proxy']): Network {
  const dispatcher = agentFor(proxy);
  // undici's own fetch, because Node's takes only the dispatchers of the undici it was built with.
  const fetchOver = undiciFetch as unknown as (input: unknown, init: object) => Promise<Response>;
  return {
    fetch: (input, init) => fetchOver(input, { ...init, dispatcher }),
    dispatcher,
    close: () => dispatcher.destroy(),
  };
}

/** Each address goes through the proxy of its scheme, in a tunnel, unless `no` names it. */
export function agentFor(proxy: Config['proxy'], options: Agent.Options = {}): Dispatcher {
  if (proxy === null) return new Agent(options);
  const { http, https, no } = proxy;
  // Each is given, if only as empty: undici looks for what is missing in the environment by itself.
  return new EnvHttpProxyAgent({ ...options, httpProxy: http, httpsProxy: https, noProxy: no, clientFactory });
}

/** A proxy that refuses the connection gets its own code: nothing was sent on, so a retry is safe. */
function clientFactory(origin: URL, options: object): Dispatcher {
  const pool = new Pool(origin, options);
  const connect = pool.connect.bind(pool) as (options: Dispatcher.ConnectOptions) => Promise<Dispatcher.ConnectData>;
  return Object.assign(pool, {
    connect: async (to: Dispatcher.ConnectOptions) => {
      const answer = await connect(to);
      if (answer.statusCode === 200) return answer;
      answer.socket.on('error', () => {}).destroy();
      throw Object.assign(new Error('The proxy refused'), { code: `PROXY_${answer.statusCode}` });
    },
  });
}
