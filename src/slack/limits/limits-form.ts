import type { InputBlock, ModalView } from '@slack/types';
import type { LimitForm } from '../../app/limits/show-limits.ts';
import { ON_EXCEEDED, type OnExceeded } from '../../ledger/state.ts';
import { WINDOWS, type Window } from '../../ledger/usage/windows.ts';
import { WINDOW_WORDS } from '../../words/windows.ts';
import { creditsField, FIELD, FIGURE_CHARACTERS_MAX, modal, option } from '../kit/fields.ts';
import type { HomeLocation } from '../kit/home-metadata.ts';
import { VIEWS } from '../kit/ids.ts';
import { OVER_WORDS, standingLine, whose } from '../kit/limit-words.ts';
import { bold, plain, richLines } from '../kit/parts.ts';
import { budgetChangeLines } from './budget-changes.ts';
import { type Shown, writeLimitsHint } from './limits-metadata.ts';

/** The blocks that the values come back under. Figures stand under the name of their window. */
export const OVER_FIELD: Readonly<Record<Window, string>> = {
  day: 'over_day',
  week: 'over_week',
  month: 'over_month',
  total: 'over_total',
};
export const ROLL_OVER_FIELD = 'roll_over';

type Look = {
  form: LimitForm;
  pages: HomeLocation;
  /** What stood in the form when it was first opened, and what somebody has made of it since. */
  shown?: Shown;
  typed?: Shown;
};

/** Every window of an account: how it stands, the limit, and what happens above it. */
export function limitsModal({ form, pages, shown = form.figures, typed = form.figures }: Look): ModalView {
  return modal({
    callback: VIEWS.limits,
    title: 'Limits',
    submit: 'See what it would do',
    metadata: writeLimitsHint({ pages, account: form.account, shown, wanted: [] }),
    blocks: [
      richLines(whose(form), ['Every limit counts, beside those of all other accounts that a request touches.']),
      ...WINDOWS.flatMap((window) => windowBlocks(form, typed, window)),
      ...(form.changes.length > 0 ? [richLines(...budgetChangeLines(form.changes))] : []),
    ],
  });
}

function windowBlocks({ standings }: LimitForm, typed: Shown, window: Window): ModalView['blocks'] {
  const stands = standings.find((each) => each.window === window);
  const figures = typed[window];
  return [
    { type: 'divider' },
    ...(stands ? [richLines(standingLine(stands))] : []),
    creditsField(window, figures?.limitCredits ?? null),
    overField(window, figures?.over ?? 'refuse'),
    ...(window === 'month' ? [rollOverField(figures?.rollOverMaxCredits ?? null)] : []),
  ];
}

const overOption = (over: OnExceeded) => option(OVER_WORDS[over], over);

const overField = (window: Window, present: OnExceeded): InputBlock => ({
  type: 'input',
  block_id: OVER_FIELD[window],
  label: plain(`When a request goes over the ${WINDOW_WORDS[window].adjective} limit`),
  element: {
    type: 'static_select',
    action_id: FIELD,
    options: ON_EXCEEDED.map(overOption),
    initial_option: overOption(present),
  },
});

const rollOverField = (present: number | null): InputBlock => ({
  type: 'input',
  block_id: ROLL_OVER_FIELD,
  optional: true,
  label: plain('Left from last month, at most'),
  element: {
    type: 'plain_text_input',
    action_id: FIELD,
    max_length: FIGURE_CHARACTERS_MAX,
    placeholder: plain('Nothing rolls over'),
    ...(present === null ? {} : { initial_value: String(present) }),
  },
  hint: plain('So much of what a month did not use comes on top of the next one’s, and is gone at the end of that.'),
});

/** What limits somebody is about to rehearse, while the last days are read. */
export const lookingModal = (): ModalView => ({
  type: 'modal',
  title: plain('Limits'),
  close: plain('Close'),
  blocks: [richLines([bold('Looking at the last 30 days…')], ['Nothing is saved yet.'])],
});
