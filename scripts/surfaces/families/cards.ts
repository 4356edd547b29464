import type { ClientCard } from '../../../src/app/clients/client-card-view.ts';
import type { OwnerCard } from '../../../src/app/people/owner-card-view.ts';
import { clientCard } from '../../../src/slack/clients/client-card.ts';
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
    owner('owner, for another', { how: 'operator' }),
    owner('owner, for themselves', { isReader: true }),
  ],
};
