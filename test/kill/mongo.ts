import { pathToFileURL } from 'node:url';
import type { FoundServer, OwnServer } from '../mongo-server/server.mjs';
import { withDatabase } from '../support/with-database.ts';
import type { MongoAt } from './run.ts';

type ServerModule = typeof import('../mongo-server/server.mjs');

/** Not bundled: it looks for its sources beside itself. */
const serverModule = () => import(pathToFileURL('test/mongo-server/server.mjs').href) as Promise<ServerModule>;

/** A server that is looked for as the tests do; null where there is none. */
export async function findMongo(): Promise<(() => Promise<MongoAt>) | null> {
  const { findServer } = await serverModule();
  const found = await findServer();
  if (found.kind === 'refused') throw new Error(found.reason);
  return 'reason' in found ? null : () => startMongo(found);
}

type Startable = Exclude<FoundServer, { reason: string }>;

/** A server of a worker's own, to be killed and started again where it was. Somebody else's is used, and never killed. */
export async function startMongo(found: Startable): Promise<MongoAt> {
  if (found.kind === 'uri') {
    return { uri: (database) => withDatabase(found.uri, database), kill: null, stop: async () => {} };
  }
  const { startServer } = await serverModule();
  let own: OwnServer = await startServer(found);
  return {
    uri: (database) => withDatabase(own.uri, database),
    async kill() {
      await own.kill();
      own = await startServer(found, { folder: own.folder, port: own.port });
    },
    stop: () => own.stop(),
  };
}
