// Finds, builds and starts the MongoDB that the tests run on. See README.md here.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';

const HERE = import.meta.dirname;
const STARTS_WITHIN_MS = 30_000;

/**
 * What to run the tests on: `{ kind: 'uri', uri }`, `{ kind: 'mongod' | 'ferretdb', program }`, or `{ kind: 'none', reason }`.
 * Builds the FerretDB program where it is the one and was not built before, which takes minutes.
 */
export async function findServer() {
  const uri = process.env.MONGODB_TEST_URI;
  if (uri) {
    const database = new URL(uri.replace(/^mongodb(\+srv)?:/, 'http:').replace(/,[^/]*/, '')).pathname.slice(1);
    // Tests drop databases: an address without this ending may be somebody's ledger.
    if (!database.endsWith('-test')) {
      return {
        kind: 'refused',
        reason: `MONGODB_TEST_URI names the database “${database}”, which does not end in -test.`,
      };
    }
    return { kind: 'uri', uri };
  }
  if (runs('mongod', ['--version'])) return { kind: 'mongod', program: 'mongod' };
  if (!runs('go', ['version'])) return { kind: 'none', reason: 'no server' };
  return buildFerret();
}

const runs = (program, words) => spawnSync(program, words, { stdio: 'ignore' }).status === 0;

/** Once a machine and version: the program is kept beside other temporary files, under a name made from its sources. */
async function buildFerret() {
  const sources = ['go.mod', 'go.sum', 'main.go'].map((file) => readFileSync(join(HERE, file)));
  const version = createHash('sha256').update(Buffer.concat(sources)).digest('hex').slice(0, 16);
  const folder = join(tmpdir(), `inkwell-mongo-server-${version}`);
  const program = join(folder, 'mongo-server');
  if (existsSync(program)) return { kind: 'ferretdb', program };
  console.log('Building the FerretDB that the MongoDB suites run on: two minutes or so, once on this machine.');
  mkdirSync(folder, { recursive: true });
  const unfinished = join(folder, `unfinished-${process.pid}`);
  const go = spawn('go', ['build', '-o', unfinished, '.'], { cwd: HERE, stdio: ['ignore', 'inherit', 'inherit'] });
  const status = await new Promise((resolve) => go.once('exit', resolve));
  if (status !== 0) return { kind: 'none', reason: 'no server: FerretDB could not be built, see above' };
  renameSync(unfinished, program);
  return { kind: 'ferretdb', program };
}

/** Starts it on a folder of its own, or on the one given: `{ uri, name, version, port, folder, kill, stop }`. */
export async function startServer({ kind, program }, { folder = newFolder(), port = 0 } = {}) {
  const onPort = port || (await freePort());
  const child =
    kind === 'mongod'
      ? spawn(program, ['--dbpath', folder, '--port', String(onPort), '--bind_ip', '127.0.0.1', '--replSet', 'test'], {
          stdio: ['pipe', 'ignore', 'inherit'],
        })
      : // Its standard input is a pipe of ours: when we are gone it ends, too.
        spawn(program, [folder, `127.0.0.1:${onPort}`], { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const end = async (signal) => {
    child.kill(signal);
    await ended;
  };
  try {
    const uri = `mongodb://127.0.0.1:${onPort}/`;
    const { name, version } = await waitFor(uri, kind);
    return {
      uri: kind === 'mongod' ? `${uri}?replicaSet=test` : uri,
      name,
      version,
      port: onPort,
      folder,
      /** The folder stays: the same server can be started on it again. */
      kill: () => end('SIGKILL'),
      stop: async () => {
        await end('SIGTERM');
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
}

export const newFolder = () => mkdtempSync(join(tmpdir(), 'inkwell-mongo-'));

/** Waits until it takes writes; a `mongod` is made a replica set of one first. */
async function waitFor(uri, kind) {
  const until = Date.now() + STARTS_WITHIN_MS;
  for (;;) {
    try {
      return await look(uri, kind);
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function look(uri, kind) {
  const connection = mongoose.createConnection();
  await connection.openUri(uri, { directConnection: true, serverSelectionTimeoutMS: 1_000 });
  try {
    const admin = connection.db.admin();
    if (kind === 'mongod') {
      const config = { _id: 'test', members: [{ _id: 0, host: new URL(uri).host }] };
      await admin.command({ replSetInitiate: config }).catch((error) => {
        if (error.codeName !== 'AlreadyInitialized') throw error;
      });
      if (!(await admin.command({ hello: 1 })).isWritablePrimary) throw new Error('no primary yet');
    }
    return await nameOf(connection);
  } finally {
    await connection.close(true);
  }
}

/** Who is at the other end. FerretDB says which MongoDB it stands in for, and is known by a field of its own. */
export async function nameOf(connection) {
  const built = await connection.db.admin().command({ buildInfo: 1 });
  if (!('ferretdbVersion' in built)) return { name: 'MongoDB', version: built.version };
  const [, version] = /FerretDB v(\S+)/.exec(readFileSync(join(HERE, 'go.mod'), 'utf8')) ?? [];
  return { name: 'FerretDB', version: `${version} (speaks as MongoDB ${built.version})` };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
