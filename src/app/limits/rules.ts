import type { AccountId } from '../../ledger/accounts.ts';
import type { PolicyChange } from '../../ledger/commands/commands.ts';
import { checkClientRule } from '../../ledger/decide/policy.ts';
import type { Policy } from '../../ledger/policy.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import type { Rule, RuleScope, State } from '../../ledger/state.ts';
import type { World } from '../context.ts';
import { offerImages } from '../images/available-models.ts';
import type { Change, Changed } from '../inputs.ts';
import { change } from '../submit-change.ts';
import { type AccountLabel, labelOf } from './account-label.ts';
import { lookInside } from './authorize-view.ts';

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
  world: World,
  { by, scope }: { by: string; scope: RuleScope },
): Promise<Shown<RuleForm>> {
  const isRole = scope.startsWith('role:');
  const account = isRole ? null : (scope as AccountId);
  const seen = await lookInside(world, { by, action: isRole ? 'set_role_rule' : 'set_rule', account });
  if (!seen.ok) return seen;
  const { models } = offerImages(world);
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
  world: World,
  { deliveryId, by, scope, rule }: Change<{ scope: RuleScope; rule: Rule | null }>,
): Promise<Changed> => change(world, { deliveryId, by, wish: { kind: 'set_rule', scope, rule } });

export async function showPolicy(world: World, { by }: { by: string }): Promise<Shown<Policy>> {
  const seen = await lookInside(world, { by, action: 'set_policy' });
  if (!seen.ok) return seen;
  const { settings } = seen.state;
  return settings ? { ok: true, form: policyOf(settings) } : { ok: false, refusal: { reason: 'not_open' } };
}

function policyOf(settings: NonNullable<State['settings']>): Policy {
  const { defaultRole, burst, escalateAfterMs, lapseAfterMs, ownerAboveCredits, repeats, coachingText } = settings;
  return { defaultRole, burst, escalateAfterMs, lapseAfterMs, ownerAboveCredits, repeats, coachingText };
}

export type PolicySaved = { saved: readonly PolicyChange[]; refusals: readonly Refusal[] };

/** Each part by a command of its own, so that two owners who change different parts do not undo each other. */
export async function setPolicy(
  world: World,
  { deliveryId, by, changes }: Change<{ changes: readonly PolicyChange[] }>,
): Promise<PolicySaved> {
  const saved: PolicyChange[] = [];
  const refusals: Refusal[] = [];
  for (const policy of changes) {
    const changed = await change(world, {
      deliveryId: `${deliveryId}/${policy.name}`,
      by,
      wish: { kind: 'set_policy', policy },
    });
    if (changed.ok) saved.push(policy);
    else refusals.push(changed.refusal);
  }
  return { saved, refusals };
}
