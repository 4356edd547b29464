import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BUGS } from './bugs.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** `npm run mutation-test` lets the simulation find them; here, that there is still something to plant. */
describe('the planted bugs', () => {
  test('are thirty or more, each with a name of its own', () => {
    expect(BUGS.length).toBeGreaterThanOrEqual(30);
    expect(new Set(BUGS.map(({ name }) => name)).size).toBe(BUGS.length);
  });

  test.each(BUGS.map((bug) => [bug.name, bug] as const))('%s: stands in its file once, and changes it', (_, bug) => {
    const path = join(ROOT, bug.file);
    expect(existsSync(path)).toBe(true);
    expect(readFileSync(path, 'utf8').split(bug.find).length - 1).toBe(1);
    expect(bug.put).not.toBe(bug.find);
  });
});
