import { type AccountId, clientAccount, isAccount, projectAccount } from '../../ledger/accounts.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { limitAction, may } from '../../ledger/rights/rights.ts';
import type { ExceededLimit, State } from '../../ledger/state.ts';
import { usableStandings } from '../../ledger/usage/usable.ts';
import { isAboutSize } from '../images/fitting-requests.ts';
import { labelOf } from './account-label.ts';
import type { InTheWay, OneRule } from './help-asked-card.ts';

type Reading = { memberId: string; at: number };

/** What refused a request, as far as others can do something about it, and what of that one reader can do. */
export function inTheWayFor(state: State, refusal: Refusal, to: Reading): InTheWay[] {
  if (refusal.reason === 'client_closed') return [closed(state, { what: 'client', id: refusal.clientId }, to)];
  if (refusal.reason === 'project_closed') return [closed(state, { what: 'project', id: refusal.projectId }, to)];
  if (!isAboutSize(refusal)) return [];
  if (refusal.reason === 'limit_exceeded') return refusal.exceeded.map((limit) => tooLow(state, limit, to));
  const { also = [], ...first } = refusal;
  return [first, ...also].map((broken) => ruled(state, broken, to));
}

function tooLow(state: State, { account, window }: ExceededLimit, { memberId, at }: Reading): InTheWay {
  const about = { account, at };
  return {
    kind: 'limit',
    window,
    label: labelOf(state, account),
    figures: usableStandings(state, account, at).find((each) => each.window === window) ?? null,
    may: {
      raise: may(state, memberId, limitAction(account), about),
      move: may(state, memberId, 'move_budget', about),
    },
  };
}

function ruled(state: State, broken: OneRule, { memberId, at }: Reading): InTheWay {
  const { scope } = broken;
  const account: AccountId | null = isAccount(scope) ? scope : null;
  const change = may(state, memberId, account === null ? 'set_role_rule' : 'set_rule', { account, at });
  return { kind: 'rule', broken, scope, label: account && labelOf(state, account), may: { change } };
}

function closed(
  state: State,
  { what, id }: { what: 'client' | 'project'; id: string },
  { memberId, at }: Reading,
): InTheWay {
  const account = what === 'client' ? clientAccount(id) : projectAccount(id);
  const reopen = may(state, memberId, what === 'client' ? 'reopen_client' : 'reopen_project', { account, at });
  return { kind: 'closed', what, id, label: labelOf(state, account), may: { reopen } };
}
