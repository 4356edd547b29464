import type { ModalView, PlainTextOption } from '@slack/types';
import type { LimitRow } from '../../app/limits/limits-view.ts';
import type { MoveChoice } from '../../app/limits/move-budget.ts';
import { type AccountId, isAccount, memberAccount, memberInClientAccount } from '../../ledger/accounts.ts';
import { accountWords } from '../../words/accounts.ts';
import { number } from '../../words/figures.ts';
import { WINDOW_WORDS } from '../../words/windows.ts';
import { FIELDS, input, OPTIONS_MAX, option, optionGroups, personInput, selectInput } from '../kit/fields.ts';
import { type FieldsRead, given, optionAt, userAt, type Values, wrongAt } from '../kit/form/values.ts';
import { plainContext } from '../kit/parts.ts';

/** The other side of a move, drawn and read. Accounts carry their whole name as value. */
const ACCOUNT_FIELD = 'account';

/** A client, team or project; or a person, over all clients or for one alone. */
export function accountFields({ rows, isCut, clients }: MoveChoice, way: 'To' | 'From'): ModalView['blocks'] {
  const accounts = rows.map((row) => option(accountWords(row), row.account, leftOf(row)));
  const listed = groups(accounts, 'With a limit for the same period');
  const ofClients = groups(
    clients.map(({ clientId, name }) => option(name, clientId)),
    'Clients',
  );
  const placeholder = `Choose where ${way.toLowerCase()}`;
  const account = input(
    ACCOUNT_FIELD,
    `${way} a client, a team or a project`,
    selectInput({ option_groups: listed }, { placeholder }),
    {
      optional: true,
    },
  );
  return [
    ...(rows.length === 0 ? [] : [account]),
    ...(isCut ? [plainContext('Not all are listed. To reach others, start from their row in Home.')] : []),
    input(FIELDS.member, rows.length === 0 ? `${way} a person` : `Or ${way.toLowerCase()} a person`, personInput, {
      optional: true,
      hint: 'Uses the person’s limit for all clients. They need a limit for the same period.',
    }),
    ...(clients.length === 0
      ? []
      : [
          input(
            FIELDS.client,
            'Only their limit for one client',
            selectInput({ option_groups: ofClients }, { placeholder: 'For all clients' }),
            {
              optional: true,
              hint: 'Uses the person’s limit for this client, if they have one.',
            },
          ),
        ]),
  ];
}

const groups = (all: readonly PlainTextOption[], title: string) =>
  optionGroups(all, (_, at) => (at === 0 ? title : `More, from ${number(at * OPTIONS_MAX + 1)} on`));

const leftOf = ({ standings }: LimitRow) =>
  standings
    .map(({ window, availableCredits }) => `${number(Math.max(0, availableCredits))} left ${WINDOW_WORDS[window].now}`)
    .join(', ');

/** As it was chosen: an account of the list, or a person, over all clients or for one alone. */
export function readOtherSide(form: Values): FieldsRead<AccountId> {
  const account = optionAt(form, ACCOUNT_FIELD);
  const memberId = userAt(form, FIELDS.member);
  const clientId = optionAt(form, FIELDS.client);
  if (memberId === null) {
    if (clientId !== null) return wrongAt(form, FIELDS.client, 'Choose the person too.');
    return isAccount(account) ? given(account) : wrongAt(form, FIELDS.member, EITHER);
  }
  if (account !== null) return wrongAt(form, FIELDS.member, EITHER);
  return given(clientId === null ? memberAccount(memberId) : memberInClientAccount(memberId, clientId));
}

const EITHER = 'Choose this or one of the others, not both.';
