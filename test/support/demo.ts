import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalSlack } from '@inkwell/local-slack';
import { readConfig } from '../../src/config.ts';
import type { ImageOutcome, ImageProvider } from '../../src/images/image-provider.ts';
import { realClock } from '../../src/start/real-clock.ts';
import { type Running, start } from '../../src/start/start.ts';
import { folderOfRun } from './program.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** What a first start leaves. Copied for each test, because setting up the agency and its past is most of a start's work. */
let firstStart: Promise<string> | null = null;

/** A folder of its own, as after a first start of the playground. */
export async function demoFolder(): Promise<string> {
  firstStart ??= startOnce();
  const folder = mkdtempSync(join(tmpdir(), 'inkwell-'));
  cpSync(await firstStart, folder, { recursive: true });
  return folder;
}

/** The playground in such a folder. `close` stops it, and leaves nothing behind. */
export async function openDemo(): Promise<{ running: Running; slack: LocalSlack; close: () => Promise<void> }> {
  const dataDir = await demoFolder();
  const running = await startDemo(dataDir);
  const { slack } = running;
  if (!slack) throw new Error('not the playground');
  const close = async () => {
    await running.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { running, slack, close };
}

async function startOnce(): Promise<string> {
  const folder = mkdtempSync(join(folderOfRun(), 'demo-'));
  await (await startDemo(folder)).stop();
  return folder;
}

/** The whole playground. Its images are drawn, and each kind of them once: drawing takes most of a second of a core. */
export async function startDemo(dataDir: string): Promise<Running> {
  const config = readConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' }, 'Europe/London');
  const running = await start(config, { clock: realClock, log: silent });
  const { providers } = running.context;
  running.context.providers = { ...providers, images: drawnOnce(providers.images) };
  return running;
}

const drawn = new Map<string, Promise<ImageOutcome>>();

const drawnOnce = (maker: ImageProvider): ImageProvider => ({
  make(request, options) {
    const { rate, size, quality } = request;
    const kind = `${rate.id} ${size} ${quality}`;
    const outcome = drawn.get(kind) ?? maker.make(request, options);
    drawn.set(kind, outcome);
    return outcome;
  },
});
