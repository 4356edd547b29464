import type { ModalView, PlainTextOption } from '@slack/types';
import type { SetupView } from '../../app/messenger.ts';
import { FIELD, FIELDS, modal, option } from '../kit/fields.ts';
import { type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { VIEWS } from '../kit/ids.ts';
import { plain, plainContext } from '../kit/parts.ts';

const CLIENTS_MAX = 100;

/** Whose limits are to be seen: a person's over all clients, or for one client alone. */
export function limitsPersonModal({ setup, pages }: { setup: SetupView; pages: HomeLocation }): ModalView {
  const clients = setup.clients
    .slice(0, CLIENTS_MAX)
    .map(({ clientId, name }): PlainTextOption => option(name, clientId));
  return modal({
    callback: VIEWS.limitsPerson,
    title: 'Whose limits?',
    submit: 'Go on',
    metadata: writeMetadata(pages),
    blocks: [
      {
        type: 'input',
        block_id: FIELDS.member,
        label: plain('Person'),
        element: { type: 'users_select', action_id: FIELD, placeholder: plain('Choose a person') },
      },
      ...(clients.length === 0
        ? []
        : [
            {
              type: 'input' as const,
              block_id: FIELDS.client,
              optional: true,
              label: plain('Only for a client'),
              element: {
                type: 'static_select' as const,
                action_id: FIELD,
                placeholder: plain('Over all clients'),
                options: clients,
              },
              hint: plain('What the person may use of this client’s credits, beside the limit over all clients.'),
            },
          ]),
      ...(setup.clients.length > CLIENTS_MAX
        ? [
            plainContext(
              `The first ${CLIENTS_MAX} clients are listed. Others are found in Home, under Limits and rules.`,
            ),
          ]
        : []),
    ],
  });
}
