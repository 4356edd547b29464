import type { ModalView } from '@slack/types';
import type { MoveForm } from '../../app/limits/move-budget.ts';
import { isAccount } from '../../ledger/accounts.ts';
import { WINDOWS } from '../../ledger/usage/windows.ts';
import { accountParts } from '../../words/accounts.ts';
import { standingLines } from '../../words/balances.ts';
import { capitalized, number } from '../../words/figures.ts';
import { WINDOW_WORDS } from '../../words/windows.ts';
import { movedBanner } from '../admin-forms/saved-banners.ts';
import { goneModal } from '../kit/error-modals.ts';
import { amountField, FIELDS, input, modal, option, selectInput } from '../kit/fields.ts';
import { defineForm } from '../kit/form/form.ts';
import { refusedForm, showInHome, showSaved } from '../kit/form/home-answer.ts';
import { readAccountMetadata } from '../kit/form/metadata.ts';
import { readAmount } from '../kit/form/typed.ts';
import { neededAt, optionAt, together, typedAt } from '../kit/form/values.ts';
import { type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { richLines } from '../kit/parts.ts';
import { accountFields, readOtherSide } from './move-fields.ts';

/** Allowance from one account to another, in the window that is open now. */
export const moveForm = defineForm({
  id: VIEWS.move,
  opens: {
    [ACTIONS.moveOpen]: async ({ app }, { by, pages, words: [account] }) => {
      if (!isAccount(account)) return goneModal();
      const seen = await app.showMove({ by, account });
      if (!seen.ok) return refusedForm(seen.refusal, by);
      return seen.form.from.standings.length === 0 ? goneModal() : moveModal({ form: seen.form, pages });
    },
  },
  metadata: readAccountMetadata,
  read: (view, { account: from }) => {
    const window = WINDOWS.find((each) => each === optionAt(view, FIELDS.window));
    const read = together({
      to: readOtherSide(view),
      window: neededAt(view, FIELDS.window, window, 'Choose a period.'),
      amountCredits: typedAt(view, FIELDS.amount, readAmount),
    });
    return read.ok ? { ok: true, value: { from, ...read.value } } : read;
  },
  async submit(deps, { typed: move, body, deliveryId: id, ...where }) {
    await deps.spend.once({ body, wants: move, deliveryId: id }, async ({ moveBudget }, deliveryId) => {
      const changed = await moveBudget({ deliveryId, by: where.by, ...move });
      if (changed.ok) await showInHome(deps, where, movedBanner(move, changed));
      else await showSaved(deps, where, [], [changed.refusal]);
      return changed.ok;
    });
  },
});

/** Said before anything is typed that would be refused. */
function extraLines({ standings }: MoveForm['from']): string[][] {
  const extra = Math.max(0, ...standings.map(({ movable }) => movable?.extraCredits ?? 0));
  if (extra === 0) return [];
  return [
    [`${number(extra)} of these ${extra === 1 ? 'is an extra credit' : 'are extra credits'}, which can’t be moved.`],
  ];
}

export function moveModal({ form, pages }: { form: MoveForm; pages: HomeLocation }): ModalView {
  const { from, to } = form;
  const windows = WINDOWS.filter((window) => from.standings.some((each) => each.window === window));
  const [only, ...others] = windows.map((window) => option(capitalized(WINDOW_WORDS[window].now), window));
  const present = others.length === 0 ? (only?.value ?? null) : null;
  return modal({ callback: VIEWS.move, title: 'Move credits', submit: 'Move' }, writeMetadata(pages, from.account), [
    richLines(['From ', ...accountParts(from, 'Inside')], ...standingLines(from), ...extraLines(from)),
    input(FIELDS.window, 'Period', selectInput(only ? [only, ...others] : [], { present }), {
      hint: 'Only the current period changes. Later ones stay the same.',
    }),
    amountField('Credits'),
    ...accountFields(to, 'To'),
  ]);
}
