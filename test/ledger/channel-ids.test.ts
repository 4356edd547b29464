import { describe, expect, test } from 'vitest';
import { INKWELL, type Of } from '../../src/ledger/commands/commands.ts';
import { channelIdsOf, channelNow } from '../../src/ledger/lists/channel-ids.ts';
import { agency, bind, hold, OWNER } from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import { bindProject, project } from '../support/wishes.ts';

const change = (channelId: string, toChannelId: string, by = INKWELL): Of<'change_channel_id'> => ({
  kind: 'change_channel_id',
  commandId: `channel-id/${channelId}/${toChannelId}`,
  by,
  channelId,
  toChannelId,
});

describe('another id of a channel', () => {
  test('is a line of the product’s own', () => {
    given(agency()).when(change('C1', 'C9')).then({ kind: 'channel_id_changed', channelId: 'C1', toChannelId: 'C9' });
    given(agency())
      .when(change('C1', 'C9', OWNER))
      .thenRefused({ reason: 'not_allowed' });
  });

  test.each([
    ['C1', 'C1'],
    ['C9', 'C1'],
    ['C1', 'C9'],
  ])('from %s to %s is refused where both are one channel already', (from, to) => {
    given(agency(), change('C1', 'C9'))
      .when({ ...change(from, to), commandId: 'again' })
      .thenRefused({ reason: 'invalid', field: 'toChannelId' });
  });

  test('moves what belongs to the channel, open holds among it', () => {
    const { state } = given(
      agency(),
      project('spring', 'acme'),
      bindProject('C1', 'spring', { threadTs: '1.5' }),
      hold(6),
      change('C1', 'C9'),
    );
    expect([state.channels.get('C1'), state.channels.get('C9')]).toEqual([undefined, 'acme']);
    expect(state.places.toJS()).toEqual({ 'C9 1.5': 'spring' });
    expect([...state.holds.values()].map(({ channelId }) => channelId)).toEqual(['C9']);
  });

  test.each(['C1', 'C9'])('lets what is asked for in %s be held for its client', (channelId) => {
    given(agency(), change('C1', 'C9'))
      .when(hold(6, { channelId }))
      .then({ kind: 'held', clientId: 'acme', channelId: 'C9' });
  });

  test.each(['C1', 'C9'])('is bound anew by the name of %s', (channelId) => {
    const { state } = given(agency(), change('C1', 'C9')).when(bind(channelId, null)).then({ kind: 'channel_bound' });
    expect(state.channels.toJS()).toEqual({ C9: null });
  });

  test('leaves what was decided about the new id before it was known', () => {
    const { state } = given(agency(), bind('C9', null), change('C1', 'C9'));
    expect(state.channels.toJS()).toEqual({ C9: null });
  });

  test('may change several times, and be told in any order', () => {
    for (const steps of [
      [change('C1', 'C8'), change('C8', 'C9')],
      [change('C8', 'C9'), change('C1', 'C8')],
    ]) {
      const { state } = given(agency(), steps);
      expect(state.channels.toJS()).toEqual({ C9: 'acme' });
      expect(['C1', 'C8', 'C9'].map((id) => channelNow(state, id))).toEqual(['C9', 'C9', 'C9']);
      expect([...channelIdsOf(state, 'C9')].sort()).toEqual(['C1', 'C8', 'C9']);
    }
  });
});
