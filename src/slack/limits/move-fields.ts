import type { ModalView, PlainTextOption } from '@slack/types';
import type { LimitRow } from '../../app/limits/limits-view.ts';
import type { MoveChoice } from '../../app/limits/move-budget.ts';
import { number } from '../../words/figures.ts';
import { WINDOW_WORDS } from '../../words/windows.ts';
import { FIELD, FIELDS, option } from '../kit/fields.ts';
import { whoseInPlain } from '../kit/limit-words.ts';
import { plain, plainContext } from '../kit/parts.ts';

/** The other side of a move. Accounts carry their whole name as value. */
export const ACCOUNT_FIELD = 'account';

/** Slack takes 100 options in a group, and 100 groups. */
const OPTIONS_A_GROUP = 100;

/** A client, team or project; or a person, over all clients or for one alone. */
export function accountFields({ rows, isCut, clients }: MoveChoice, way: 'To' | 'From'): ModalView['blocks'] {
  const placeholder = plain(`Choose where ${way.toLowerCase()}`);
  return [
    ...(rows.length === 0
      ? []
      : [
          {
            type: 'input' as const,
            block_id: ACCOUNT_FIELD,
            optional: true,
            label: plain(`${way} a client, a team or a project`),
            element: {
              type: 'static_select' as const,
              action_id: FIELD,
              placeholder,
              option_groups: groups(
                rows.map((row) => option(whoseInPlain(row), row.account, leftOf(row))),
                'With a limit in the same window',
              ),
            },
          },
        ]),
    ...(isCut ? [plainContext('Not all are listed. Move from the other one’s row in Home instead.')] : []),
    {
      type: 'input',
      block_id: FIELDS.member,
      optional: true,
      label: plain(rows.length === 0 ? `${way} a person` : `Or ${way.toLowerCase()} a person`),
      element: { type: 'users_select', action_id: FIELD, placeholder: plain('Choose a person') },
      hint: plain('Of what the person may use over all clients. It needs a limit in the same window.'),
    },
    ...(clients.length === 0
      ? []
      : [
          {
            type: 'input' as const,
            block_id: FIELDS.client,
            optional: true,
            label: plain('Of that person, only for a client'),
            element: {
              type: 'static_select' as const,
              action_id: FIELD,
              placeholder: plain('Over all clients'),
              option_groups: groups(
                clients.map(({ clientId, name }) => option(name, clientId)),
                'Clients',
              ),
            },
            hint: plain('Of what the person may use of this client’s credits, where that has a limit of its own.'),
          },
        ]),
  ];
}

function groups(all: readonly PlainTextOption[], title: string) {
  const made: { label: ReturnType<typeof plain>; options: PlainTextOption[] }[] = [];
  for (let from = 0; from < all.length; from += OPTIONS_A_GROUP) {
    const label = plain(from === 0 ? title : `More, from ${number(from + 1)} on`, 75);
    made.push({ label, options: all.slice(from, from + OPTIONS_A_GROUP) });
  }
  return made;
}

const leftOf = ({ standings }: LimitRow) =>
  standings
    .map(({ window, availableCredits }) => `${number(availableCredits)} left ${WINDOW_WORDS[window].now}`)
    .join(', ');
