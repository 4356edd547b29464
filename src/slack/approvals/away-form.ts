import type { ModalView } from '@slack/types';
import { FIELD, modal } from '../kit/fields.ts';
import { type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { VIEWS } from '../kit/ids.ts';
import { plain, plainContext } from '../kit/parts.ts';

export const AWAY_FIELDS = { who: 'who', until: 'until' } as const;

/** Who decides about approvals while somebody is away. */
export function awayModal({ pages, timeZone }: { pages: HomeLocation; timeZone: string }): ModalView {
  return modal({
    callback: VIEWS.away,
    title: 'Away until…',
    submit: 'Save',
    metadata: writeMetadata(pages),
    blocks: [
      {
        type: 'input',
        block_id: AWAY_FIELDS.who,
        label: plain('Who decides in your place'),
        element: { type: 'users_select', action_id: FIELD, placeholder: plain('Choose a person') },
        hint: plain('They may approve and deny whatever you may. It must be somebody who may make images.'),
      },
      {
        type: 'input',
        block_id: AWAY_FIELDS.until,
        label: plain('Until the end of'),
        element: { type: 'datepicker', action_id: FIELD, placeholder: plain('Choose a day') },
        hint: plain(`Days end at midnight in ${timeZone}. Then it is over by itself.`),
      },
      plainContext('You can still decide yourself, and end it in Home at any time.'),
    ],
  });
}
