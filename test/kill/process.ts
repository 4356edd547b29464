import { type ChildProcess, spawn } from 'node:child_process';
import type { Label, Life, Said } from './life.ts';

/** How a process ended. */
export type Ended = {
  life: Life;
  said: readonly Said[];
  signal: NodeJS.Signals | null;
  code: number | null;
  /** The label that it died at by its own hand. */
  diedAt: Label | null;
  log: string;
};

export type Running = {
  ended: Promise<Ended>;
  kill(): void;
  isOver(): boolean;
  said: readonly Said[];
  idle: Promise<void>;
};

const LOADER = 'test/kill/child/load.cjs';
/** No process of a scenario takes as long, on the busiest machine. */
const HANGS_AFTER_MS = 300_000;

export function startLife(program: string, life: Life): Running {
  const words = ['--disable-warning=ExperimentalWarning', LOADER, program, life.store.kind, JSON.stringify(life)];
  const child = spawn(process.execPath, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '' },
  });
  const said: Said[] = [];
  const heard = hear(child, said);
  const hangs = setTimeout(() => child.kill('SIGABRT'), HANGS_AFTER_MS);
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => {
      clearTimeout(hangs);
      const last = said.find((each) => each.say === 'died');
      resolve({ life, said, code, signal, diedAt: last?.say === 'died' ? last.label : null, log: heard.log() });
    });
  });
  return {
    ended,
    said,
    idle: heard.idle,
    kill: () => void child.kill('SIGKILL'),
    isOver: () => child.exitCode !== null || child.signalCode !== null,
  };
}

/** Half a line at the end was never said. */
function hear(child: ChildProcess, said: Said[]) {
  let rest = '';
  let log = '';
  let isIdle = () => {};
  const idle = new Promise<void>((resolve) => {
    isIdle = resolve;
  });
  child.stdout?.on('data', (chunk) => {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) said.push(JSON.parse(line) as Said);
    if (said.at(-1)?.say === 'idle') isIdle();
  });
  child.stderr?.on('data', (chunk) => {
    log += String(chunk);
  });
  return { idle, log: () => log };
}
