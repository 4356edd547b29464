import './locks.test.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from '@inkwell/local-slack/test/support.ts';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import { realClock } from '../../../src/start/real-clock.ts';
import { type Running, start } from '../../../src/start/start.ts';
import { EXCLUSIVE, locksOfAnotherProgram } from './locks-of-another.ts';

const locks = locksOfAnotherProgram();
afterAll(() => locks.release());

/** Longer than everything that is tried again within a request. */
const LOCKED_MS = 20_000;

describe('a paid picture that arrives while another program has the records', () => {
  let dataDir: string;
  let running: Running;
  const logged: string[] = [];
  beforeEach(async () => {
    logged.length = 0;
    dataDir = mkdtempSync(join(tmpdir(), 'inkwell-'));
    const config = readConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' }, 'Europe/London');
    const error = (_: object, words: string) => void logged.push(words);
    running = await start(config, { clock: realClock, log: { info() {}, warn() {}, error } });
  });
  afterEach(async () => {
    await running.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const ask = async (files: readonly string[], lockedMs = LOCKED_MS) => {
    const slack = running.slack!;
    let calls = 0;
    let ended: Promise<unknown> = Promise.resolve();
    const make = async () => {
      calls += 1;
      ({ ended } = await locks.lock(EXCLUSIVE, lockedMs, ...files.map((file) => join(dataDir, file))));
      return { kind: 'done' as const, bytes: new Uint8Array(PNG), contentType: 'image/png', costMicroUsd: 0 };
    };
    running.context.providers = { ...running.context.providers, images: { make } };
    const messages = () => slack.messages('C0NORTHWIND', { as: 'U0ANA' });
    const images = () =>
      messages().reduce((sum, { blocks }) => sum + blocks.filter(({ type }) => type === 'image').length, 0);
    const imagesBefore = images();
    await slack.as('U0ANA').command('/imagine', 'a fox that waits', { channelId: 'C0NORTHWIND' });
    const isShown = () => images() > imagesBefore;
    const isTold = () => messages().some(({ ephemeral, text }) => ephemeral && /Reference/.test(text));
    return { slack, isShown, isTold, calls: () => calls, ended: () => ended };
  };

  test.each([
    ['the records', ['records.sqlite']],
    ['both files', ['records.sqlite', 'ledger.sqlite']],
  ])(
    '%s: it is shown when they are free again, charged once, and said meanwhile',
    async (_, files) => {
      const { slack, isShown, isTold, calls, ended } = await ask(files);
      await slack.until(() => isTold() || null, LOCKED_MS + 10_000);
      expect(isShown()).toBe(false);
      await ended();
      await slack.until(() => isShown() || null, 90_000);
      expect(calls()).toBe(1);
      expect(logged).toContain('image outcome waits in memory until the records can be written');
      const { book } = running.context;
      expect(book.now().holds.size).toBe(0);
      const lines = await book.linesBefore({ beforeSeq: book.now().seq + 1, linesMax: 5 });
      expect(lines.filter(({ kind, at }) => kind === 'captured' && at > Date.now() - 120_000)).toHaveLength(1);
    },
    180_000,
  );

  test('a stop meanwhile says what is lost', async () => {
    // Longer than a stop waits for what is at work.
    const { slack, isTold, ended } = await ask(['records.sqlite'], 4 * LOCKED_MS);
    await slack.until(() => isTold() || null, LOCKED_MS + 10_000);
    await running.stop();
    expect(logged).toContain('a paid image that is not stored is lost if this process ends');
    await ended();
  }, 120_000);
});
