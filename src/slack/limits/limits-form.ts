import type { ModalView } from '@slack/types';
import type { LimitForm } from '../../app/limits/show-limits.ts';
import { type AccountId, AGENCY, isAccount, memberAccount, parseAccount, teamAccount } from '../../ledger/accounts.ts';
import { ON_EXCEEDED, type OnExceeded } from '../../ledger/state.ts';
import { ROLLS_OVER, WINDOWS, type Window } from '../../ledger/usage/windows.ts';
import { accountParts } from '../../words/accounts.ts';
import { standingLine } from '../../words/balances.ts';
import { OVER_WORDS } from '../../words/limits.ts';
import { WINDOW_WORDS } from '../../words/windows.ts';
import { goneModal } from '../kit/error-modals.ts';
import { creditsField, figureInput, input, modal, option, selectInput } from '../kit/fields.ts';
import { backTo, defineForm, type Show } from '../kit/form/form.ts';
import { keepForm, refusedForm, showInHome } from '../kit/form/home-answer.ts';
import type { HomeLocation } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { actions, button, divider, richLines } from '../kit/parts.ts';
import type { Deps } from '../platform/deps.ts';
import { budgetChangeLines } from './budget-changes.ts';
import { limitsRehearsedModal } from './limits-preview-form.ts';
import {
  OVER_FIELD,
  ROLL_OVER_FIELD,
  readLimits,
  readLimitsMetadata,
  type Shown,
  writeLimitsMetadata,
} from './read-limits.ts';

const showOf =
  (accountIn: (word: string | undefined) => AccountId | null): Show =>
  async (deps, { by, pages, words: [word] }) => {
    const account = accountIn(word);
    return account ? await limitsModalOf(deps, { by, account, pages }) : goneModal();
  };

/** The limits of any account. Nothing is saved from here: what they would have done stands between form and ledger. */
export const limitsForm = defineForm({
  id: VIEWS.limits,
  opens: {
    [ACTIONS.limitsOpen]: showOf((word) => (isAccount(word) ? word : null)),
    [ACTIONS.homeAgencyLimit]: showOf(() => AGENCY),
    [ACTIONS.peopleTeamLimits]: showOf((word) => (word === undefined ? null : teamAccount(word))),
    [ACTIONS.personLimits]: showOf((word = '') => memberAccount(word)),
  },
  clicks: (deps) => ({ [ACTIONS.limitsBack]: goBack(deps), [ACTIONS.limitsMore]: showMore(deps) }),
  metadata: readLimitsMetadata,
  read: readLimits,
  async submit(deps, { about, typed: wanted, ...where }) {
    const { by, closing } = where;
    if (wanted.length === 0) return await showInHome(deps, where);
    const found = await deps.app.rehearseLimits({ by, account: about.account, wanted });
    if (!found.ok) return await keepForm(deps, where, found.refusal);
    await closing.show(limitsRehearsedModal(found.rehearsed, { ...about, wanted }));
  },
});

/** The figures are those of now. */
const goBack = (deps: Deps) =>
  backTo(readLimitsMetadata, ({ wanted, ...of }, by) => {
    const typed = { ...of.shown, ...Object.fromEntries(wanted.map(({ window, figures }) => [window, figures])) };
    return limitsModalOf(deps, { by, ...of, typed });
  });

/** Draws the fields of the other periods below those that are there, in which Slack keeps what was typed. */
const showMore = (deps: Deps) =>
  backTo(readLimitsMetadata, ({ account, pages, shown }, by) =>
    limitsModalOf(deps, { by, account, pages, shown, typed: shown, isWhole: true }),
  );

type Drawn = {
  pages: HomeLocation;
  /** The values that the form was first opened with, and the person's edits since. */
  shown?: Shown;
  typed?: Shown;
  /** With every period, also those without a limit. */
  isWhole?: boolean;
};

export async function limitsModalOf(
  { app }: Deps,
  { by, account, ...drawn }: { by: string; account: AccountId } & Drawn,
): Promise<ModalView> {
  const seen = await app.showLimits({ by, account });
  return seen.ok ? limitsModal({ form: seen.form, ...drawn }) : refusedForm(seen.refusal, by);
}

/**
 * The periods of an account that have a limit, and the usual one: how it stands, the limit, and what happens above it. The
 * others come below once they are asked for.
 */
export function limitsModal({
  form,
  pages,
  shown = form.figures,
  typed = form.figures,
  isWhole = false,
}: { form: LimitForm } & Drawn): ModalView {
  const first = WINDOWS.filter((window) => window === usualWindow(form.account) || shown[window] || typed[window]);
  const others = WINDOWS.filter((window) => !first.includes(window));
  const blocksOf = (window: Window) => windowBlocks(form, typed, window);
  const more = button('More periods', { action: ACTIONS.limitsMore, label: 'Show the other periods' });
  return modal(
    { callback: VIEWS.limits, title: 'Limits', submit: 'Preview impact' },
    writeLimitsMetadata({ pages, account: form.account, shown, wanted: [] }),
    [
      richLines(accountParts(form), ['All of these apply, plus every other limit a request falls under.']),
      ...first.flatMap(blocksOf),
      ...(isWhole ? others.flatMap(blocksOf) : []),
      ...(isWhole || others.length === 0 ? [] : [divider, actions(more)]),
      ...(form.changes.length > 0 ? [richLines(...budgetChangeLines(form.changes))] : []),
    ],
  );
}

/** A project has one budget until it ends; all else is planned by the month. */
const usualWindow = (account: AccountId): Window => (parseAccount(account)?.kind === 'project' ? 'total' : 'month');

function windowBlocks({ standings }: LimitForm, typed: Shown, window: Window): ModalView['blocks'] {
  const stands = standings.find((each) => each.window === window);
  const figures = typed[window];
  return [
    divider,
    ...(stands ? [richLines(standingLine(stands))] : []),
    creditsField(window, figures?.limitCredits ?? null),
    overField(window, figures?.over ?? 'refuse'),
    ...(ROLLS_OVER[window] ? [rollOverField(figures?.rollOverMaxCredits ?? null)] : []),
  ];
}

const overField = (window: Window, present: OnExceeded) =>
  input(
    OVER_FIELD[window],
    `When a request goes over the ${WINDOW_WORDS[window].adjective} limit`,
    selectInput(
      ON_EXCEEDED.map((over) => option(OVER_WORDS[over], over)),
      { present },
    ),
  );

const rollOverField = (present: number | null) =>
  input(ROLL_OVER_FIELD, 'Roll over from last month, up to', figureInput(present, 'Nothing rolls over'), {
    optional: true,
    hint: 'Up to this many unused credits are added to the next month. They expire when that month ends. Only months roll over.',
  });
