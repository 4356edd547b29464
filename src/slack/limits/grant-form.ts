import type { ModalView } from '@slack/types';
import type { LimitRow } from '../../app/limits/limits-view.ts';
import { amountField, FIELD, modal } from '../kit/fields.ts';
import { type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { VIEWS } from '../kit/ids.ts';
import { standingLines, whose } from '../kit/limit-words.ts';
import { plain, richLines } from '../kit/parts.ts';

export const UNTIL_FIELD = 'until';
export const REASON_FIELD = 'reason';
/** As the ledger takes it: eighty characters, of which Slack may count each as two. */
const REASON_UNITS_MAX = 160;

/** Credits on top of an account's limits, until a day. */
export function grantModal({ row, pages }: { row: LimitRow; pages: HomeLocation }): ModalView {
  return modal({
    callback: VIEWS.grant,
    title: 'Grant credits',
    submit: 'Grant',
    metadata: writeMetadata(pages, row.account),
    blocks: [
      richLines(whose(row), ...standingLines(row), [
        'What is granted is used where the limits do not cover a request.',
      ]),
      amountField('Credits on top'),
      {
        type: 'input',
        block_id: UNTIL_FIELD,
        optional: true,
        label: plain('Until the end of'),
        element: { type: 'datepicker', action_id: FIELD, placeholder: plain('Does not expire') },
        hint: plain('The day ends by the agency’s calendar. What is left by then is gone.'),
      },
      {
        type: 'input',
        block_id: REASON_FIELD,
        label: plain('Reason'),
        element: {
          type: 'plain_text_input',
          action_id: FIELD,
          max_length: REASON_UNITS_MAX,
          placeholder: plain('For the pitch'),
        },
        hint: plain('It stands beside the grant in the account’s history.'),
      },
    ],
  });
}
