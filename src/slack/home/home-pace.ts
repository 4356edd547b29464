import type { KnownBlock } from '@slack/types';
import type { ClientRow, Overview } from '../../app/home/overview-view.ts';
import type { SetupView } from '../../app/messenger.ts';
import { balanceInShort } from '../../words/balances.ts';
import { number } from '../../words/figures.ts';
import { lastsWords } from '../../words/overview.ts';
import { pageOf } from '../kit/home-location.ts';
import { type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import { actions, button, context, plain, title } from '../kit/parts.ts';

/** Beside everything else there is room for so many. */
const ROWS_A_PAGE = 10;

/** Clients by pace: those that need a look first. Whatever else there is about them is a tab of its own. */
export function paceBlocks({ clients, clientsCount }: Overview, setup: SetupView, pages: HomeLocation): KnownBlock[] {
  if (setup.clients.length === 0) return [];
  const { rows, pager } = pageOf(clients, 'clients', pages, ROWS_A_PAGE);
  const others = clientsCount - clients.length;
  const value = writeMetadata(pages);
  return [
    title(`Clients · ${number(clientsCount)}`),
    ...rows.map((row) => paceRow(row, pages)),
    ...pager,
    ...(others > 0 ? [context(`${number(others)} more with more left are under Clients.`)] : []),
    actions(
      button('Create a client', { action: ACTIONS.homeCreateClient, value }),
      button('Link a channel', { action: ACTIONS.homeBindChannel, value }),
    ),
  ];
}

function paceRow(row: ClientRow, pages: HomeLocation): KnownBlock {
  const { clientId, name, balance } = row;
  const lasts = lastsWords(row);
  return {
    type: 'section',
    block_id: `client.${clientId}`,
    text: plain(name),
    fields: [plain(balanceInShort(balance)), ...(lasts === null ? [] : [plain(lasts)])],
    accessory: button('Edit', {
      action: ACTIONS.homeClient,
      value: writeMetadata(pages, clientId),
      label: `Edit ${name}`,
    }),
  };
}
