import type { ViewOutput } from '@slack/bolt';
import { type AccountId, isAccount, memberAccount, memberInClientAccount } from '../../ledger/accounts.ts';
import { fieldOf, optionIn, userIn } from '../admin-forms/set-up-values.ts';
import { FIELDS } from '../kit/fields.ts';
import { ACCOUNT_FIELD } from './move-fields.ts';

export type OtherSide = { ok: true; account: AccountId } | { ok: false; errors: Record<string, string> };

/** The other side of a move, as it was chosen: an account of the list, or a person, over all clients or for one alone. */
export function readOtherSide(view: Pick<ViewOutput, 'state'>): OtherSide {
  const account = optionIn(fieldOf(view, ACCOUNT_FIELD));
  const memberId = userIn(fieldOf(view, FIELDS.member));
  const clientId = optionIn(fieldOf(view, FIELDS.client));
  if (clientId !== null && memberId === null) return wrong(FIELDS.client, 'Choose the person too.');
  if (memberId === null) {
    return isAccount(account) ? { ok: true, account } : wrong(FIELDS.member, EITHER);
  }
  if (account !== null) return wrong(FIELDS.member, EITHER);
  const person = clientId === null ? memberAccount(memberId) : memberInClientAccount(memberId, clientId);
  return { ok: true, account: person };
}

const EITHER = 'Choose either this, or one of the others.';

const wrong = (field: string, error: string): OtherSide => ({ ok: false, errors: { [field]: error } });
