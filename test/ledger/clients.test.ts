import { describe, expect, test } from 'vitest';
import { agency, bind, capture, client, hold } from '../support/fixtures.ts';
import { given } from '../support/given.ts';

describe('a client', () => {
  test('is created with a name', () => {
    const { state } = given(agency()).when(client('nova', 'Nova')).then({ kind: 'client_created', name: 'Nova' });
    expect(state.clients.get('nova')).toMatchObject({ clientId: 'nova', name: 'Nova' });
  });

  test('is created once', () => {
    given(agency()).when(client('acme', 'Another')).thenRefused({ reason: 'client_exists', clientId: 'acme' });
  });

  test.each(['Acme', 'ACME', 'ａｃｍｅ'])('has a name of its own, so not %s', (name) => {
    given(agency()).when(client('acme-2', name)).thenRefused({ reason: 'name_taken', clientId: 'acme' });
  });

  test('Café is Café, however its accent is written', () => {
    given(agency(), client('cafe', 'Caf\u00e9'))
      .when(client('cafe-2', 'Cafe\u0301'))
      .thenRefused({ reason: 'name_taken' });
  });

  test.each([
    ['empty', ''],
    ['of spaces', '   '],
    ['that begins with a space', ' Nova'],
    ['of two lines', 'No\nva'],
    ['with an invisible character', 'No\u200bva'],
    ['that turns the text around', 'No\u202eva'],
    ['of 81 characters', 'x'.repeat(81)],
  ])('has no name %s', (_, name) => {
    given(agency()).when(client('nova', name)).thenRefused({ reason: 'invalid', field: 'name' });
  });

  test('may have a name of 80 characters beyond the basic plane', () => {
    given(agency())
      .when(client('nova', '𝔸'.repeat(80)))
      .then({ kind: 'client_created' });
  });

  test('needs an id that is one', () => {
    given(agency()).when(client('a b', 'Nova')).thenRefused({ reason: 'invalid', field: 'clientId' });
  });

  test('is renamed, and its old name is free again', () => {
    const rename = { kind: 'rename_client' as const, clientId: 'acme', name: 'Acme Group' };
    const { state, line } = given(agency())
      .when(rename)
      .then({ kind: 'client_renamed', name: 'Acme Group', before: 'Acme' });
    expect(state.clients.get('acme')?.name).toBe('Acme Group');
    given(agency(), line).when(client('other', 'Acme')).then({ kind: 'client_created' });
  });

  test('can change the capitals of its own name, but not take that of another', () => {
    const steps = [...agency(), client('nova', 'Nova')];
    given(steps).when({ kind: 'rename_client', clientId: 'acme', name: 'ACME' }).then({ kind: 'client_renamed' });
    given(steps)
      .when({ kind: 'rename_client', clientId: 'acme', name: 'nova' })
      .thenRefused({ reason: 'name_taken', clientId: 'nova' });
    given(steps).when({ kind: 'rename_client', clientId: 'acme', name: '' }).thenRefused({ reason: 'invalid' });
  });

  test('that does not exist is not renamed', () => {
    given(agency())
      .when({ kind: 'rename_client', clientId: 'nova', name: 'Nova' })
      .thenRefused({ reason: 'client_unknown', clientId: 'nova' });
  });
});

describe('the weekly digest of a client', () => {
  const digest = (clientId: string, isOn: boolean) => ({ kind: 'set_client_digest' as const, clientId, isOn });

  test('is off until it is turned on, and can be turned off again', () => {
    expect(given(agency()).state.clients.get('acme')?.hasDigest).toBe(false);
    const on = given(agency()).when(digest('acme', true)).then({ kind: 'client_digest_set', isOn: true });
    expect(on.state.clients.get('acme')?.hasDigest).toBe(true);
    const off = given(agency(), on.line).when(digest('acme', false)).then({ kind: 'client_digest_set', isOn: false });
    expect(off.state.clients.get('acme')?.hasDigest).toBe(false);
  });

  test('stays as it is when the client is renamed, closed and reopened', () => {
    const steps = [
      digest('acme', true),
      { kind: 'rename_client' as const, clientId: 'acme', name: 'Acme Group' },
      { kind: 'close_client' as const, clientId: 'acme' },
      { kind: 'reopen_client' as const, clientId: 'acme' },
    ];
    expect(given(agency(), steps).state.clients.get('acme')?.hasDigest).toBe(true);
  });

  test('is not set for a client that does not exist', () => {
    given(agency()).when(digest('nova', true)).thenRefused({ reason: 'client_unknown', clientId: 'nova' });
  });
});

describe('a channel', () => {
  test('belongs to a client', () => {
    const { state } = given(agency()).when(bind('C2', 'acme')).then({ kind: 'channel_bound', clientId: 'acme' });
    expect(state.channels.get('C2')).toBe('acme');
  });

  test('belongs to none, by somebody’s decision', () => {
    const { line } = given(agency()).when(bind('C1', null)).then({ kind: 'channel_bound', clientId: null });
    given(agency(), line).when(hold(1)).thenRefused({ reason: 'channel_without_client', channelId: 'C1' });
  });

  test('cannot belong to a client that does not exist', () => {
    given(agency()).when(bind('C2', 'nova')).thenRefused({ reason: 'client_unknown', clientId: 'nova' });
  });

  test('needs an id that is one', () => {
    given(agency()).when(bind('', 'acme')).thenRefused({ reason: 'invalid', field: 'channelId' });
  });

  test('moves to another client; what was held there ends with the first', () => {
    const steps = [
      ...agency(),
      client('nova', 'Nova'),
      { ...hold(10), commandId: 'h' },
      bind('C1', 'nova', { ifUnbound: false }),
    ];
    const { state } = given(steps).when(capture('h/1', 8)).then({ kind: 'captured', clientId: 'acme' });
    expect(state.use.get('client:acme')?.find(({ key }) => key === 'total')?.usedCredits).toBe(8);
    given(steps).when(hold(10)).then({ kind: 'held', clientId: 'nova' });
  });

  test.each(['acme', null])(
    'decided to be %s is not decided again by who answers the same question second',
    (first) => {
      given(agency(), client('nova', 'Nova'), bind('C2', first))
        .when(bind('C2', 'nova', { ifUnbound: true }))
        .thenRefused({ reason: 'channel_decided', channelId: 'C2', clientId: first });
    },
  );
});
