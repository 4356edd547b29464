import type { AccountId } from '../../ledger/accounts.ts';
import type { PolicyChange } from '../../ledger/commands/commands.ts';
import { checkClientRule, checkPolicy } from '../../ledger/decide/policy.ts';
import { lapsesLater, type Policy } from '../../ledger/policy.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import type { Rule, RuleScope } from '../../ledger/rules.ts';
import type { State } from '../../ledger/state.ts';
import type { AppContext } from '../context.ts';
import { availableModels } from '../images/available-models.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { submitChange } from '../submit-change.ts';
import { type AccountLabel, labelOf } from './account-label.ts';
import { authorizeView } from './authorize-view.ts';

export type RuleForm = {
  scope: RuleScope;
  /** Null for a role. */
  label: AccountLabel | null;
  rule: Rule | null;
  /** The reader may make it stricter, and no looser. */
  isOneWay?: boolean;
  /** What is offered now; a rule may name models that are not any more. */
  models: readonly { id: string; title: string }[];
  qualities: readonly string[];
};

type Shown<Form> = { ok: true; form: Form } | { ok: false; refusal: Refusal };

export async function showRule(
  context: AppContext,
  { by, scope }: { by: string; scope: RuleScope },
): Promise<Shown<RuleForm>> {
  const isRole = scope.startsWith('role:');
  const account = isRole ? null : (scope as AccountId);
  const seen = await authorizeView(context, { by, action: isRole ? 'set_role_rule' : 'set_rule', account });
  if (!seen.ok) return seen;
  const { models } = availableModels(context);
  return {
    ok: true,
    form: {
      scope,
      label: account && labelOf(seen.state, account),
      rule: seen.state.rules.get(scope) ?? null,
      isOneWay: checkClientRule(seen.state, { by, scope, rule: null }) !== null,
      models: models.map(({ id, label }) => ({ id, title: label })),
      qualities: [...new Set(models.flatMap(({ qualities }) => qualities))],
    },
  };
}

export const setRule = (
  context: AppContext,
  { deliveryId, by, scope, rule }: ChangeInput<{ scope: RuleScope; rule: Rule | null }>,
): Promise<ChangeResult> => submitChange(context, { deliveryId, by, command: { kind: 'set_rule', scope, rule } });

export async function showPolicy(context: AppContext, { by }: { by: string }): Promise<Shown<Policy>> {
  const seen = await authorizeView(context, { by, action: 'set_policy' });
  if (!seen.ok) return seen;
  const { settings } = seen.state;
  return settings ? { ok: true, form: policyOf(settings) } : { ok: false, refusal: { reason: 'not_open' } };
}

/** Settings without the calendar and the prices, which have a form of their own. */
function policyOf(settings: NonNullable<State['settings']>): Policy {
  const {
    timeZone: _,
    weekStartsOn: __,
    turns: ___,
    creditValueMicroUsd: ____,
    markupBasisPoints: _____,
    peerCheckOn: ______,
    ...policy
  } = settings;
  return policy;
}

export type PolicySaved = { saved: readonly PolicyChange[]; refusals: readonly Refusal[] };

/**
 * Each part by a command of its own, so that two owners who change different parts do not undo each other; and all of them, or
 * none where one would be refused.
 */
export async function setPolicy(
  context: AppContext,
  { deliveryId, by, changes }: ChangeInput<{ changes: readonly PolicyChange[] }>,
): Promise<PolicySaved> {
  const refused = await whatIsInTheWay(context, { by, changes });
  if (refused.length > 0) return { saved: [], refusals: refused };
  const saved: PolicyChange[] = [];
  for (const policy of changes) {
    const changed = await submitChange(context, {
      deliveryId: `${deliveryId}/${policy.name}`,
      by,
      command: { kind: 'set_policy', policy },
    });
    if (!changed.ok) return { saved, refusals: [changed.refusal] };
    saved.push(policy);
  }
  return { saved, refusals: [] };
}

/** The right comes first: who may not change this reads nothing about values. */
async function whatIsInTheWay(
  context: AppContext,
  { by, changes }: { by: string; changes: readonly PolicyChange[] },
): Promise<readonly Refusal[]> {
  const seen = await authorizeView(context, { by, action: 'set_policy' });
  if (!seen.ok) return [seen.refusal];
  const wrong = changes.flatMap((change) => checkPolicy(change)?.refusal ?? []);
  const { settings } = seen.state;
  if (wrong.length > 0 || !settings) return wrong;
  const after: Policy = { ...settings, ...Object.fromEntries(changes.map(({ name, value }) => [name, value])) };
  const areWaits = changes.some(({ name }) => name === 'escalateAfterMs' || name === 'lapseAfterMs');
  if (!areWaits || lapsesLater(after)) return [];
  return [{ reason: 'invalid', field: 'lapseAfterMs', problem: 'must be more than escalateAfterMs' }];
}
