import type { ActionsBlock, StaticSelect } from '@slack/types';
import { z } from 'zod';
import type { ClientCard } from '../../app/clients/client-card-view.ts';
import { listed, option } from '../kit/fields.ts';
import { ACTIONS } from '../kit/ids.ts';
import { type Message, message } from '../kit/message.ts';
import { actions, button, channelMention, type Inline, name, person, plain } from '../kit/parts.ts';

/** Asks which client a channel belongs to. One decision redraws the card of every reader. */
export function clientCard(card: ClientCard): Message {
  if (card.decided) return message([decision(card, card.decided)]);
  const asked: Inline[] = card.askedBy === '' ? ['Someone'] : [person(card.askedBy)];
  return message(
    [
      [
        ...asked,
        ' wants to make images in ',
        channelMention(card.channelId),
        ', which doesn’t belong to a client yet.',
      ],
      ['Which client’s credits should it use? Images can’t be made there until you choose.'],
    ],
    choices(card),
  );
}

/** The card stands in a direct message: the channel that it is about is named by its block. */
const BLOCK = 'client_card.';
export const blockOf = (channelId: string) => BLOCK + channelId;

/** Null where the block is none of a client card. */
export const channelOfBlock = (blockId: string): string | null =>
  blockId.startsWith(BLOCK) ? blockId.slice(BLOCK.length) : null;

const onCard = z.object({ block_id: z.string() }).transform(({ block_id: blockId }) => channelOfBlock(blockId));
const channel = onCard.pipe(z.string().regex(/^[CG]\w+$/));

/** The channel that a button of a card is about. */
export const channelOfCard = (action: unknown): string => channel.parse(action);

function decision(
  { channelId }: ClientCard,
  { clientName, isOther = false }: NonNullable<ClientCard['decided']>,
): Inline[] {
  if (isOther) return ['Decided: ', channelMention(channelId), ' belongs to a client you don’t manage.'];
  if (clientName === null)
    return ['Decided: ', channelMention(channelId), ' has no client. Images can’t be made there.'];
  return [
    'Decided: ',
    channelMention(channelId),
    ' belongs to ',
    name(clientName),
    '. Images made there use its credits.',
  ];
}

function choices({ channelId, clients }: ClientCard): ActionsBlock {
  const others = [
    button('Create client…', { action: ACTIONS.cardCreate }),
    button('No client, no images', { action: ACTIONS.cardNone }),
  ];
  const elements = clients.length > 0 ? [menu(clients), ...others] : others;
  return { ...actions(...elements), block_id: blockOf(channelId) };
}

const menu = (clients: ClientCard['clients']): StaticSelect => ({
  type: 'static_select',
  action_id: ACTIONS.cardClient,
  placeholder: plain('Pick a client', 150),
  ...listed(clients.map(({ clientId, name: clientName }) => option(clientName, clientId))),
});
