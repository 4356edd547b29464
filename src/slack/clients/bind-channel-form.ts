import type { ModalView, PlainTextOption } from '@slack/types';
import type { SetupView } from '../../app/messenger.ts';
import { channelField, FIELD, FIELDS, modal, option } from '../kit/fields.ts';
import { adminFormMetadata, writeAdminFormMetadata } from '../kit/form-metadata.ts';
import type { HomeLocation } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { cutTo, plain, plainContext } from '../kit/parts.ts';

/** The value that stands for no client; no client's id has a colon in it. */
export const NO_CLIENT = 'none:';

const OPTIONS_A_GROUP = 100;
/** A view takes 250,000 bytes, and a client five hundred of them at worst. Others are bound where they are edited. */
const CLIENTS_MAX = 400;

type Look = { setup: SetupView; channelId: string | null; pages: HomeLocation };

/** Which client a channel belongs to. Drawn anew when a channel is chosen, with the client it has now. */
export function bindChannelModal({ setup, channelId, pages }: Look): ModalView {
  const channel = channelField({
    initial: channelId,
    dispatch: ACTIONS.setUpChannel,
    hint: 'Images asked for in it use the credits of its client. What was used already stays where it was used.',
  });
  const rest =
    channelId === null
      ? [plainContext('Choose a channel to see and change whose it is.')]
      : clientBlocks(setup, channelId);
  return modal({
    callback: VIEWS.bindChannel,
    title: 'Bind a channel',
    submit: 'Save',
    metadata: writeAdminFormMetadata(adminFormMetadata({ pages, channelId, bound: boundTo(setup, channelId) })),
    blocks: [channel, ...rest],
  });
}

/** What is chosen in the form when it opens: only another choice changes anything. */
function boundTo(
  { clients, channelsOfNone }: Pick<SetupView, 'clients' | 'channelsOfNone'>,
  channelId: string | null,
): string | null {
  if (channelId === null) return null;
  if (channelsOfNone.includes(channelId)) return NO_CLIENT;
  return clients.find(({ channelIds }) => channelIds.includes(channelId))?.clientId ?? null;
}

function clientBlocks(setup: SetupView, channelId: string): ModalView['blocks'] {
  const { channelsOfNone } = setup;
  const clients = setup.clients.filter((each) => mayBind(setup, each) || each.channelIds.includes(channelId));
  const owner = clients.find(({ channelIds }) => channelIds.includes(channelId));
  const isOfNone = channelsOfNone.includes(channelId);
  const groups = clientGroups(clients);
  const present = boundTo({ clients, channelsOfNone }, channelId);
  const initial = groups.flatMap(({ options }) => options).find(({ value }) => value === present);
  const none = isOfNone ? 'It belongs to no client now.' : 'Nobody has decided yet.';
  return [
    {
      type: 'input',
      block_id: `${FIELDS.client}.${channelId}`,
      label: plain('Client'),
      element: {
        type: 'static_select',
        action_id: FIELD,
        placeholder: plain('Choose a client'),
        option_groups: groups,
        ...(initial ? { initial_option: initial } : {}),
      },
      hint: plain(owner ? `It belongs to ${owner.name} now.` : none),
    },
    ...(clients.length < setup.clients.length ? [plainContext(WITHOUT_LIMIT)] : []),
    ...(clients.length > CLIENTS_MAX
      ? [
          plainContext(
            `The first ${CLIENTS_MAX} clients are listed. For another one, use Edit beside its name in Home.`,
          ),
        ]
      : []),
  ];
}

const WITHOUT_LIMIT = 'Clients that no limit stops aren’t listed. An owner sets a limit for them first.';

const mayBind = ({ mayNotBind }: SetupView, { clientId }: SetupView['clients'][number]) =>
  !mayNotBind?.clientIds.includes(clientId);

/** In groups, because a list holds a hundred at most; a group is named by what it begins and ends with. */
function clientGroups(clients: SetupView['clients']) {
  const options = clients.slice(0, CLIENTS_MAX).map(({ clientId, name }) => option(name, clientId));
  const groups: { label: ReturnType<typeof plain>; options: PlainTextOption[] }[] = [];
  for (let from = 0; from < options.length; from += OPTIONS_A_GROUP) {
    const some = options.slice(from, from + OPTIONS_A_GROUP);
    groups.push({ label: plain(options.length > OPTIONS_A_GROUP ? fromTo(some) : 'Clients', 75), options: some });
  }
  const none = option('No client', NO_CLIENT, 'Images are refused in the channel');
  return [...groups, { label: plain('Or'), options: [none] }];
}

const fromTo = (options: readonly PlainTextOption[]) =>
  `${cutTo(options[0]?.text.text ?? '', 30)} – ${cutTo(options.at(-1)?.text.text ?? '', 30)}`;
