import type { ModalView } from '@slack/types';
import type { MoveForm } from '../../app/limits/move-budget.ts';
import { WINDOWS } from '../../ledger/usage/windows.ts';
import { capitalized } from '../../words/figures.ts';
import { WINDOW_WORDS } from '../../words/windows.ts';
import { amountField, FIELD, modal, option } from '../kit/fields.ts';
import { type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { VIEWS } from '../kit/ids.ts';
import { standingLines, whose } from '../kit/limit-words.ts';
import { plain, richLines } from '../kit/parts.ts';
import { accountFields } from './move-fields.ts';

export const WINDOW_FIELD = 'window';

/** Allowance from one account to another, in the window that is open now. */
export function moveModal({ form, pages }: { form: MoveForm; pages: HomeLocation }): ModalView {
  const { from, to } = form;
  const windows = WINDOWS.filter((window) => from.standings.some((each) => each.window === window));
  const options = windows.map((window) => option(capitalized(WINDOW_WORDS[window].now), window));
  const [only] = options;
  return modal({
    callback: VIEWS.move,
    title: 'Move budget',
    submit: 'Move',
    metadata: writeMetadata(pages, from.account),
    blocks: [
      richLines(['From ', ...whose(from)], ...standingLines(from)),
      {
        type: 'input',
        block_id: WINDOW_FIELD,
        label: plain('Of which window'),
        element: {
          type: 'static_select',
          action_id: FIELD,
          options,
          ...(options.length === 1 && only ? { initial_option: only } : {}),
        },
        hint: plain('Only the window that is open now; later ones are as before.'),
      },
      amountField('Credits'),
      ...accountFields(to, 'To'),
    ],
  });
}
