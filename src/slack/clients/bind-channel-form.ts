import type { ViewOutput } from '@slack/bolt';
import type { ModalView, PlainTextOption } from '@slack/types';
import type { SetUpChange } from '../../app/changes/reversible-change.ts';
import type { SetupView } from '../../app/messenger.ts';
import { number } from '../../words/figures.ts';
import { type Sending, saveAndShow, showOutcome } from '../admin-forms/set-up-save.ts';
import { redrawsAtChoice } from '../imagine/redraw-imagine-form.ts';
import { mayNotModal } from '../kit/error-modals.ts';
import {
  channelField,
  FIELDS,
  fromTo,
  input,
  modal,
  OPTIONS_MAX,
  option,
  optionGroups,
  selectInput,
} from '../kit/fields.ts';
import { defineForm } from '../kit/form/form.ts';
import { shownValue } from '../kit/form/shown.ts';
import { channelAt, type FieldsRead, given, optionAt, withChoice, wrongAt } from '../kit/form/values.ts';
import { type AdminFormMetadata, readAdminFormMetadata, writeAdminFormMetadata } from '../kit/form-metadata.ts';
import { FIRST_PAGES, type HomeLocation } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { optionsWithin } from '../kit/options-within.ts';
import { plain, plainContext, section } from '../kit/parts.ts';
import type { Deps } from '../platform/deps.ts';

/** The value that stands for no client; no client's id has a colon in it. */
const NO_CLIENT = 'none:';

/** Leaves room for the rest of the form. Other clients are bound where they are edited. */
const CLIENTS_BYTES_MAX = 220_000;

/** Which client a channel belongs to. */
export const bindChannelForm = defineForm({
  id: VIEWS.bindChannel,
  opens: {
    [ACTIONS.homeBindChannel]: (deps, { by, pages, words }) => show(deps, by, { pages, channelId: words[0] ?? null }),
  },
  clicks: (deps) => ({ [ACTIONS.setUpChannel]: chooseChannel(deps) }),
  metadata: readAdminFormMetadata,
  read: readBinding,
  submit: (deps, { typed, ...sent }) => bind(deps, sent, typed),
});

type About = { pages: HomeLocation; channelId: string | null };

async function show({ app }: Deps, by: string, about: About): Promise<ModalView> {
  const { setup } = await app.showHome({ by });
  return setup ? bindChannelModal({ setup, ...about }) : mayNotModal();
}

/** Redraws the form for the chosen channel, with its current client. */
const chooseChannel = (deps: Deps) =>
  redrawsAtChoice(({ by, action }, view) => {
    const about = readAdminFormMetadata(view.private_metadata);
    const channelId = channelAt(withChoice(view, action), FIELDS.channel);
    return show(deps, by, { pages: about?.pages ?? FIRST_PAGES, channelId });
  });

/** The form was sent before it was redrawn, so its client is that of the channel chosen before. */
const NOT_DRAWN_YET = 'The form below still shows the previous choice. Wait a moment, then save again.';

/** `shown`: what the channel belonged to when the form was drawn; null: no person had decided. */
type Binding = { channelId: string; shown: string | null; chosen: string };

function readBinding(form: ViewOutput, { channelId: shownId, bound }: AdminFormMetadata): FieldsRead<Binding> | null {
  const channelId = channelAt(form, FIELDS.channel);
  if (channelId === null || !/^[CG]/.test(channelId)) return wrongAt(form, FIELDS.channel, 'Choose a channel.');
  if (channelId !== shownId) return wrongAt(form, FIELDS.channel, NOT_DRAWN_YET);
  const chosen = optionAt(form, FIELDS.client);
  if (chosen === null) return wrongAt(form, FIELDS.client, 'Choose a client, or none.');
  // A form of an earlier version carried no copy of it.
  const shown = bound === undefined ? shownValue(form, FIELDS.client) : bound;
  return shown === undefined ? null : given({ channelId, shown, chosen });
}

