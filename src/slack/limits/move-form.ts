import type { ModalView } from '@slack/types';
import type { MoveForm } from '../../app/limits/move-budget.ts';
import { isAccount } from '../../ledger/accounts.ts';
import { WINDOWS } from '../../ledger/usage/windows.ts';
import { accountParts } from '../../words/accounts.ts';
import { standingLines } from '../../words/balances.ts';
import { number } from '../../words/figures.ts';
import { movedBanner } from '../admin-forms/saved-banners.ts';
import { goneModal } from '../kit/error-modals.ts';
import { amountField, FIELDS, modal, notice } from '../kit/fields.ts';
import { defineForm } from '../kit/form/form.ts';
import { refusedForm, showInHome, showSaved } from '../kit/form/home-answer.ts';
import { readAccountMetadata } from '../kit/form/metadata.ts';
import { readAmount } from '../kit/form/typed.ts';
import { given, neededAt, optionAt, together, typedAt } from '../kit/form/values.ts';
import { type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { richLines, section } from '../kit/parts.ts';
import { accountFields, readOtherSide } from './move-fields.ts';

/** Allowance from one account to another, in the window that is open now. */
export const moveForm = defineForm({
  id: VIEWS.move,
  opens: {
    [ACTIONS.moveOpen]: async ({ app }, { by, pages, words: [account] }) => {
      if (!isAccount(account)) return goneModal();
      const seen = await app.showMove({ by, account });
      if (!seen.ok) return refusedForm(seen.refusal, by);
      return moveModal({ form: seen.form, pages });
    },
  },
  metadata: readAccountMetadata,
  read: (view, { account: from }) => {
    const read = together({ other: readOtherSide(view), amountCredits: typedAt(view, FIELDS.amount, readAmount) });
    if (!read.ok) return read;
    const { other, amountCredits } = read.value;
    const chosen = other.window ?? WINDOWS.find((each) => each === optionAt(view, FIELDS.window));
    const window = neededAt(view, FIELDS.window, chosen, 'Choose a period.');
    return window.ok ? given({ from, to: other.account, window: window.value, amountCredits }) : window;
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

/** Where nothing can be moved, it says so and asks for nothing. */
export function moveModal({ form, pages }: { form: MoveForm; pages: HomeLocation }): ModalView {
  const { from, to } = form;
  const stands = richLines(['From ', ...accountParts(from, 'Inside')], ...standingLines(from), ...extraLines(from));
  if (to.places.length === 0) return notice(TITLE, [stands, section(whyNot(form))]);
  return modal({ callback: VIEWS.move, title: TITLE, submit: 'Move' }, writeMetadata(pages, from.account), [
    stands,
    ...accountFields(to, 'To'),
    amountField('Credits'),
  ]);
}

const TITLE = 'Move credits';

function whyNot({ from: { standings } }: MoveForm): string {
  if (standings.length === 0) return 'There’s no limit here, so there’s nothing to move.';
  if (standings.every(({ movable }) => movable?.movableCredits === 0))
    return 'Nothing can be moved from here right now.';
  return 'Nothing you manage has a limit for the same period, so there’s nowhere to move credits. Set a limit there first.';
}
