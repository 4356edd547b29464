import type { ModalView } from '@slack/types';
import type { LimitRow } from '../../app/limits/limits-view.ts';
import { isAccount } from '../../ledger/accounts.ts';
import { accountParts } from '../../words/accounts.ts';
import { standingLines } from '../../words/balances.ts';
import { extraCredits } from '../../words/figures.ts';
import { goneModal } from '../kit/error-modals.ts';
import { amountField, dayInput, FIELDS, input, modal, textInput } from '../kit/fields.ts';
import { defineForm } from '../kit/form/form.ts';
import { refusedForm, savedBanner, showChange } from '../kit/form/home-answer.ts';
import { readAccountMetadata } from '../kit/form/metadata.ts';
import { readAmount, readName } from '../kit/form/typed.ts';
import { dateAt, given, together, typedAt } from '../kit/form/values.ts';
import { type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { bold, richLines } from '../kit/parts.ts';

const UNTIL_FIELD = 'until';
const REASON_FIELD = 'reason';
/** As the ledger takes it: eighty characters, of which Slack may count each as two. */
const REASON_UNITS_MAX = 160;

/** Credits on top of an account's limits, until a day. */
export const grantForm = defineForm({
  id: VIEWS.grant,
  opens: {
    [ACTIONS.grantOpen]: async ({ app }, { by, pages, words: [account] }) => {
      if (!isAccount(account)) return goneModal();
      const seen = await app.showGrant({ by, account });
      return seen.ok ? grantModal({ row: seen.row, pages }) : refusedForm(seen.refusal, by);
    },
  },
  metadata: readAccountMetadata,
  read: (view) =>
    together({
      amountCredits: typedAt(view, FIELDS.amount, readAmount),
      untilDate: given(dateAt(view, UNTIL_FIELD)),
      reason: typedAt(view, REASON_FIELD, readName),
    }),
  async submit(deps, { about: { account }, typed, body, deliveryId: id, ...where }) {
    const grant = { account, ...typed };
    await deps.spend.once({ body, wants: grant, deliveryId: id }, async ({ grantCredits }, deliveryId) => {
      const { by } = where;
      const changed = await grantCredits({ deliveryId, by, ...grant });
      const { limits } = await deps.app.showHome({ by, limits: { page: 0, find: '' } });
      const label = limits?.rows.find((row) => row.account === account);
      const to = label ? [' for ', ...accountParts(label, 'Inside')] : [];
      await showChange(deps, where, changed, savedBanner(bold(extraCredits(grant.amountCredits)), ...to, '.'));
      return changed.ok;
    });
  },
});

export const grantModal = ({ row, pages }: { row: LimitRow; pages: HomeLocation }): ModalView =>
  modal({ callback: VIEWS.grant, title: 'Add credits', submit: 'Add credits' }, writeMetadata(pages, row.account), [
    richLines(accountParts(row), ...standingLines(row), [
      'Extra credits are used when a limit doesn’t cover a request.',
    ]),
    amountField('Extra credits'),
    input(UNTIL_FIELD, 'Until the end of', dayInput('Doesn’t expire'), {
      optional: true,
      hint: 'The day ends in the agency’s time zone. Unused credits expire then.',
    }),
    input(REASON_FIELD, 'Reason', textInput({ max: REASON_UNITS_MAX, placeholder: 'For the pitch' }), {
      hint: 'Shown with these credits in the history.',
    }),
  ]);
