import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { programOfRun } from '../../support/program.ts';

export const READER = 'BEGIN; SELECT count(*) FROM sqlite_schema';
export const WRITER = 'BEGIN IMMEDIATE';
export const EXCLUSIVE = 'BEGIN EXCLUSIVE';

/** Another program, which takes locks on files when it is told to. */
export function locksOfAnotherProgram() {
  const program = programOfRun('test/storage/sqlite/hold-lock.ts');
  const children: ChildProcess[] = [];
  return {
    /** Resolves once it has the files, and `ended` once it has let go. */
    async lock(sql: string, ms: number, ...paths: string[]): Promise<{ ended: Promise<unknown> }> {
      const child = spawn(process.execPath, [program, sql, String(ms), ...paths], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      children.push(child);
      const ended = once(child, 'exit');
      await once(child.stdout!, 'data');
      return { ended };
    },
    release() {
      for (const child of children) child.kill('SIGKILL');
    },
  };
}
