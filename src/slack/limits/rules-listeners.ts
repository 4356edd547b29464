import type { ViewOutput } from '@slack/bolt';
import type { RuleForm } from '../../app/limits/rules.ts';
import { IMAGES_MAX } from '../../ledger/decide/hold.ts';
import type { Rule, RuleScope } from '../../ledger/state.ts';
import { readCredits } from '../admin-forms/set-up-input.ts';
import { hintIn } from '../admin-forms/set-up-open.ts';
import { refusedNotice, type SetUpDeps } from '../admin-forms/set-up-save.ts';
import { fieldOf, optionsIn, textIn } from '../admin-forms/set-up-values.ts';
import { goneModal } from '../kit/error-modals.ts';
import type { HomeBanner } from '../kit/home-banner.ts';
import { readMetadata } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { mergedFields, mergedIds, outOfDateAnswer, sameIds, shownIds, type ThreeWays } from '../kit/merge-shown.ts';
import { openWhenReady } from '../kit/open-when-ready-listeners.ts';
import { type Inline, listUpTo, name } from '../kit/parts.ts';
import { deliveryId } from '../platform/delivery.ts';
import type { ClickListener, FormListener, Routes } from '../platform/routes.ts';
import { refusedForm } from './limits-listeners.ts';
import { RULE_FIELDS, ruleModal } from './rule-form.ts';
import { type RuleHint, readRuleHint, scopeIn } from './rule-metadata.ts';

const TYPED_NAMES_MAX = 40;

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
    const { pages, words } = readMetadata(hintIn(action));
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
    const hint = readRuleHint(view.private_metadata);
    const { pages, scope } = hint;
    const shown = shownRule(view, hint);
    if (!scope || shown === undefined) return await ack(outOfDateAnswer(view));
    const read = readRule(view);
    if (!read.ok) return await ack({ response_action: 'errors', errors: read.errors });
    await ack();
    const by = body.user.id;
    const say = async (notice: HomeBanner) => await deps.publish(client, by, { pages, notices: [notice] });
    const nothing = async () => await say({ kind: 'said', said: [['Nothing was changed.']] });
    if (sameRule(read.rule, shown)) return await nothing();
    const present = await deps.app.showRule({ by, scope });
    const merged = present.ok
      ? mergedRule({ shown, typed: read.rule, now: present.form.rule }, present.form)
      : { rule: read.rule };
    if (!merged) return await say({ kind: 'said', said: [tookApart(read.rule)] });
    const { rule } = merged;
    if (present.ok && sameRule(rule, present.form.rule)) return await nothing();
    const changed = await deps.app.setRule({ deliveryId: deliveryId(body), by, scope, rule });
    const { setup } = await deps.app.showHome({ by });
    const said = rule ? 'the rules for single requests' : 'no rules for single requests any more';
    await say(
      changed.ok ? { kind: 'saved', said: [[`${said}.`]], undo: [] } : refusedNotice(setup, by, changed.refusal),
    );
  };

/** Two people left something each, and nothing in common. */
const tookApart = (typed: Rule | null): Inline[] => [
  'Nothing was changed: somebody changed these rules while your form was open, and with yours nothing would be allowed. You had chosen ',
  ...listUpTo([...(typed?.models ?? []), ...(typed?.qualities ?? [])].map(name), TYPED_NAMES_MAX),
  '.',
];

/** Undefined where it is not known. */
function shownRule(view: ViewOutput, { shown, digests }: RuleHint): Rule | null | undefined {
  if (!shown || !digests) return shown;
  const models = digests.models && shownIds(view, RULE_FIELDS.models, digests.models);
  const qualities = digests.qualities && shownIds(view, RULE_FIELDS.qualities, digests.qualities);
  if ((digests.models && !models) || (digests.qualities && !qualities)) return undefined;
  return { ...shown, models: models || null, qualities: qualities || null };
}

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

/** What was changed of each part; what others have set of it meanwhile stays. Null: together that would allow nothing. */
function mergedRule(
  { shown, typed, now }: ThreeWays<Rule | null>,
  offered: Pick<RuleForm, 'models' | 'qualities'>,
): { rule: Rule | null } | null {
  const all = { shown: shown ?? NO_RULE, typed: typed ?? NO_RULE, now: now ?? NO_RULE };
  const list = (of: (rule: Rule) => readonly string[] | null, offeredIds: readonly string[]) =>
    mergedNames({ shown: of(all.shown), typed: of(all.typed), now: of(all.now) }, offeredIds);
  const models = list(
    ({ models: ids }) => ids,
    offered.models.map(({ id }) => id),
  );
  const qualities = list(({ qualities: ids }) => ids, offered.qualities);
  if (models?.length === 0 || qualities?.length === 0) return null;
  const rule = { ...mergedFields(all), models, qualities };
  return { rule: Object.values(rule).every((each) => each === null) ? null : rule };
}

/** Null, in a rule, is all there are: an addition to it, or what others took away from it, is told from the whole. */
function mergedNames(names: ThreeWays<readonly string[] | null>, offered: readonly string[]): string[] | null {
  const { shown, typed, now } = names;
  if (sameIds(shown ?? [], typed ?? [])) return now && [...now];
  const every = [...new Set([...offered, ...(shown ?? []), ...(typed ?? []), ...(now ?? [])])];
  const ids = mergedIds({ shown: shown ?? every, typed: typed ?? every, now: now ?? every });
  return ids.length === every.length && (typed === null || now === null) ? null : ids;
}
