import type { ClientCard } from '../../../src/app/clients/client-card-view.ts';
import type { Greeting } from '../../../src/app/clients/greeting-view.ts';
import type { OwnerCard } from '../../../src/app/people/owner-card-view.ts';
import { clientCard } from '../../../src/slack/clients/client-card.ts';
import { greetingMessage } from '../../../src/slack/clients/greeting.ts';
import { ownerCard } from '../../../src/slack/people/owner-card.ts';
import { NOW } from '../../../test/slack/home-views.ts';
import { ANA, LONG_NAME, OLIVIA, RTL_NAME } from '../hard-cases.ts';
import type { Family, Sample } from '../sample.ts';
import { clientNames } from './figures.ts';

const clients = (names: readonly string[]) => names.map((name, index) => ({ clientId: `c${index}`, name }));

const card = (name: string, change: Partial<ClientCard>): Sample => ({
  name,
  kind: 'message',
  draw: () =>
    clientCard({
      kind: 'client_card',
      channelId: 'C0SUMMER',
      askedBy: ANA,
      clients: clients(['Northwind Coffee', 'Atlas Outdoor']),
      decided: null,
      ...change,
    }),
});

const owner = (name: string, change: Partial<OwnerCard>): Sample => ({
  name,
  kind: 'message',
  draw: () => ownerCard({ kind: 'owner_card', memberId: OLIVIA, isReader: false, how: 'variable', at: NOW, ...change }),
});

const greet = (name: string, change: Partial<Greeting>): Sample => ({
  name,
  kind: 'message',
  draw: () =>
    greetingMessage({
      kind: 'greeting',
      at: NOW,
      audience: 'internal',
      client: { name: 'Northwind Coffee', isClosed: false },
      ...change,
    }),
});

export const CARDS: Family = {
  name: 'cards',
  samples: [
    card('client', {}),
    card('client, none yet', { clients: [] }),
    card('client, asked by somebody', { askedBy: '' }),
    card('client, a hundred and one', { clients: clients([...clientNames, 'One more']) }),
    card('client, decided', { decided: { clientName: LONG_NAME } }),
    card('client, decided, right to left', { decided: { clientName: RTL_NAME } }),
    card('client, none', { decided: { clientName: null } }),
    greet('greeting, of a client', {}),
    greet('greeting, long name', { client: { name: LONG_NAME, isClosed: false } }),
    greet('greeting, right to left, closed', { client: { name: RTL_NAME, isClosed: true } }),
    greet('greeting, client missing', { client: 'undecided' }),
    greet('greeting, no client', { client: 'none' }),
    greet('greeting, outsiders read along', { client: 'undecided', audience: 'shared' }),
    owner('owner, for another', { how: 'operator' }),
    owner('owner, for themselves', { isReader: true }),
  ],
};
