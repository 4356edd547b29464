import { describe, expect, test } from 'vitest';
import { balanceInShort, balanceLines, leftInShort, limitSum, standingLines } from '../../src/words/balances.ts';
import { lessInShort, lessSentence, limitsAndLess } from '../../src/words/less.ts';
import { limitsInShort } from '../../src/words/limits.ts';
import { budgetWords } from '../../src/words/projects.ts';
import { part, standing } from '../slack/home-views.ts';
import { inPlain } from './in-plain.ts';

const above = { kind: 'above', account: 'agency', window: 'month', leftCredits: 3 } as const;
const closed = { kind: 'closed', what: 'client' } as const;
const lines = (of: Parameters<typeof balanceLines>[0]) => balanceLines(of).map(inPlain);

describe('a limit that credits were moved to', () => {
  test.each([
    [{ limitCredits: 20, movedCredits: 8 }, '12', ' + 8 moved here'],
    [{ limitCredits: 350, movedCredits: -50 }, '400', ' − 50 moved away'],
    [{ limitCredits: 1_200, movedCredits: 200, grantsCredits: 30 }, '1,000', ' + 200 moved here'],
  ])('is said alike in every list, sum and card: %#', (given, limit, moved) => {
    const stands = standing({ ...given, usedCredits: 0, window: 'day' });
    expect(limitsInShort([stands])).toContain(`${limit} a day${moved}`);
    expect(limitSum(stands)).toContain(`Limit ${limit}${moved}`);
    expect(lines(part({ standings: [stands] })).join()).toContain(`${limit} limit${moved}`);
    expect(
      standingLines({ standings: [stands] })
        .map(inPlain)
        .join(),
    ).toContain(`limit ${limit}${moved}`);
  });
});

describe('less than an account’s own limits leave', () => {
  test.each([
    [above, 'The agency’s monthly limit has only 3 credits left, so no more than that can be used now.'],
    [{ ...above, leftCredits: 0 }, 'The agency’s monthly limit has no credits left, so none can be used now.'],
    [{ ...above, leftCredits: null }, 'The agency’s limit leaves less than that now.'],
    [
      { ...above, account: 'client:acme', window: 'total' } as const,
      'The client’s total budget has only 3 credits left, so no more than that can be used now.',
    ],
    [closed, 'Closed, so no credits can be used until the client is reopened.'],
  ])('ends a balance: %#', (less, sentence) => {
    expect(lessSentence(less)).toBe(sentence);
    expect(lines(part({ less }))).toContain(sentence);
    expect(standingLines({ standings: [standing()], less }).map(inPlain)).toContain(sentence);
  });

  test('stands behind every balance in a list', () => {
    const [words, nothing] = [lessInShort(above), lessInShort({ ...above, leftCredits: 0 })];
    expect([words, nothing]).toEqual([
      'only 3 left of the agency’s monthly limit',
      'none left of the agency’s monthly limit',
    ]);
    expect(balanceInShort(part({ less: above }))).toMatch(/76 of 200 left this month · only 3 left of the agency/);
    expect(limitsAndLess({ standings: [standing()], less: above })).toBe(`200 a month · ${words}`);
    const project = { budgetCredits: 400, wholeCredits: 350, usedCredits: 6, heldCredits: 0, leftCredits: 344 };
    const view = { ...PROJECT, ...project, less: above };
    expect(budgetWords(view)).toBe(`6 of 350 used, 344 left · ${words}`);
  });

  test('is all of what a closed client has', () => {
    expect(balanceInShort(part({ less: closed }))).toBe('Closed · 124 used this month');
    expect(leftInShort(part({ less: closed }))).toBe('closed');
    expect(lines(part({ less: closed })).join()).not.toMatch(/left/);
    expect(
      standingLines({ standings: [standing()], less: closed })
        .map(inPlain)
        .join(),
    ).not.toMatch(/\d+ credits left/);
  });
});

const PROJECT = {
  projectId: 'p',
  name: 'Spring',
  stage: 'concept',
  dueOn: null,
  isOverdue: false,
  isClosed: false,
  channelIds: [],
  threads: [],
} as const;

describe('to people from outside', () => {
  test.each([
    { limitCredits: 350, movedCredits: -50 },
    { limitCredits: 230, movedCredits: 30 },
    { limitCredits: 200, grantsCredits: 40 },
    { limitCredits: 200, rolledCredits: 40, balanceCredits: 116, availableCredits: 116 },
  ])('a balance is what was used and what is left: %#', (given) => {
    const stands = standing(given);
    const of = part({ standings: [stands], terms: 'used_and_left' });
    const said = [...lines(of), balanceInShort(of), leftInShort(of), limitSum(stands, 'used_and_left')].join('\n');
    expect(said).toMatch(/124 used/);
    expect(said).toContain(`${stands.availableCredits} left`);
    expect(said).not.toMatch(/limit|moved|extra|last month|of \d/i);
    expect(said.match(/\d+/g)?.map(Number)).not.toContain(Math.abs(stands.movedCredits) || -1);
  });

  test('a limit that was lowered below its use has nothing left', () => {
    const of = part({ standings: [standing({ limitCredits: 100 })], terms: 'used_and_left' });
    expect(limitSum(standing({ limitCredits: 100 }), 'used_and_left')).toBe('124 used, none left.');
    expect([balanceInShort(of), leftInShort(of), ...lines(of)].join()).not.toMatch(/over|24 credits/i);
  });
});

test('a limit that only warns is not what is left first', () => {
  const warns = standing({ window: 'day', over: 'warn', limitCredits: 10, usedCredits: 30 });
  expect(leftInShort(part({ standings: [warns, standing()] }))).toBe('76 credits left this month');
  expect(leftInShort(part({ standings: [warns] }))).toBe('Over by 20 credits today');
});
