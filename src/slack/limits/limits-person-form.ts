import type { ModalView } from '@slack/types';
import type { SetupView } from '../../app/messenger.ts';
import { memberAccount, memberInClientAccount } from '../../ledger/accounts.ts';
import { number } from '../../words/figures.ts';
import { FIELDS, input, listed, modal, option, personInput, selectInput } from '../kit/fields.ts';
import { defineForm, showWithSetup } from '../kit/form/form.ts';
import { readPlace } from '../kit/form/metadata.ts';
import { given, neededAt, optionAt, together, userAt } from '../kit/form/values.ts';
import { type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { optionsWithin } from '../kit/options-within.ts';
import { plainContext } from '../kit/parts.ts';
import { limitsModalOf } from './limits-form.ts';

/** Leaves room for the rest of the form. */
const CLIENTS_BYTES_MAX = 220_000;

/** Asks which limits to open: a person's over all clients, or for one client alone. */
export const limitsPersonForm = defineForm({
  id: VIEWS.limitsPerson,
  opens: {
    [ACTIONS.homeMemberLimit]: showWithSetup((setup, { pages }) => limitsPersonModal({ setup, pages })),
  },
  metadata: readPlace,
  read: (view) =>
    together({
      memberId: neededAt(view, FIELDS.member, userAt(view, FIELDS.member), 'Choose a person.'),
      clientId: given(optionAt(view, FIELDS.client)),
    }),
  async submit(deps, { typed: { memberId, clientId }, by, pages, closing }) {
    const account = clientId === null ? memberAccount(memberId) : memberInClientAccount(memberId, clientId);
    await closing.show(await limitsModalOf(deps, { by, account, pages }));
  },
});

export function limitsPersonModal({ setup, pages }: { setup: SetupView; pages: HomeLocation }): ModalView {
  const clients = optionsWithin(
    setup.clients.map(({ clientId, name }) => option(name, clientId)),
    CLIENTS_BYTES_MAX,
  );
  const select = selectInput(listed(clients), { placeholder: 'For all clients' });
  const ofClient = input(FIELDS.client, 'Only for a client', select, {
    optional: true,
    hint: 'The most the person can use of this client’s credits. Their limit for all clients also applies.',
  });
  const isCut = setup.clients.length > clients.length;
  const more = `The first ${number(clients.length)} clients are listed. Find others in Home, under Limits and rules.`;
  return modal({ callback: VIEWS.limitsPerson, title: 'Whose limits?', submit: 'Go on' }, writeMetadata(pages), [
    input(FIELDS.member, 'Person', personInput),
    ...(clients.length === 0 ? [] : [ofClient]),
    ...(isCut ? [plainContext(more)] : []),
  ]);
}
