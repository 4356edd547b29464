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
    [{ name: 'Acme' }, 'Marcus already linked this channel to Acme. Nothing was changed.'],
    ['other', 'Marcus already linked this channel to another client. Nothing was changed.'],
    [null, 'Marcus already decided that this channel has no client. Nothing was changed.'],
  ] as const)('names the person who was quicker, and no one else by that name: %j', (client, said) => {
    const decided = { reason: 'channel_decided', channelId: 'C1', clientId: null } as const;
    const guest = { reason: 'not_one_of_us', memberId: 'U0GUEST', role: 'owner' } as const;
    const known = { ...to, decided: { by: 'U0MARCUS', byName: 'Marcus', client } };
    expect(errorsAt(form('channel', 'role'), [decided, guest], known)).toEqual({
      channel: said,
      role: expect.stringMatching(/^This person is a guest/),
    });
  });

  test.each([
    ['several limits are raised', ['limit.client:acme month', 'limit.agency month']],
    ['the form has no field for it', ['reason']],
  ])('stands above the fields where %s', (_, blocks) => {
    expect(errorsAt(form(...blocks), [notMore], to)).toBeNull();
  });
});
