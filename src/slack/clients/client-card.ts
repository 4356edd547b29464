import type { ActionsBlock, PlainTextOption, StaticSelect } from '@slack/types';
import type { ClientCard } from '../../app/clients/client-card-view.ts';
import { ACTIONS } from '../kit/ids.ts';
import { type Message, message } from '../kit/message.ts';
import { actions, button, channelMention, type Inline, name, person, plain } from '../kit/parts.ts';

const NAME_IN_MENU_CHARACTERS_MAX = 75;
const OPTIONS_MAX = 100;
const GROUPS_MAX = 100;

/** Which client does a channel belong to? Asked of those who may decide; drawn anew for all of them once one has. */
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

function menu(clients: ClientCard['clients']): StaticSelect {
  const common = {
    type: 'static_select',
    action_id: ACTIONS.cardClient,
    placeholder: plain('Pick a client', 150),
  } as const;
  const options = clients.map(optionOf);
  if (options.length <= OPTIONS_MAX) return { ...common, options };
  const groups = Array.from({ length: Math.ceil(options.length / OPTIONS_MAX) }, (_, index) =>
    options.slice(index * OPTIONS_MAX, (index + 1) * OPTIONS_MAX),
  );
  return {
    ...common,
    option_groups: groups.slice(0, GROUPS_MAX).map((group) => ({ label: rangeOf(group), options: group })),
  };
}

const optionOf = ({ clientId, name: clientName }: ClientCard['clients'][number]): PlainTextOption => ({
  text: plain(clientName, NAME_IN_MENU_CHARACTERS_MAX),
  value: clientId,
});

/** `Acme – Bergamot`. */
const rangeOf = (group: readonly PlainTextOption[]) =>
  plain(`${group[0]?.text.text.slice(0, 30)} – ${group.at(-1)?.text.text.slice(0, 30)}`, NAME_IN_MENU_CHARACTERS_MAX);
