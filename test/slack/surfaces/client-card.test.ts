import { describe, expect, test } from 'vitest';
import type { ClientCard } from '../../../src/app/clients/client-card-view.ts';
import { blockOf, channelOfBlock, clientCard } from '../../../src/slack/clients/client-card.ts';
import { expectSafe, NASTY, seen } from './promises.ts';

const clients = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    clientId: `c-${index}`,
    name: `Client ${index} ${'long '.repeat(15)}`.slice(0, 80),
  }));

const card = (change: Partial<ClientCard> = {}): ClientCard => ({
  kind: 'client_card',
  channelId: 'C0PITCH',
  askedBy: 'U0ANA',
  clients: clients(2),
  decided: null,
  ...change,
});

const elements = (of: ClientCard) => {
  const block = clientCard(of).blocks.find(({ type }) => type === 'actions');
  return block && 'elements' in block
    ? (block.elements as { action_id: string; options?: unknown[]; option_groups?: unknown[] }[])
    : [];
};

describe('the client card', () => {
  test('asks whose credits shall be spent, and offers clients, a new one, or none', () => {
    expect(seen(clientCard(card()))).toContain(
      '<@U0ANA> wants to make images in <#C0PITCH>, which doesn’t belong to a client yet.',
    );
    expect(elements(card()).map(({ action_id: id }) => id)).toEqual([
      'client_card_client',
      'client_card_create',
      'client_card_none',
    ]);
  });

  test('without clients offers a new one, or none', () => {
    expect(elements(card({ clients: [] }))).toHaveLength(2);
  });

  test('once decided says what, and asks nothing', () => {
    const decided = card({ decided: { clientName: 'Northwind Coffee' } });
    expect(seen(clientCard(decided))).toContain('Decided: <#C0PITCH> belongs to Northwind Coffee.');
    expect(elements(decided)).toEqual([]);
    expect(seen(clientCard(card({ decided: { clientName: null } })))).toContain('has no client');
  });

  test('carries its channel where the click brings it back', () => {
    expect(clientCard(card()).blocks[1]).toHaveProperty('block_id', blockOf('C0PITCH'));
    expect(channelOfBlock(blockOf('C0PITCH'))).toBe('C0PITCH');
    expect(channelOfBlock('something else')).toBeNull();
  });

  test.each([1, 100, 101, 1_234])('of %i clients is taken by Slack, with every client in it', (count) => {
    expectSafe(clientCard(card({ clients: clients(count) })));
    const [menu] = elements(card({ clients: clients(count) }));
    const all = menu?.options ?? menu?.option_groups?.flatMap((group) => (group as { options: unknown[] }).options);
    expect(all).toHaveLength(count);
  });

  test('keeps names from doing anything', () => {
    for (const words of NASTY) {
      expectSafe(clientCard(card({ clients: [{ clientId: 'c', name: words.slice(0, 80) }] })));
      expectSafe(clientCard(card({ decided: { clientName: words.slice(0, 80) } })));
    }
  });
});
