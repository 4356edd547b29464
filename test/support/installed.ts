import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from './program.ts';

/** Inkwell as it is installed and built, in a folder of its own, with this checkout behind it. */
export type Installed = { folder: string; remove(): void };

const PARTS = ['node_modules', 'src', 'packages', 'scripts', 'manifest.yml', 'package.json'];
const START = ['--enable-source-maps', '--disable-warning=ExperimentalWarning', 'dist/main.js'];

/**
 * `packages`: `beside` is what a build makes; a start with them `inside` of its one file costs half of that, and is the same
 * but for a package that is missing.
 */
export function install({ packages = 'beside' }: { packages?: 'beside' | 'inside' } = {}): Installed {
  const folder = mkdtempSync(join(tmpdir(), 'inkwell-installed-'));
  for (const part of PARTS) symlinkSync(resolve(part), join(folder, part));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  if (packages === 'inside') {
    build('src/main.ts', join(folder, 'dist/main.js'));
    cpSync('packages/local-slack/src/page', join(folder, 'dist/page'), { recursive: true });
    return { folder, remove };
  }
  const { status, stderr } = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return { folder, remove };
}

export type Started = {
  child: ChildProcess;
  out(): string;
  log(): string;
  /** Resolves once it says that it runs. */
  ready(): Promise<string>;
  ended: Promise<{ code: number | null; signal: string | null }>;
};

type Options = { environment?: Record<string, string>; command?: string; words?: readonly string[] };

/** Starts it with nothing of this environment. */
export function startInstalled(
  { folder }: Installed,
  { environment = {}, command = process.execPath, words = START }: Options,
): Started {
  const child = spawn(command, words, {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', PORT: '0', LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, log] = ['', ''];
  child.stdout?.on('data', (bytes) => {
    out += bytes;
  });
  child.stderr?.on('data', (bytes) => {
    log += bytes;
  });
  const ended = (once(child, 'close') as Promise<[number | null, string | null]>).then(([code, signal]) => ({
    code,
    signal,
  }));
  return {
    child,
    out: () => out,
    log: () => log,
    ended,
    async ready() {
      const over = ended.then(() => Promise.reject(new Error(`it did not start: ${out}${log}`)));
      over.catch(() => undefined);
      while (!/Inkwell.* (is open|is running)/.test(out))
        await Promise.race([once(child.stdout as never, 'data'), over]);
      return out;
    },
  };
}
