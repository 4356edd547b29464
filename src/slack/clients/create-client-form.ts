import type { ModalView } from '@slack/types';
import type { SetupView } from '../../app/messenger.ts';
import { WINDOWS } from '../../ledger/usage/windows.ts';
import { capitalized } from '../../words/figures.ts';
import { WINDOW_WORDS } from '../../words/windows.ts';
import { showOutcome } from '../admin-forms/set-up-save.ts';
import { channelField, FIELDS, figureInput, input, modal, nameField, option, selectInput } from '../kit/fields.ts';
import { defineForm, showWithSetup } from '../kit/form/form.ts';
import { readCredits, readName } from '../kit/form/typed.ts';
import { given, optionAt, roomAt, together, typedAt, type Values } from '../kit/form/values.ts';
import { type AdminFormMetadata, readAdminFormMetadata, writeAdminFormMetadata } from '../kit/form-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { plainContext } from '../kit/parts.ts';
import { channelOfCard } from './client-card.ts';

/** A new client, and in the same go its budget and its channel. From a client card the channel stands already. */
export const createClientForm = defineForm({
  id: VIEWS.createClient,
  opens: {
    [ACTIONS.homeCreateClient]: showWithSetup((setup, { pages }) => createClientModal({ ...setup, about: { pages } })),
    [ACTIONS.cardCreate]: showWithSetup((setup, { action }) =>
      createClientModal({ ...setup, about: { channelId: channelOfCard(action), from: 'card' } }),
    ),
  },
  metadata: readAdminFormMetadata,
  read: (view) =>
    together({
      name: typedAt(view, FIELDS.name, readName),
      budgetCredits: typedAt(view, FIELDS.month, readCredits),
      window: given(windowIn(view)),
      channelId: roomAt(view, FIELDS.channel),
    }),
  async submit(deps, { about, typed: { name, budgetCredits, window, channelId }, deliveryId, ...where }) {
    const ifUnbound = about.from === 'card' && channelId === about.channelId;
    const budget = budgetCredits === null ? null : { window, credits: budgetCredits };
    const made = await deps.app.setUpClient({ by: where.by, deliveryId, name, budget, channelId, ifUnbound });
    await showOutcome(deps, where, made);
  },
});

/** A form of before one could choose has a monthly budget. */
const windowIn = (view: Values) => WINDOWS.find((each) => each === optionAt(view, FIELDS.window)) ?? 'month';

/** Other forms show what a limit would have stopped before they save it. */
const WITHOUT_PAST =
  'A new client has no history, so there’s no preview. Later changes to this budget first show what they would have stopped in the last 30 days.';

const NO_LIMIT = 'An owner sets its budget. Until then, the client has no limit of its own.';
const LIMIT_FIRST = 'An owner sets its budget. After that you can link a channel to it.';

type Look = {
  maySetLimits: boolean;
  mayNotBind?: SetupView['mayNotBind'];
  about?: Partial<AdminFormMetadata>;
};

export function createClientModal({ maySetLimits, mayNotBind, about = {} }: Look): ModalView {
  const mayBind = !mayNotBind?.new;
  const budget = maySetLimits
    ? [...budgetFields(), plainContext(WITHOUT_PAST)]
    : [plainContext(mayBind ? NO_LIMIT : LIMIT_FIRST)];
  const channel = channelField({
    initial: about.channelId ?? null,
    optional: true,
    hint: 'Images made there use this client’s credits. A channel of another client moves here. You can add more later.',
  });
  return modal(
    { callback: VIEWS.createClient, title: 'Create a client', submit: 'Create' },
    writeAdminFormMetadata(about),
    [nameField(null), ...budget, ...(mayBind ? [channel] : [])],
  );
}

/** The credits have the block id of before one could choose the window. */
const budgetFields = () => [
  input(FIELDS.month, 'Budget in credits', figureInput(null, 'No limit'), {
    optional: true,
    hint: 'A whole number. Leave empty for no limit; 0 allows nothing.',
  }),
  input(
    FIELDS.window,
    'For which period',
    selectInput(
      WINDOWS.map((window) => option(capitalized(WINDOW_WORDS[window].each), window)),
      { present: 'month' },
    ),
    { hint: 'You can set limits for other periods later.' },
  ),
];
