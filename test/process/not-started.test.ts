import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createLocalSlack, DEMO_WORKSPACE, type LocalSlack, readManifest } from '@inkwell/local-slack';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Installed, install, startInstalled } from '../support/installed.ts';
import { describeLong, isLong, someOf } from '../support/is-long.ts';

let inkwell: Installed;
let slack: LocalSlack;
beforeAll(async () => {
  inkwell = install({ packages: 'inside' });
  slack = createLocalSlack({
    manifest: readManifest('manifest.yml'),
    seed: DEMO_WORKSPACE,
    signingSecret: 'a'.repeat(32),
    botToken: 'xoxb-test',
    appToken: 'xapp-test',
    clock: Date.now,
  });
  await slack.listen();
});
afterAll(async () => {
  inkwell.remove();
  await slack.close();
});

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'inkwell-'));
});
afterEach(() => {
  slack.faults.clear();
  rmSync(dataDir, { recursive: true, force: true });
});

const real = () => ({
  SKETCH: 'on',
  SLACK_BOT_TOKEN: 'xoxb-test',
  SLACK_API_URL: slack.apiUrl,
  INKWELL_OWNER_ID: 'U0OLIVIA',
  SLACK_SIGNING_SECRET: 'a'.repeat(32),
});
const socket = () => ({ ...real(), SLACK_APP_TOKEN: 'xapp-test' });

/** Starts it, and expects the one sentence. */
async function refused(
  environment: Record<string, string>,
  sentence: RegExp,
  { shell, installed = inkwell }: { shell?: string; installed?: Installed } = {},
) {
  const command =
    shell === undefined ? {} : { command: 'sh', words: ['-c', `${shell}; exec "$0" dist/main.js`, process.execPath] };
  const started = startInstalled(installed, { environment: { DATA_DIR: dataDir, ...environment }, ...command });
  expect(await started.ended).toEqual({ code: 1, signal: null });
  expect(started.log()).toMatch(/^Inkwell couldn’t start:\n- .*[.\w]\n$/);
  expect(started.log()).toMatch(sentence);
  expect(started.log()).not.toMatch(/\n\s+at |xoxb-|xapp-|node:internal/);
  expect(started.out()).toBe('');
}

async function occupied(): Promise<{ port: number; leave(): void }> {
  const server = createServer().listen(0, '0.0.0.0');
  await once(server, 'listening');
  return { port: (server.address() as { port: number }).port, leave: () => server.close() };
}

