import type { KnownBlock } from '@slack/types';
import type { CreditsView } from '../../app/home/credits-view.ts';
import type { SetupView } from '../../app/messenger.ts';
import { clientAccount } from '../../ledger/accounts.ts';
import { balanceInShort } from '../../words/balances.ts';
import { list, number } from '../../words/figures.ts';
import { limitsInShort } from '../../words/limits.ts';
import { pageOf } from '../kit/home-location.ts';
import { type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import { actions, button, context, plain, title } from '../kit/parts.ts';
import { channelLink, escapeText, moment, shorten } from '../kit/text.ts';
import { clientActions, projectsBlocks } from './home-projects.ts';

type Client = SetupView['clients'][number];
type Look = { credits: CreditsView; pages: HomeLocation };

const CHANNELS_MAX = 4;
const QUALITIES_CHARACTERS_MAX = 100;

/** Every client with what it has left and where its channels are. */
export function clientsBlocks(setup: SetupView, look: Look): KnownBlock[] {
  const { clients, channelsOfNone } = setup;
  const { pages } = look;
  const open = pages.open && clients.find(({ clientId }) => clientId === pages.open?.clientId);
  if (open) return projectsBlocks(open, setup, look);
  const { rows, pager } = pageOf(clients, 'clients', pages);
  const isFirst = clients.length === 0;
  return [
    title(`Clients · ${number(clients.length)}`),
    ...rows.flatMap((client) => [clientRow(client, look), clientActions(client, setup, pages)]),
    ...pager,
    ...(channelsOfNone.length > 0 ? [context(`No client: ${channels(channelsOfNone)}`)] : []),
    actions(
      button('Create a client', {
        action: ACTIONS.homeCreateClient,
        value: writeMetadata(pages),
        ...(isFirst ? { style: 'primary' as const } : {}),
      }),
      ...(isFirst ? [] : [button('Link a channel', { action: ACTIONS.homeBindChannel, value: writeMetadata(pages) })]),
    ),
  ];
}

function clientRow(client: Client, { credits, pages }: Look): KnownBlock {
  const { clientId, name, channelIds, outsideIds = [], isClosed, qualityCap } = client;
  const part = client.balance ?? credits.clients.find(({ account }) => account === clientAccount(clientId));
  return {
    type: 'section',
    block_id: `client.${clientId}`,
    text: plain(isClosed ? `${name} · closed` : name),
    fields: [
      { type: 'mrkdwn', text: part ? balanceInShort(part) : limitsInShort(client.limits, ', ') },
      { type: 'mrkdwn', text: channelIds.length > 0 ? channels(channelIds, outsideIds) : 'No channel yet' },
      ...(qualityCap ? [{ type: 'mrkdwn' as const, text: cappedWords(qualityCap) }] : []),
    ],
    accessory: button('Edit', {
      action: ACTIONS.homeClient,
      value: writeMetadata(pages, clientId),
      label: `Edit ${name}`,
    }),
  };
}

const cappedWords = ({ qualities, untilAt }: NonNullable<Client['qualityCap']>) =>
  `Only ${escapeText(shorten(list(qualities), QUALITIES_CHARACTERS_MAX))} quality ${moment(untilAt, 'until ')}`;

function channels(channelIds: readonly string[], outsideIds: readonly string[] = []): string {
  const linked = (channelId: string) =>
    `${channelLink(channelId)}${outsideIds.includes(channelId) ? ' (with people from outside)' : ''}`;
  const more = channelIds.length - CHANNELS_MAX;
  return more > 0
    ? `${channelIds.slice(0, CHANNELS_MAX).map(linked).join(', ')} and ${more} more`
    : list(channelIds.map(linked));
}
