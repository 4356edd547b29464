import { z } from 'zod';
import type { AskOwnersForm } from '../../app/alerts/ask-owners.ts';
import type { AccountId } from '../../ledger/accounts.ts';
import { isAccount } from '../../ledger/accounts.ts';
import type { Window } from '../../ledger/usage/windows.ts';
import { WINDOWS } from '../../ledger/usage/windows.ts';
import { accountParts, budgetOrLimit } from '../../words/accounts.ts';
import { WINDOW_WORDS } from '../../words/windows.ts';
import { goneModal } from '../kit/error-modals.ts';
import { input, modal, notice, textInput } from '../kit/fields.ts';
import { defineForm } from '../kit/form/form.ts';
import { refusedForm, saidBanner, showInHome, showSaved } from '../kit/form/home-answer.ts';
import { accountOnWire, formMetadata } from '../kit/form/metadata.ts';
import { REASON_UNITS_MAX, readReason } from '../kit/form/typed.ts';
import { typedAt } from '../kit/form/values.ts';
import type { HomeLocation } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { message } from '../kit/message.ts';
import { bold, type Inline, person, richLines } from '../kit/parts.ts';

const REASON_FIELD = 'reason';

const metadata = formMetadata({ account: accountOnWire, window: z.enum(WINDOWS) });

/** Asks the owners for more of a limit that only they may raise. */
export const askOwnersForm = defineForm({
  id: VIEWS.askOwners,
  opens: {
    [ACTIONS.askOwnersOpen]: async ({ app }, { by, pages, words: [account, word] }) => {
      const window = WINDOWS.find((each) => each === word);
      if (!isAccount(account) || !window) return goneModal();
      const form = await app.showAskOwners({ by, account });
      return form.ok ? askOwnersModal({ form, account, window, pages }) : refusedForm(form.refusal, by);
    },
  },
  metadata: metadata.read,
  read: (view) => typedAt(view, REASON_FIELD, readReason),
  async submit(deps, { about: { account, window }, typed: reason, deliveryId, ...where }) {
    const { by } = where;
    const asked = await deps.app.askOwners({ deliveryId, by, account, window, reason });
    if (!asked.ok) return await showSaved(deps, where, [], [asked.refusal]);
    const said = saidOf(asked.askedIds);
    await showInHome(deps, where, saidBanner(...said));
    // The form was opened from a message: that is where its reader looks.
    await deps.tell({ memberId: by, channelId: null, threadTs: null, responseUrl: null }, message([said]));
  },
});

function saidOf(askedIds: readonly string[]): Inline[] {
  if (askedIds.length === 0) return ['No owner could be asked: Slack didn’t take the message. Try again in a minute.'];
  const owners = askedIds.flatMap((memberId, index): Inline[] => [...(index === 0 ? [] : [', ']), person(memberId)]);
  return ['Asked for more: ', ...owners, '. You’ll hear from them; nothing has changed yet.'];
}

type Opened = { form: AskOwnersForm & { ok: true }; account: AccountId; window: Window; pages: HomeLocation };

export function askOwnersModal({ form: { label, ownerIds }, account, window, pages }: Opened) {
  if (ownerIds.length === 0) return notice('Ask an owner', [richLines(['Inkwell knows no other owner to ask.'])]);
  const owners = ownerIds.flatMap((memberId, index): Inline[] => [...(index === 0 ? [] : [', ']), person(memberId)]);
  return modal(
    { callback: VIEWS.askOwners, title: 'Ask an owner', submit: 'Ask' },
    metadata.write({ account, window, pages }),
    [
      richLines(
        [...accountParts(label), bold(`’s ${WINDOW_WORDS[window].adjective} ${budgetOrLimit(label.account)}`)],
        ['Goes to ', ...owners, '.'],
      ),
      input(
        REASON_FIELD,
        'How much more, and what for?',
        textInput({ max: REASON_UNITS_MAX, placeholder: '200 credits until Friday, for the launch', multiline: true }),
      ),
    ],
  );
}
