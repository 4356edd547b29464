import type { ModalView } from '@slack/types';
import type { SetupView } from '../../app/messenger.ts';
import { clientAccount } from '../../ledger/accounts.ts';
import { channelField, modal, nameField } from '../kit/fields.ts';
import { adminFormMetadata, NOTHING_SHOWN, writeAdminFormMetadata } from '../kit/form-metadata.ts';
import { type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { actions, button, plainContext } from '../kit/parts.ts';

/** A client's name and channels, and the way to its limits. */
export function clientModal({
  setup,
  clientId,
  pages,
}: {
  setup: SetupView;
  clientId: string;
  pages: HomeLocation;
}): ModalView | null {
  const client = setup.clients.find((each) => each.clientId === clientId);
  if (!client) return null;
  const { name } = client;
  const budgets = setup.maySetLimits
    ? [
        actions(
          button('Limits…', {
            action: ACTIONS.limitsOpen,
            value: writeMetadata(pages, clientAccount(clientId)),
            label: `The limits of ${name}`,
          }),
        ),
      ]
    : [plainContext('Its limits are set by an owner.')];
  const shown = { ...NOTHING_SHOWN, name };
  return modal({
    callback: VIEWS.client,
    title: 'Edit a client',
    submit: 'Save',
    metadata: writeAdminFormMetadata(adminFormMetadata({ pages, clientId, shown })),
    blocks: [
      nameField(name),
      ...budgets,
      channelField({
        initial: null,
        optional: true,
        label: 'Bind another channel to it',
        hint: 'Images asked for there use this client’s credits. A channel of another client moves over.',
      }),
    ],
  });
}
