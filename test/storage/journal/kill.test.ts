import { type ChildProcess, spawn } from 'node:child_process';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Book } from '../../../src/book/book.ts';
import { Verifier } from '../../../src/ledger/verify/verifier.ts';
import { contentHash } from '../../../src/ports/content-hash.ts';
import { openSqliteJournal } from '../../../src/storage/journal/sqlite.ts';
import { createClock } from '../../support/clock.ts';
import { commandOf, open, WORKSPACE } from '../../support/fixtures.ts';
import { programOfRun } from '../../support/program.ts';
import { temporaryFiles } from '../sqlite/files.ts';

const SEED = 41;
const ROUNDS = 8;

const files = temporaryFiles();
let program: string;
beforeAll(() => {
  program = programOfRun('test/storage/journal/append-forever.ts');
});
afterAll(() => {
  files.remove();
});

/** A process that writes, and what it says was answered. */
function writer(file: string, name: string): { child: ChildProcess; answered: string[]; ended: Promise<void> } {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, file, name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const answered: string[] = [];
  let rest = '';
  child.stdout.on('data', (chunk) => {
    const said = (rest + String(chunk)).split('\n');
    rest = said.pop() ?? '';
    answered.push(...said);
  });
  return { child, answered, ended: new Promise((resolve) => child.on('close', () => resolve())) };
}

async function linesOf(file: string) {
  const journal = openSqliteJournal(file);
  const lines = await journal.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 1_000_000 });
  await journal.close();
  return lines;
}

describe('kill -9', () => {
  test(`of two processes that write to one journal, at ${ROUNDS} random moments: no answered command is lost, no seq is missing; seed ${SEED}`, async () => {
    const file = files.next();
    const journal = openSqliteJournal(file);
    const book = await Book.open({ journal, clock: createClock(), workspace: WORKSPACE });
    await book.submit(commandOf(open(), 'open'));
    await journal.close();

    const moments = fc.sample(fc.noBias(fc.tuple(fc.nat(60), fc.nat(60))), { seed: SEED, numRuns: ROUNDS / 2 });
    const answered: string[] = [];
    for (const [round, delays] of moments.entries()) {
      const writers = ['a', 'b'].map((name) => writer(file, `${name}${round}`));
      const killed = writers.map(async ({ child, answered: said, ended }, index) => {
        while (said.length === 0 && child.exitCode === null) await pause(2);
        await pause(delays[index] ?? 0);
        child.kill('SIGKILL');
        await ended;
      });
      await Promise.all(killed);
      for (const { child, answered: said } of writers) {
        expect(child.signalCode).toBe('SIGKILL');
        expect(said.length).toBeGreaterThan(0);
        answered.push(...said);
      }
      const commandIds = new Set((await linesOf(file)).map(({ commandId }) => commandId));
      expect(answered.filter((commandId) => !commandIds.has(commandId))).toEqual([]);
    }

    const verifier = new Verifier(WORKSPACE, contentHash);
    const lines = await linesOf(file);
    for (const line of lines) verifier.add(line);
    expect(verifier.result()).toMatchObject({ ok: true, linesCount: lines.length });
    expect(lines.length).toBeGreaterThanOrEqual(answered.length);
    expect(answered.length).toBeGreaterThan(ROUNDS * 10);
  }, 60_000);
});

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
