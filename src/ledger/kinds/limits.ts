import { type AccountId, clientAccount } from '../accounts.ts';
import {
  grant,
  moveBudget as moved,
  capQuality as qualityCapped,
  setRule as ruleSet,
  setLimitAt,
} from '../apply/limits.ts';
import type { LimitsKinds } from '../commands/limits.ts';
import { isSame } from '../decide/already-so.ts';
import { grantCredits, isSameLimit, moveBudget, setLimit } from '../decide/limits.ts';
import { inOrder, setRule } from '../decide/policy.ts';
import { capQuality, isSameCap } from '../decide/quality-cap.ts';
import { capAt } from '../decide/rules.ts';
import { limitAction } from '../rights/rights.ts';
import type { QualityCap } from '../rules.ts';
import { givesTwice, statesLimitBefore } from '../verify/invariants.ts';
import { count, listOf, object, orAbsent, orNull, text, whole } from './check.ts';
import { type Entries, NO_ACCOUNTS, NOTHING_WRONG } from './kind.ts';
import { account, figures, over, rule, scope, window } from './shapes.ts';

const ofAccount = (of: { account: AccountId }) => [of.account];
const ofClient = ({ clientId }: { clientId: string }) => [clientAccount(clientId)];
const ofBoth = ({ from, to }: { from: AccountId; to: AccountId }) => [from, to];
/** A role is no account. */
const ofScope = (of: { scope: string }) => (of.scope.startsWith('role:') ? [] : [of.scope as AccountId]);

export const limitsKinds: Entries<LimitsKinds> = {
  limit_set: {
    command: 'set_limit',
    about: ofAccount,
    action: (command) => limitAction(command.account),
    decide: setLimit,
    isAlreadySo: isSameLimit,
    shape: {
      account,
      window,
      limitCredits: orNull(count),
      over,
      rollOverMaxCredits: orNull(count),
      before: orAbsent(figures),
    },
    accounts: ofAccount,
    apply: setLimitAt,
    invariant: statesLimitBefore,
    commands: ({ by, ...line }) => {
      const { limitCredits, rollOverMaxCredits } = line;
      const of = { account: line.account, window: line.window, over: line.over };
      return [{ by, kind: 'set_limit', ...of, limitCredits, rollOverMaxCredits }];
    },
  },
  rule_set: {
    command: 'set_rule',
    about: ofScope,
    action: (_, accounts) => (accounts.length > 0 ? 'set_rule' : 'set_role_rule'),
    decide: setRule,
    isAlreadySo: (state, facts) => isSame(inOrder(state.rules.get(facts.scope) ?? null), inOrder(facts.rule)),
    shape: { scope, rule: orNull(rule) },
    accounts: ofScope,
    apply: ruleSet,
    invariant: NOTHING_WRONG,
  },
  quality_capped: {
    command: 'cap_quality',
    about: ofClient,
    decide: capQuality,
    isAlreadySo: (state, { clientId, cap }, { at }) => isSameCap(capAt(state, { clientId, at }), cap),
    shape: { clientId: text, cap: orNull(object<QualityCap>({ qualities: listOf(text), untilAt: whole })) },
    accounts: ofClient,
    apply: qualityCapped,
    invariant: NOTHING_WRONG,
  },
  budget_moved: {
    command: 'move_budget',
    about: ofBoth,
    decide: moveBudget,
    shape: { from: account, to: account, window, amountCredits: count },
    accounts: ofBoth,
    apply: moved,
    invariant: NOTHING_WRONG,
  },
  granted: {
    command: 'grant',
    about: NO_ACCOUNTS,
    decide: grantCredits,
    shape: { grantId: text, account, amountCredits: count, expiresAt: orNull(whole), reason: text },
    accounts: ofAccount,
    apply: grant,
    invariant: (line, { before }) => givesTwice(before, [line]),
  },
};
