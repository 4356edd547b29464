import type { ViewOutput } from '@slack/bolt';
import { IMAGES_MAX } from '../../ledger/decide/hold.ts';
import type { Rule, RuleScope } from '../../ledger/state.ts';
import { deliveryId } from '../delivery.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import type { ClickListener, FormListener, Routes } from '../routes.ts';
import { readHint } from '../surfaces/home-hints.ts';
import type { Notice } from '../surfaces/home-notice.ts';
import { RULE_FIELDS, ruleModal } from '../surfaces/modals/rule.ts';
import { readRuleHint, scopeIn } from '../surfaces/modals/rule-hint.ts';
import { goneModal, outOfDateModal } from '../surfaces/modals/sorry.ts';
import { refusedForm } from './limits.ts';
import { openWhenReady } from './open-when-ready.ts';
import { readCredits } from './set-up-input.ts';
import { hintIn } from './set-up-open.ts';
import { refusedNotice, type SetUpDeps } from './set-up-save.ts';
import { fieldOf, optionsIn, textIn } from './set-up-values.ts';
import { mergedFields, mergedIds, sameIds, type ThreeWays } from './shown.ts';

/** What one request may be, for a role, a client or a person. */
export function registerRules(routes: Routes, deps: SetUpDeps): void {
  routes.click(ACTIONS.ruleOpen, openRule(deps, scopeIn));
  routes.click(
    ACTIONS.personRules,
    openRule(deps, (word) => scopeIn(`member:${word}`)),
  );
  for (const [action, scope] of ROLE_RULES) {
    routes.click(
      action,
      openRule(deps, () => scope),
    );
  }
  routes.form(VIEWS.rule, submitRule(deps));
}

const ROLE_RULES = [
  [ACTIONS.ruleOwners, 'role:owner'],
  [ACTIONS.ruleManagers, 'role:manager'],
  [ACTIONS.ruleCreators, 'role:creator'],
  [ACTIONS.ruleViewers, 'role:viewer'],
] as const;

const openRule =
  ({ app, clock }: SetUpDeps, scopeOf: (word: string | undefined) => RuleScope | null): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const { pages, words } = readHint(hintIn(action));
    const scope = scopeOf(words[0]);
    const by = body.user.id;
    const form = async () => {
      if (!scope) return goneModal();
      const seen = await app.showRule({ by, scope });
      return seen.ok ? ruleModal({ form: seen.form, pages }) : refusedForm(seen.refusal, by);
    };
    const isFromModal = body.view?.type === 'modal';
    await openWhenReady(client, clock, { triggerId: body.trigger_id, ready: form(), isFromModal });
  };

const submitRule =
  (deps: SetUpDeps): FormListener =>
  async ({ ack, body, view, client }) => {
    const { pages, scope, shown } = readRuleHint(view.private_metadata);
    if (!scope) return await ack({ response_action: 'update', view: outOfDateModal() });
    const read = readRule(view);
    if (!read.ok) return await ack({ response_action: 'errors', errors: read.errors });
    await ack();
    const by = body.user.id;
    const say = async (notice: Notice) => await deps.publish(client, by, { pages, notices: [notice] });
    const nothing = async () => await say({ kind: 'said', said: [['Nothing was changed.']] });
    if (sameRule(read.rule, shown)) return await nothing();
    const present = await deps.app.showRule({ by, scope });
    const rule = present.ok ? mergedRule({ shown, typed: read.rule, now: present.form.rule }) : read.rule;
    if (present.ok && sameRule(rule, present.form.rule)) return await nothing();
    const changed = await deps.app.setRule({ deliveryId: deliveryId(body), by, scope, rule });
    const { setup } = await deps.app.showHome({ by });
    const said = rule ? 'the rules for single requests' : 'no rules for single requests any more';
    await say(
      changed.ok ? { kind: 'done', said: [[`${said}.`]], undo: null } : refusedNotice(setup, by, changed.refusal),
    );
  };

type RuleRead = { ok: true; rule: Rule | null } | { ok: false; errors: Record<string, string> };

function readRule(form: Pick<ViewOutput, 'state'>): RuleRead {
  const errors: Record<string, string> = {};
  const figure = (blockId: string, max: number) => {
    const read = readCredits(textIn(fieldOf(form, blockId)));
    const isFine = read.ok && (read.value === null || (read.value >= 1 && read.value <= max));
    if (!isFine)
      errors[blockId] = read.ok ? `Write a whole number from 1 to ${max.toLocaleString('en-US')}.` : read.error;
    return read.ok ? read.value : null;
  };
  const several = (blockId: string) => {
    const chosen = optionsIn(fieldOf(form, blockId));
    return chosen.length > 0 ? chosen : null;
  };
  const rule: Rule = {
    imagesMax: figure(RULE_FIELDS.imagesMax, IMAGES_MAX),
    priceMaxCredits: figure(RULE_FIELDS.priceMax, 1_000_000_000),
    models: several(RULE_FIELDS.models),
    qualities: several(RULE_FIELDS.qualities),
  };
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, rule: Object.values(rule).every((each) => each === null) ? null : rule };
}

const sameRule = (one: Rule | null, other: Rule | null) =>
  JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));

const inOrder = (rule: Rule | null) =>
  rule && [rule.imagesMax, rule.priceMaxCredits, rule.models?.toSorted() ?? null, rule.qualities?.toSorted() ?? null];

const NO_RULE: Rule = { imagesMax: null, priceMaxCredits: null, models: null, qualities: null };

/** What was changed of each part; what others have set of it meanwhile stays. */
function mergedRule({ shown, typed, now }: ThreeWays<Rule | null>): Rule | null {
  const all = { shown: shown ?? NO_RULE, typed: typed ?? NO_RULE, now: now ?? NO_RULE };
  const list = (of: (rule: Rule) => readonly string[] | null) => {
    const [before, wanted, present] = [of(all.shown), of(all.typed), of(all.now)];
    if (sameIds(before ?? [], wanted ?? [])) return present;
    if (!before || !wanted || !present) return wanted;
    const ids = mergedIds({ shown: before, typed: wanted, now: present });
    return ids.length > 0 ? ids : wanted;
  };
  const rule = {
    ...mergedFields(all),
    models: list(({ models }) => models),
    qualities: list(({ qualities }) => qualities),
  };
  return Object.values(rule).every((each) => each === null) ? null : rule;
}