/** Leaves a channel alone that another person has decided about since the form was drawn: the choice was made without knowing that. */
async function bind(deps: Deps, sent: Sending, { channelId, shown, chosen }: Binding): Promise<void> {
  if (chosen === shown) return await saveAndShow(deps, sent, []);
  const { setup } = await deps.app.showHome({ by: sent.by });
  const now = setup && boundTo(setup, channelId);
  if (shown !== null && setup && now !== shown) {
    const clientId = now === NO_CLIENT ? null : now;
    return await showOutcome(deps, sent, { saved: [], refusals: [{ reason: 'channel_decided', channelId, clientId }] });
  }
  const after = chosen === NO_CLIENT ? null : chosen;
  const changes: SetUpChange[] = [{ kind: 'channel', channelId, before: null, after }];
  await saveAndShow(deps, sent, changes, { ifUnbound: shown === null });
}

/**
 * Asks a person who typed a prompt in a channel without a client, and may say whose it is. `isKept`: the prompt is kept until
 * then.
 */
export async function chooseClientModal(
  { app }: Deps,
  { by, channelId, isKept }: { by: string; channelId: string; isKept: boolean },
): Promise<ModalView | null> {
  const { setup } = await app.showHome({ by });
  const isForPrompt = isKept && setup !== null && boundTo(setup, channelId) === null;
  return setup && bindChannelModal({ setup, channelId, pages: FIRST_PAGES, isForPrompt });
}

/** Redrawn when a channel is chosen, with the client it has now. */
export function bindChannelModal({
  setup,
  channelId,
  pages,
  isForPrompt = false,
}: { setup: SetupView; isForPrompt?: boolean } & About): ModalView {
  const channel = channelField({
    initial: channelId,
    dispatch: ACTIONS.setUpChannel,
    hint: 'Images made here use the client’s credits. Past usage stays where it was charged.',
  });
  return modal(
    { callback: VIEWS.bindChannel, title: 'Link a channel', submit: 'Save' },
    writeAdminFormMetadata({ pages, channelId, bound: boundTo(setup, channelId) }),
    [
      ...(isForPrompt ? [section(FOR_PROMPT)] : []),
      channel,
      ...(channelId === null
        ? [plainContext('Choose a channel to see or change its client.')]
        : clientBlocks(setup, channelId)),
    ],
  );
}

const FOR_PROMPT = 'This channel doesn’t belong to a client yet. Your prompt is kept and runs once you choose one.';

/** What is chosen in the form when it opens: only another choice changes anything. */
function boundTo({ clients, channelsOfNone }: SetupView, channelId: string | null): string | null {
  if (channelId === null) return null;
  if (channelsOfNone.includes(channelId)) return NO_CLIENT;
  return clients.find(({ channelIds }) => channelIds.includes(channelId))?.clientId ?? null;
}

function clientBlocks(setup: SetupView, channelId: string): ModalView['blocks'] {
  const { channelsOfNone } = setup;
  const clients = setup.clients.filter((each) => mayBind(setup, each) || each.channelIds.includes(channelId));
  const owner = clients.find(({ channelIds }) => channelIds.includes(channelId));
  const none = channelsOfNone.includes(channelId)
    ? 'It currently has no client.'
    : 'It doesn’t belong to a client yet.';
  const present = boundTo({ ...setup, clients }, channelId);
  const options = optionsWithin(
    clients.map(({ clientId, name }) => option(name, clientId)),
    CLIENTS_BYTES_MAX,
  );
  const select = selectInput({ option_groups: clientGroups(options) }, { present, placeholder: 'Choose a client' });
  const hint = owner ? `It currently belongs to ${owner.name}.` : none;
  const more = `The first ${number(options.length)} clients are listed. For another, use Edit beside its name in Home.`;
  return [
    input(`${FIELDS.client}.${channelId}`, 'Client', select, { hint }),
    ...(clients.length < setup.clients.length ? [plainContext(WITHOUT_LIMIT)] : []),
    ...(clients.length > options.length ? [plainContext(more)] : []),
  ];
}

const WITHOUT_LIMIT = 'Clients that no limit stops aren’t listed. An owner sets a limit for them first.';

const mayBind = ({ mayNotBind }: SetupView, { clientId }: SetupView['clients'][number]) =>
  !mayNotBind?.clientIds.includes(clientId);

function clientGroups(options: PlainTextOption[]) {
  const none = option('No client', NO_CLIENT, 'Images can’t be made in the channel');
  const nameOf = options.length > OPTIONS_MAX ? fromTo : () => 'Clients';
  return [...optionGroups(options, nameOf), { label: plain('Or'), options: [none] }];
}
