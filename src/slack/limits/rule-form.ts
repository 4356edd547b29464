import type { InputBlock, ModalView, MultiStaticSelect } from '@slack/types';
import type { RuleForm } from '../../app/limits/rules.ts';
import { IMAGES_MAX } from '../../ledger/decide/hold.ts';
import { number } from '../../words/figures.ts';
import { FIELD, FIGURE_CHARACTERS_MAX, modal, option } from '../kit/fields.ts';
import type { HomeLocation } from '../kit/home-metadata.ts';
import { VIEWS } from '../kit/ids.ts';
import { whose } from '../kit/limit-words.ts';
import { bold, type Inline, plain, richLines } from '../kit/parts.ts';
import { writeRuleHint } from './rule-metadata.ts';

export const RULE_FIELDS = {
  imagesMax: 'images_max',
  priceMax: 'price_max',
  models: 'models',
  qualities: 'qualities',
} as const;

/** What one request may be at most. Everything left empty means that there is no rule. */
export function ruleModal({ form, pages }: { form: RuleForm; pages: HomeLocation }): ModalView {
  const { scope, rule, models, qualities } = form;
  const gone = (rule?.models ?? []).filter((id) => models.every((model) => model.id !== id));
  const offered = [...models, ...gone.map((id) => ({ id, title: `${id} (not offered now)` }))];
  const allQualities = [...new Set([...qualities, ...(rule?.qualities ?? [])])];
  return modal({
    callback: VIEWS.rule,
    title: 'Rules',
    submit: 'Save',
    metadata: writeRuleHint({ pages, scope, shown: rule }),
    blocks: [
      richLines(
        ['For every single request of ', ...forWhom(form), '.'],
        ['The rules of the role, the client and the person all count.'],
        ...(form.isOneWay ? [['You can make these stricter. Only an owner can loosen them.']] : []),
        ...(scope === 'role:viewer' ? [['Viewers make no images, so these count only if that changes.']] : []),
      ),
      figureField(
        RULE_FIELDS.imagesMax,
        'Most images',
        rule?.imagesMax ?? null,
        `At most ${IMAGES_MAX}, with or without a rule.`,
      ),
      figureField(
        RULE_FIELDS.priceMax,
        'Highest price, in credits',
        rule?.priceMaxCredits ?? null,
        'Of all its images together.',
      ),
      ...choiceField(RULE_FIELDS.models, 'Models', 'Any model', choices(offered, rule?.models ?? [])),
      ...choiceField(
        RULE_FIELDS.qualities,
        'Qualities',
        'Any quality',
        choices(
          allQualities.map((id) => ({ id, title: id })),
          rule?.qualities ?? [],
        ),
      ),
    ],
  });
}

function forWhom({ scope, label }: RuleForm): Inline[] {
  if (label) return whose(label);
  const role = scope.slice('role:'.length);
  return ['everybody whose role is ', bold(role)];
}

const figureField = (blockId: string, label: string, present: number | null, hint: string): InputBlock => ({
  type: 'input',
  block_id: blockId,
  optional: true,
  label: plain(label),
  element: {
    type: 'plain_text_input',
    action_id: FIELD,
    max_length: FIGURE_CHARACTERS_MAX,
    placeholder: plain('No rule'),
    ...(present === null ? {} : { initial_value: String(present) }),
  },
  hint: plain(`${hint} ${present === null ? 'There is no rule now.' : `It is ${number(present)} now.`}`),
});

type Choices = Pick<MultiStaticSelect, 'options' | 'initial_options'>;

const OPTIONS_MAX = 100;

function choices(all: readonly { id: string; title: string }[], present: readonly string[]): Choices {
  const options = all.slice(0, OPTIONS_MAX).map(({ id, title }) => option(title, id));
  const initial = options.filter(({ value }) => present.includes(value ?? ''));
  return { options, ...(initial.length > 0 ? { initial_options: initial } : {}) };
}

/** Slack takes no list without options: where no image maker is set up there is nothing to choose from. */
function choiceField(blockId: string, label: string, none: string, of: Choices): InputBlock[] {
  if (!of.options?.length) return [];
  return [
    {
      type: 'input',
      block_id: blockId,
      optional: true,
      label: plain(label),
      element: { type: 'multi_static_select', action_id: FIELD, placeholder: plain(none), ...of },
      hint: plain(`Only those that are chosen; none chosen means ${none.toLowerCase()}.`),
    },
  ];
}
