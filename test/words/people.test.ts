import { describe, expect, test } from 'vitest';
import type { PersonRow } from '../../src/app/people/people-view.ts';
import { limitsWords } from '../../src/words/people.ts';
import { standing } from '../slack/home-views.ts';

const row = (given: Partial<PersonRow>): PersonRow => ({
  memberId: 'U1',
  role: 'creator',
  status: 'active',
  teams: [],
  clients: [],
  leads: [],
  figures: 'all',
  standings: [],
  usedThisMonthCredits: 0,
  ...given,
});

describe('the limits of a person in a list', () => {
  test.each<[Partial<PersonRow>, string | null]>([
    [{}, 'No limit'],
    [{ role: 'owner' }, 'No limit'],
    [{ role: 'manager' }, 'No limit'],
    [{ role: 'viewer' }, null],
    [{ status: 'suspended' }, null],
    [{ status: 'removed' }, null],
    [{ figures: 'of_clients' }, null],
    [{ role: 'viewer', standings: [standing({ limitCredits: 50 })] }, '50 a month'],
    [{ status: 'suspended', standings: [standing({ limitCredits: 50 })] }, '50 a month'],
  ])('of %j are %s', (given, words) => {
    expect(limitsWords(row(given))).toBe(words);
  });
});
