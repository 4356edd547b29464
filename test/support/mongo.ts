import { afterAll, describe } from 'vitest';
import { type Mongo, type MongoOptions, openMongo } from '../../src/storage/mongo/open.ts';
import { withDatabase } from './with-database.ts';

export { withDatabase };

/** The server of this test run: started when the first test file asks for it, for all of them. */
type Found =
  | {
      kind: 'uri' | 'mongod' | 'ferretdb';
      uri: string;
      name: 'MongoDB' | 'FerretDB';
      version: string;
      program?: string;
    }
  | { kind: 'none' | 'refused'; reason: string };

const keeper = process.env.INKWELL_TEST_MONGO;
const found: Found = keeper
  ? ((await (await fetch(keeper)).json()) as Found)
  : { kind: 'none', reason: 'not started by vitest.config.js' };

if (found.kind === 'refused') throw new Error(found.reason);
// On a machine that is to prove everything, a proof that is missing is a failure.
if (found.kind === 'none' && process.env.CI === 'true') throw new Error(`MongoDB suites: SKIPPED, ${found.reason}`);

export const server = 'uri' in found ? found : null;

/** For who starts a server of its own, or kills one: what the run's server was started from. */
export function ownServer() {
  if (!server) throw new Error('there is no server');
  const { kind, uri, program = '' } = server;
  return kind === 'uri' ? { kind, uri } : { kind, program };
}

/** Where there is no server these are skipped, and the run says so at its end. */
export const describeOnMongo = server ? describe : describe.skip;

/** What FerretDB cannot show. */
export const describeOnMongoDbItself = server?.name === 'MongoDB' ? describe : describe.skip;

const RUN = `${process.pid.toString(36)}${Date.now().toString(36)}`;

/** A database of a test file's own, on the run's server or behind a proxy of it; it is dropped at the end. */
export function testDatabase(file: string) {
  const uri = server ? withDatabase(server.uri, `inkwell-${file}-${RUN}-test`) : '';
  const opened = new Set<Mongo>();
  /** Tests of what a slow server does say so; the others are not to fail on a busy machine. */
  const open = async (options: MongoOptions & { at?: string } = {}): Promise<Mongo> => {
    const { at = uri, ...rest } = options;
    const mongo = await openMongo(at, { waitMs: 20_000, ...rest });
    opened.add(mongo);
    return mongo;
  };
  const close = async () => {
    for (const mongo of opened) await mongo.close();
    opened.clear();
  };
  const empty = async () => {
    const mongo = await openMongo(uri, { waitMs: 20_000 });
    await mongo.connection.dropDatabase();
    await mongo.close();
  };
  afterAll(async () => {
    if (!server) return;
    await close();
    await empty();
  });
  return { uri, open, close, empty };
}
