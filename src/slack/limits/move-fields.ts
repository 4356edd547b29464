import type { ModalView } from '@slack/types';
import type { MoveChoice, MovePlace } from '../../app/limits/move-budget.ts';
import { type AccountId, isAccount, memberAccount, memberInClientAccount } from '../../ledger/accounts.ts';
import { WINDOWS, type Window } from '../../ledger/usage/windows.ts';
import { accountWords } from '../../words/accounts.ts';
import { capitalized, number } from '../../words/figures.ts';
import { WINDOW_WORDS } from '../../words/windows.ts';
import { FIELDS, input, OPTIONS_MAX, option, optionGroups, selectInput } from '../kit/fields.ts';
import { type FieldsRead, given, optionAt, userAt, type Values, wrongAt } from '../kit/form/values.ts';
import { optionsWithin } from '../kit/options-within.ts';
import { plainContext } from '../kit/parts.ts';

/** The other side of a move, drawn and read. */
const ACCOUNT_FIELD = 'account';

/** Everything that can be chosen, by window: a client, team or project, or a person, over all clients or for one alone. */
export function accountFields({ places, isCut }: MoveChoice, way: 'To' | 'From'): ModalView['blocks'] {
  const all = optionsWithin(places.map(optionOf), PLACES_BYTES_MAX);
  const groups = WINDOWS.flatMap((window) => {
    const options = all.filter((_, at) => places[at]?.window === window);
    const title = capitalized(WINDOW_WORDS[window].now);
    return optionGroups(options, (_, at) => (at === 0 ? title : `${title}, from ${number(at * OPTIONS_MAX + 1)} on`));
  });
  const placeholder = `Choose where ${way.toLowerCase()}`;
  const hint = 'Clients, teams, projects and people with a limit for the same period. Only the current period changes.';
  return [
    input(ACCOUNT_FIELD, way, selectInput({ option_groups: groups }, { placeholder }), { hint }),
    ...(isCut || all.length < places.length
      ? [plainContext('Not all are listed. To reach others, start from their row in Home.')]
      : []),
  ];
}

/** Leaves room for the rest of the form. */
const PLACES_BYTES_MAX = 200_000;

function optionOf(place: MovePlace) {
  const { account, window, leftCredits } = place;
  return option(
    capitalized(nameOf(place)),
    `${window} ${account}`,
    `${number(leftCredits)} left ${WINDOW_WORDS[window].now}`,
  );
}

/** Slack draws no mentions in a list. */
function nameOf({ personName, ...label }: MovePlace): string {
  if (personName === null) return accountWords(label);
  return label.kind === 'member' ? personName : `${personName} for ${label.name ?? 'the client'}`;
}

export type OtherSide = { account: AccountId; window: Window | null };

/** Reads the chosen account and window. Forms of earlier versions had a field of its own for the window, and for people. */
export function readOtherSide(form: Values): FieldsRead<OtherSide> {
  const [window = '', account = window] = (optionAt(form, ACCOUNT_FIELD) ?? '').split(' ');
  if (isAccount(account)) return given({ account, window: WINDOWS.find((each) => each === window) ?? null });
  const memberId = userAt(form, FIELDS.member);
  if (memberId === null) return wrongAt(form, ACCOUNT_FIELD, 'Choose one of the list.');
  const clientId = optionAt(form, FIELDS.client);
  return given({
    account: clientId === null ? memberAccount(memberId) : memberInClientAccount(memberId, clientId),
    window: null,
  });
}
