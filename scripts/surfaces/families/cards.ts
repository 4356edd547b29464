import type { ClientCard } from '../../../src/app/messenger.ts';
import { clientCard } from '../../../src/slack/surfaces/client-card.ts';
import { ANA, LONG_NAME, RTL_NAME } from '../hard-cases.ts';
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
  ],
};