/** Another program with the file, for as long as the test takes. */
async function locked(file: string, work: () => Promise<void>) {
  const lock = `const {DatabaseSync}=require('@photostructure/sqlite');const d=new DatabaseSync(${JSON.stringify(file)});d.exec('PRAGMA journal_mode=WAL;CREATE TABLE t(x);BEGIN EXCLUSIVE');console.log('locked');setInterval(()=>{},1e6)`;
  const other = spawn(process.execPath, ['-e', lock], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(other.stdout, 'data');
  try {
    await work();
  } finally {
    other.kill('SIGKILL');
    await once(other, 'exit');
  }
}

describe('the folder', () => {
  test.each(['ledger.sqlite', 'records.sqlite', 'playground.sqlite'].filter(() => isLong))(
    'with %s locked by another program',
    async (file) => {
      await locked(join(dataDir, file), () => refused({}, /another program has locked|locked by another program/i));
    },
    30_000,
  );

  test('that is a file', async () => {
    const file = join(dataDir, 'file');
    writeFileSync(file, '');
    await refused({ DATA_DIR: file }, /can’t write to DATA_DIR=.*\(ENOTDIR\)/);
    await refused({ DATA_DIR: join(file, 'below') }, /DATA_DIR=.*ENOTDIR/);
  });

  test('on a full disk', () => refused({}, /full/, { shell: 'ulimit -f 20' }));

  test.each(someOf(['ledger.sqlite', 'records.sqlite', 'lock.sqlite'], 3))(
    'with a folder in the place of %s',
    async (file) => {
      mkdirSync(join(dataDir, file));
      await refused({}, new RegExp(`${file}|a file in DATA_DIR`));
    },
  );

  const mounts = spawnSync('unshare', ['--mount', 'true']).status === 0;
  (mounts ? test : test.skip).each([
    ['read-only', '-o ro,mode=700', /EROFS/],
    ['of 64 KiB', '-o size=64k,mode=700', /full/],
  ])('on a disk that is %s', async (_, options, sentence) => {
    const started = startInstalled(inkwell, {
      environment: { DATA_DIR: dataDir },
      command: 'unshare',
      words: [
        '--mount',
        'sh',
        '-c',
        `mount -t tmpfs ${options} tmpfs ${dataDir} && exec "$0" dist/main.js`,
        process.execPath,
      ],
    });
    expect(await started.ended).toEqual({ code: 1, signal: null });
    expect(started.log()).toMatch(sentence);
    expect(started.log()).toMatch(/^Inkwell couldn’t start:\n- .*\n$/);
  });
});

describe('the port', () => {
  test('that is taken, for the playground and for Slack', async () => {
    const { port, leave } = await occupied();
    await refused({ PORT: String(port) }, new RegExp(`${port} is in use`));
    await refused({ ...real(), PORT: String(port) }, new RegExp(`port ${port}.*in use \\(EADDRINUSE\\)`));
    leave();
  });
});

describe('Slack', () => {
  test.each(someOf(['invalid_auth', 'account_inactive', 'token_revoked'], 3))(
    'that refuses the bot’s token (%s)',
    async (error) => {
      slack.faults.next('auth.test', { error });
      await refused(real(), new RegExp(`does not accept SLACK_BOT_TOKEN \\(${error}\\)`));
    },
  );

  test.each(someOf(['invalid_auth', 'not_allowed_token_type'], 2))(
    'that refuses the app’s token (%s)',
    async (error) => {
      slack.faults.next('apps.connections.open', { error });
      await refused(socket(), new RegExp(`does not accept SLACK_APP_TOKEN \\(${error}\\)`));
    },
  );

  test('that is away, or answers with an error of its own', async () => {
    const { port, leave } = await occupied();
    leave();
    await refused({ ...real(), SLACK_API_URL: `http://127.0.0.1:${port}/api/` }, /Can’t reach Slack \(ECONNREFUSED\)/);
    slack.faults.next('auth.test', { status: 503 });
    await refused(real(), /Can’t reach Slack \(http_503\)/);
  });
});

describeLong('MongoDB', () => {
  test('that is away', async () => {
    await refused(
      { ...real(), MONGODB_URI: 'mongodb://ink:secret@127.0.0.1:9/inkwell' },
      /Can’t reach MongoDB at 127\.0\.0\.1:9\/inkwell/,
    );
  }, 40_000);
});

describeLong('what came with Inkwell', () => {
  const put = (file: string, change: (path: string) => void) => {
    const path = join(inkwell.folder, file);
    change(path);
    return () => {
      rmSync(path, { recursive: true, force: true });
    };
  };

  test.each([
    ['is a folder', (path: string) => void mkdirSync(path), /\.env cannot be read \(EISDIR\)/],
    ['is UTF-16', (path: string) => writeFileSync(path, 'PORT=0\n', 'utf16le'), /\.env is not plain text/],
    [
      'has a mark and a wrong port',
      (path: string) => writeFileSync(path, '\uFEFFIMAGES_AT_ONCE=many\n'),
      /IMAGES_AT_ONCE must be/,
    ],
  ])('.env that %s', async (_, change, sentence) => {
    const takeAway = put('.env', change);
    await refused({}, sentence);
    takeAway();
  });

  const isRoot = process.getuid?.() === 0;
  (isRoot ? test : test.skip)('.env that may not be read', async () => {
    const takeAway = put('.env', (path) => writeFileSync(path, ''));
    chmodSync(join(inkwell.folder, '.env'), 0);
    chmodSync(inkwell.folder, 0o755);
    chmodSync(dataDir, 0o777);
    const asNobody = {
      command: 'setpriv',
      words: ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, 'dist/main.js'],
    };
    const started = startInstalled(inkwell, { environment: { DATA_DIR: dataDir }, ...asNobody });
    expect(await started.ended).toEqual({ code: 1, signal: null });
    expect(started.log()).toMatch(/\.env cannot be read \(EACCES\)/);
    takeAway();
  });

  test.each([
    ['broken YAML', 'display_information: ['],
    ['another shape', 'a: 1'],
  ])('a manifest with %s', async (_, text) => {
    const path = join(inkwell.folder, 'manifest.yml');
    unlinkSync(path);
    writeFileSync(path, text);
    await refused({}, /manifest\.yml is missing or malformed/);
    unlinkSync(path);
    await refused({}, /manifest\.yml is missing or malformed \(ENOENT\)/);
    symlinkSync(resolve('manifest.yml'), path);
  });

  test('a page that was not built, a part that is not there', async () => {
    const index = join(inkwell.folder, 'dist/page/index.html');
    const text = readFileSync(index);
    unlinkSync(index);
    await refused({}, /page is missing.*npm run build/);
    writeFileSync(index, text);
    const built = install();
    unlinkSync(join(built.folder, 'node_modules'));
    await refused({}, /cannot be loaded \(ERR_MODULE_NOT_FOUND\).*npm ci/, { installed: built });
    built.remove();
  });

  test('an address of a proxy that is none', async () => {
    await refused({ https_proxy: 'socks5://ink:secret@proxy:1080' }, /HTTPS_PROXY must be/);
    await refused({ HTTP_PROXY: 'http://a:%zz@proxy' }, /HTTP_PROXY must be/);
  });
});
