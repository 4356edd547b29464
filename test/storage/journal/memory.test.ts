import { describe, expect, test } from 'vitest';
import { createMemoryJournal } from '../../../src/storage/journal/memory.ts';
import { agency, WORKSPACE } from '../../support/fixtures.ts';
import { given } from '../../support/given.ts';
import { journalContract } from './contract.ts';

journalContract('memory', async () => createMemoryJournal());

describe('the memory journal, told to fail', () => {
  const { lines } = given(agency());
  const standing = async (journal: ReturnType<typeof createMemoryJournal>) => journal.lastSeq(WORKSPACE);

  test.each([
    ['unavailable', 'unavailable', 0],
    ['full', 'full', 0],
    ['answer_lost', 'uncertain', lines.length],
    ['torn', 'uncertain', 1],
  ] as const)('%s: the fault says %s, and %i lines stand', async (fault, code, count) => {
    const journal = createMemoryJournal();
    journal.failNext(fault);
    await expect(journal.append(lines)).rejects.toMatchObject({ name: 'JournalFault', code });
    expect(await standing(journal)).toBe(count);
    expect(await journal.append(lines.slice(count))).toBe('appended');
  });
});
