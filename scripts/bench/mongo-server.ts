import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export type Server = { uri: string; name: string; stop(): Promise<void> };

type Starter = {
  findServer(): Promise<{ kind: string; uri?: string; reason?: string }>;
  startServer(found: object): Promise<{ uri: string; name: string; version: string; stop(): Promise<void> }>;
};

/** The server that the tests run on; in words why there is none. */
export async function findMongo(): Promise<Server | string> {
  const file = join(process.cwd(), 'test', 'mongo-server', 'server.mjs');
  if (!existsSync(file)) return 'the tests’ server is not here';
  const { findServer, startServer } = (await import(pathToFileURL(file).href)) as Starter;
  const found = await findServer();
  if (found.kind === 'uri') return { uri: found.uri ?? '', name: 'MONGODB_TEST_URI', stop: async () => {} };
  if (found.kind === 'none' || found.kind === 'refused') return found.reason ?? found.kind;
  const { uri, name, version, stop } = await startServer(found);
  return { uri, name: `${name} ${version}`, stop };
}

let count = 0;

/** An address of a new database: the ending is what tests may drop. */
export function newDatabase({ uri }: Server): string {
  count += 1;
  const [address = '', options] = uri.split('?');
  const hosts = address.split('/').slice(0, 3).join('/');
  return `${hosts}/inkwell-bench-${process.pid}-${count}-test${options ? `?${options}` : ''}`;
}
