import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { beforeAll, describe, expect, test } from 'vitest';
import { programOfRun } from '../support/program.ts';

/** The handlers as `main.ts` sets them, around faults that nobody catches. */
let program: string;
beforeAll(() => {
  program = programOfRun('test/process/uncaught-program.ts');
});

async function life(...words: string[]) {
  const child = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes) => {
      said += bytes;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
}

describe('what nobody caught', () => {
  test.each(['rejection', 'rejection-of-undefined', 'rejection-in-a-timer'])(
    '%s: it is written, and all goes on',
    async (what) => {
      expect(await life(what)).toEqual({ code: 0, said: expect.stringMatching(/^goes_on .*\nstopped in order\n$/) });
    },
  );

  test.each(['exception', 'error-event', 'exception-while-stopping'])(
    '%s: it is written, and the process stops in order',
    async (what) => {
      const { code, said } = await life(what);
      expect(code).toBe(what === 'exception-while-stopping' ? 0 : 1);
      expect(said).toMatch(/^stops .*\n/);
      expect(said).toMatch(/stopped in order\n$/);
    },
  );

  test('an output that nobody reads any more ends nothing', async () => {
    const child = spawn(process.execPath, [program, 'broken-pipe'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
