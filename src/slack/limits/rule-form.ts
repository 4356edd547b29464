import type { InputBlock, ModalView } from '@slack/types';
import type { RuleForm } from '../../app/limits/rules.ts';
import { IMAGES_MAX } from '../../ledger/decide/hold.ts';
import type { Rule } from '../../ledger/rules.ts';
import { accountParts } from '../../words/accounts.ts';
import { ruleParts } from '../../words/describe-policy.ts';
import { number } from '../../words/figures.ts';
import { listedUpTo } from '../../words/parts.ts';
import { goneModal } from '../kit/error-modals.ts';
import { figureInput, input, listed, modal, option, severalInput } from '../kit/fields.ts';
import { defineForm, type Show } from '../kit/form/form.ts';
import { refusedForm, saidBanner, savedBanner, showChange, showInHome } from '../kit/form/home-answer.ts';
import type { HomeLocation } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { bold, type Inline, name, richLines } from '../kit/parts.ts';
import {
  mergedRule,
  RULE_FIELDS,
  readRule,
  readRuleMetadata,
  sameRule,
  scopeIn,
  writeRuleMetadata,
} from './read-rule.ts';

const TYPED_NAMES_MAX = 40;

const showFor =
  (scopeOf: (word: string | undefined) => RuleForm['scope'] | null): Show =>
  async ({ app }, { by, pages, words: [word] }) => {
    const scope = scopeOf(word);
    if (!scope) return goneModal();
    const seen = await app.showRule({ by, scope });
    return seen.ok ? ruleModal({ form: seen.form, pages }) : refusedForm(seen.refusal, by);
  };

/** What one request may be, for a role, a client or a person. */
export const ruleForm = defineForm({
  id: VIEWS.rule,
  opens: {
    [ACTIONS.ruleOpen]: showFor(scopeIn),
    [ACTIONS.personRules]: showFor((word) => scopeIn(`member:${word}`)),
    [ACTIONS.ruleOwners]: showFor(() => 'role:owner'),
    [ACTIONS.ruleManagers]: showFor(() => 'role:manager'),
    [ACTIONS.ruleCreators]: showFor(() => 'role:creator'),
    [ACTIONS.ruleViewers]: showFor(() => 'role:viewer'),
  },
  metadata: readRuleMetadata,
  read: readRule,
  async submit(deps, { about: { scope }, typed: { rule: typed, shown }, deliveryId, ...where }) {
    const { by } = where;
    if (sameRule(typed, shown)) return await showInHome(deps, where);
    const present = await deps.app.showRule({ by, scope });
    const merged = present.ok ? mergedRule({ shown, typed, now: present.form.rule }, present.form) : { rule: typed };
    if (!merged) return await showInHome(deps, where, saidBanner(...tookApart(typed)));
    const { rule } = merged;
    if (present.ok && sameRule(rule, present.form.rule)) return await showInHome(deps, where);
    const changed = await deps.app.setRule({ deliveryId, by, scope, rule });
    const label = present.ok ? present.form.label : null;
    const said = ruleParts({ scope, rule }, () => (label ? accountParts(label, 'Inside') : []));
    await showChange(deps, where, changed, savedBanner(...said, '.'));
  },
});

/** Two people left something each, and nothing in common. */
const tookApart = (typed: Rule | null): Inline[] => [
  'Nothing was changed: someone changed these rules while your form was open, and with yours nothing would be allowed. You had chosen ',
  ...listedUpTo([...(typed?.models ?? []), ...(typed?.qualities ?? [])].map(name), TYPED_NAMES_MAX),
  '.',
];

/** What one request may be at most. Everything left empty means that there is no rule. */
export function ruleModal({ form, pages }: { form: RuleForm; pages: HomeLocation }): ModalView {
  const { scope, rule, models, qualities } = form;
  const gone = (rule?.models ?? []).filter((id) => models.every((model) => model.id !== id));
  const offered = [...models, ...gone.map((id) => ({ id, title: `${id} (not offered now)` }))];
  const allQualities = [...new Set([...qualities, ...(rule?.qualities ?? [])])].map((id) => ({ id, title: id }));
  const images = `At most ${IMAGES_MAX}, with or without a rule.`;
  return modal(
    { callback: VIEWS.rule, title: 'Rules', submit: 'Save' },
    writeRuleMetadata({ pages, scope, shown: rule }),
    [
      richLines(
        ['For each request by ', ...forWhom(form), '.'],
        ['The rules for the role, the client and the person all apply.'],
        ...(form.isOneWay ? [['You can make these stricter. Only an owner can loosen them.']] : []),
        ...(scope === 'role:viewer' ? [['Viewers make no images, so these count only if that changes.']] : []),
      ),
      figureField(RULE_FIELDS.imagesMax, 'Most images', rule?.imagesMax ?? null, images),
      figureField(
        RULE_FIELDS.priceMax,
        'Highest price, in credits',
        rule?.priceMaxCredits ?? null,
        'For all its images together.',
      ),
      ...choiceField(RULE_FIELDS.models, ['Models', 'Any model'], offered, rule?.models ?? []),
      ...choiceField(RULE_FIELDS.qualities, ['Qualities', 'Any quality'], allQualities, rule?.qualities ?? []),
    ],
  );
}

function forWhom({ scope, label }: RuleForm): Inline[] {
  if (label) return accountParts(label, 'Inside');
  const role = scope.slice('role:'.length);
  return ['everyone with the role ', bold(role)];
}

const figureField = (blockId: string, label: string, present: number | null, hint: string): InputBlock =>
  input(blockId, label, figureInput(present, 'No rule'), {
    optional: true,
    hint: `${hint} ${present === null ? 'No rule is set now.' : `Currently ${number(present)}.`}`,
  });

/** Slack takes no list without options: where no provider is set up there is nothing to choose from. */
function choiceField(
  blockId: string,
  [label, none]: [string, string],
  all: readonly { id: string; title: string }[],
  present: readonly string[],
): InputBlock[] {
  const options = all.map(({ id, title }) => option(title, id));
  if (options.length === 0) return [];
  const chosen = options.filter(({ value }) => present.includes(value ?? ''));
  const hint = `Only the ones you choose. Choose none to allow ${none.toLowerCase()}.`;
  return [input(blockId, label, severalInput(none, listed(options), chosen), { optional: true, hint })];
}
