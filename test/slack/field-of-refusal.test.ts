import { describe, expect, test } from 'vitest';
import { errorsAt } from '../../src/slack/kit/form/field-of-refusal.ts';
import { OLIVIA } from '../support/world.ts';

const form = (...blockIds: string[]) => ({
  state: {
    values: Object.fromEntries(blockIds.map((id) => [id, { field: { type: 'plain_text_input', value: '1' } }])),
  },
});
const to = { readerId: OLIVIA, audience: 'internal' as const, clientName: null, helpers: [] };
const notMore = { reason: 'invalid', field: 'limitCredits', problem: 'must be more than it is now' } as const;

describe('a refusal that is told in a form', () => {
  test.each([
    ['at the one limit that is raised', ['limit.client:acme month'], 'limit.client:acme month'],
    ['at the month', ['month', 'over_month', 'roll_over'], 'month'],
    ['at the total of a project', ['name', 'total', 'due'], 'total'],
  ])('stands %s', (_, blocks, at) => {
    expect(errorsAt(form(...blocks), [notMore], to)).toEqual({ [at]: 'The limit must be more than it is now.' });
  });

  test.each([
    ['several limits are raised', ['limit.client:acme month', 'limit.agency month']],
    ['the form has no field for it', ['reason']],
  ])('stands above the fields where %s', (_, blocks) => {
    expect(errorsAt(form(...blocks), [notMore], to)).toBeNull();
  });
});
