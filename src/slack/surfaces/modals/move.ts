import type { ModalView, PlainTextOption } from '@slack/types';
import type { MoveForm } from '../../../app/limits/move-budget.ts';
import type { LimitRow } from '../../../app/limits/show-limits.ts';
import { WINDOWS, type Window } from '../../../ledger/windows.ts';
import { VIEWS } from '../../ids.ts';
import { number } from '../../text.ts';
import { type Pages, writeHint } from '../home-hints.ts';
import { standingLines, whose, whoseInPlain } from '../limit-words.ts';
import { lines, plain, plainContext } from '../parts.ts';
import { amountField, FIELD, FIELDS, modal, option } from './fields.ts';

export const TO_FIELD = 'to';
export const WINDOW_FIELD = 'window';

const OPTIONS_A_GROUP = 100;

export const THIS_WINDOW: Readonly<Record<Window, string>> = {
  day: 'Today',
  week: 'This week',
  month: 'This month',
  total: 'In total',
};

/** Allowance from one account to another, in the window that is open now. Accounts carry their whole name as value. */
export function moveModal({ form, pages }: { form: MoveForm; pages: Pages }): ModalView {
  const { from, to, isCut } = form;
  const windows = WINDOWS.filter((window) => from.standings.some((each) => each.window === window));
  const options = windows.map((window) => option(THIS_WINDOW[window], window));
  const [only] = options;
  return modal({
    callback: VIEWS.move,
    title: 'Move budget',
    submit: 'Move',
    metadata: writeHint(pages, from.account),
    blocks: [
      lines(['From ', ...whose(from)], ...standingLines(from)),
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
      ...(to.length === 0
        ? []
        : [
            {
              type: 'input' as const,
              block_id: TO_FIELD,
              optional: true,
              label: plain('To a client, a team or a project'),
              element: {
                type: 'static_select' as const,
                action_id: FIELD,
                placeholder: plain('Choose where to'),
                option_groups: groups(to),
              },
            },
          ]),
      ...(isCut ? [plainContext('Not all are listed. Move from the other one’s row in Home instead.')] : []),
      {
        type: 'input',
        block_id: FIELDS.member,
        optional: true,
        label: plain('Or to a person'),
        element: { type: 'users_select', action_id: FIELD, placeholder: plain('Choose a person') },
        hint: plain('To what the person may use over all clients. It needs a limit in the same window.'),
      },
    ],
  });
}

function groups(rows: readonly LimitRow[]) {
  const all: { label: ReturnType<typeof plain>; options: PlainTextOption[] }[] = [];
  for (let from = 0; from < rows.length; from += OPTIONS_A_GROUP) {
    const some = rows.slice(from, from + OPTIONS_A_GROUP);
    const label = plain(from === 0 ? 'With a limit in the same window' : `More, from ${number(from + 1)} on`, 75);
    all.push({ label, options: some.map((row) => option(whoseInPlain(row), row.account, leftOf(row))) });
  }
  return all;
}

const leftOf = ({ standings }: LimitRow) =>
  standings
    .map(({ window, availableCredits }) => `${number(availableCredits)} left ${THIS_WINDOW[window].toLowerCase()}`)
    .join(', ');
