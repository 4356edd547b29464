import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createLocalSlack, DEMO_WORKSPACE, type LocalSlack, readManifest } from '@inkwell/local-slack';
import type { ApiFault } from '@inkwell/local-slack/faults.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { lockFolder } from '../../src/storage/sqlite/lock.ts';
import { type Installed, install, type Started, startInstalled } from '../support/installed.ts';
import { describeLong, someOf, testLong } from '../support/is-long.ts';

const START_MS = 60_000;

let inkwell: Installed;
beforeAll(() => {
  inkwell = install();
});
afterAll(() => inkwell.remove());

let dataDir: string;
let started: Started | null = null;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'inkwell-'));
});
afterEach(async () => {
  started?.child.kill('SIGKILL');
  await started?.ended;
  started = null;
  rmSync(dataDir, { recursive: true, force: true });
});

const begin = (options: Parameters<typeof startInstalled>[1] = {}) => {
  started = startInstalled(inkwell, { ...options, environment: { DATA_DIR: dataDir, ...options.environment } });
  return started;
};
const STOPPED = { code: 0, signal: null };

const isFree = () => {
  lockFolder(dataDir).release();
  return true;
};
const answers = (port: string) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });

describe('a signal', () => {
  test.each(someOf(['SIGTERM', 'SIGINT'] as const, 2))(
    '%s ends it in order',
    async (signal) => {
      const { child, ready, ended, log } = begin();
      const [, port = ''] = /:(\d+)\//.exec(await ready()) ?? [];
      child.kill(signal);
      expect(await ended).toEqual(STOPPED);
      expect(await answers(port)).toBe(false);
      expect(isFree()).toBe(true);
      expect(log()).toBe('');
    },
    START_MS,
  );

  test(
    'during the start ends it wherever it is',
    async () => {
      for (const afterMs of someOf([400, 150, 1_200, 800, 2_000], 2)) {
        const { child, ended, log } = begin();
        await wait(afterMs);
        child.kill('SIGTERM');
        const { code, signal } = await ended;
        // Before Node itself has come so far, the system ends it.
        expect(signal ?? code).toBe(signal === null ? 0 : 'SIGTERM');
        expect(log()).toBe('');
        expect(isFree()).toBe(true);
      }
    },
    START_MS,
  );

  testLong(
    'while a database is waited for ends it at once',
    async () => {
      const slack = openSlack();
      await slack.listen();
      const { child, ended } = begin({
        environment: { ...overSocket(slack), MONGODB_URI: 'mongodb://127.0.0.1:9/inkwell' },
      });
      await slack.until(() => slack.calls.some(({ method }) => method === 'auth.test'), 30_000);
      await wait(300);
      const at = Date.now();
      child.kill('SIGTERM');
      expect(await ended).toEqual(STOPPED);
      expect(Date.now() - at).toBeLessThan(8_000);
      await slack.close();
    },
    START_MS,
  );

  const own = spawnSync('unshare', ['--pid', '--fork', '--mount-proc', 'true']).status === 0;
  (own ? test.each(someOf([0, 700, null], 3)) : test.skip.each([0]))(
    'as process 1, %s ms after its first word',
    async (afterMs) => {
      // The shell becomes Inkwell; its first word says that it is process 1.
      const shell = 'echo $$; exec "$0" dist/main.js';
      const { child, ready, ended, out } = begin({
        command: 'unshare',
        words: ['--pid', '--fork', '--mount-proc', '--kill-child', 'sh', '-c', shell, process.execPath],
      });
      if (afterMs === null) await ready();
      while (!out().startsWith('1\n')) await wait(5);
      // Node itself takes a moment to come as far as the first line of ours.
      await wait((afterMs ?? 0) + 250);
      const inside = spawnSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' }).stdout.trim();
      process.kill(Number(inside), 'SIGTERM');
      expect(await ended).toEqual(STOPPED);
      expect(isFree()).toBe(true);
    },
    START_MS,
  );

  testLong(
    'that comes again ends it at once',
    async () => {
      const slack = openSlack();
      await slack.listen();
      const { child, ready, ended } = begin({ environment: overSocket(slack) });
      await ready();
      await slack.until(() => slack.sockets.open > 0, 10_000);
      slack.faults.next('chat.postMessage', ...Array<ApiFault>(5).fill({ delayMs: 9_000 }));
      await slack.as('U0OLIVIA').command('/imagine', 'a fox', { channelId: 'C0NORTHWIND' });
      await wait(300);
      child.kill('SIGTERM');
      await wait(100);
      child.kill('SIGTERM');
      const { code } = await ended;
      expect([0, 143]).toContain(code);
      await slack.close();
    },
    START_MS,
  );
});

describe('npm start', () => {
  test(
    'passes SIGTERM on, and ends after Inkwell',
    async () => {
      const { child, ready, ended, out } = begin({ command: 'npm', words: ['start'] });
      const [, port = ''] = /:(\d+)\//.exec(await ready()) ?? [];
      expect(await answers(port)).toBe(true);
      child.kill('SIGTERM');
      await ended;
      expect(await answers(port)).toBe(false);
      expect(isFree()).toBe(true);
      expect(out()).toContain('is open');
    },
    START_MS,
  );
});

const openSlack = (): LocalSlack =>
  createLocalSlack({
    manifest: readManifest('manifest.yml'),
    seed: DEMO_WORKSPACE,
    signingSecret: 'a'.repeat(32),
    botToken: 'xoxb-test',
    appToken: 'xapp-test',
    clock: Date.now,
  });
const overSocket = ({ apiUrl }: LocalSlack) => ({
  SKETCH: 'on',
  SLACK_BOT_TOKEN: 'xoxb-test',
  SLACK_APP_TOKEN: 'xapp-test',
  SLACK_API_URL: apiUrl,
  INKWELL_OWNER_ID: 'U0OLIVIA',
});

describeLong('over Socket Mode, the process', () => {
  test(
    'outlives whatever happens to Slack at a refresh, and says so',
    async () => {
      const slack = openSlack();
      await slack.listen();
      const { child, ready, ended, log } = begin({ environment: overSocket(slack) });
      await ready();
      await slack.until(() => slack.sockets.open === 2, 10_000);
      const faults: ApiFault[] = [
        { status: 500 },
        { status: 503 },
        'cut_before_effect',
        { error: 'internal_error' },
        { error: 'invalid_auth' },
        { delayMs: 300 },
        { retryAfterS: 1 },
      ];
      for (const fault of faults) {
        const { opened } = slack.sockets;
        slack.faults.next('apps.connections.open', fault, fault);
        slack.sockets.refresh();
        await slack.until(() => slack.sockets.opened >= opened + 2, 20_000);
      }
      expect(child.exitCode).toBeNull();
      const command = await slack.as('U0OLIVIA').command('/credits', '', { channelId: 'C0NORTHWIND' });
      expect(command).toEqual({ ok: true });
      expect(log()).toMatch(/"code":"http_500".*Slack opened no connection/);
      child.kill('SIGTERM');
      expect(await ended).toEqual(STOPPED);
      await slack.close();
    },
    2 * START_MS,
  );
});
