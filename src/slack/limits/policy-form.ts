import type { InputBlock, ModalView } from '@slack/types';
import type { Policy } from '../../ledger/policy.ts';
import { MARKS } from '../../ledger/work.ts';
import { policyParts } from '../../words/describe-policy.ts';
import { figureInput, input, modal, option, selectInput, textInput } from '../kit/fields.ts';
import { defineForm } from '../kit/form/form.ts';
import { refusedForm, showSaved } from '../kit/form/home-answer.ts';
import type { HomeLocation } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { plainContext } from '../kit/parts.ts';
import {
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  mergedPart,
  POLICY_FIELDS,
  readPolicy,
  readPolicyMetadata,
  writePolicyMetadata,
} from './read-policy.ts';

const PERCENTS_UNITS_MAX = 40;
const TIME_UNITS_MAX = 5;
/** As the ledger takes it, of characters that Slack may count as two. */
const COACHING_UNITS_MAX = 3_000;

/** How the agency is run. Each part is saved by itself, and only where it was changed. */
export const policyForm = defineForm({
  id: VIEWS.policy,
  opens: {
    [ACTIONS.policyOpen]: async ({ app }, { by, pages }) => {
      const seen = await app.showPolicy({ by });
      return seen.ok ? policyModal({ policy: seen.form, pages }) : refusedForm(seen.refusal, by);
    },
  },
  metadata: readPolicyMetadata,
  read: readPolicy,
  async submit(deps, { about: { shown }, typed, deliveryId, ...where }) {
    const { by } = where;
    const present = await deps.app.showPolicy({ by });
    const changes = present.ok ? typed.flatMap((each) => mergedPart(each, shown, present.form)) : typed;
    const { saved, refusals } = await deps.app.setPolicy({ deliveryId, by, changes });
    const said = saved.map((change) => [...policyParts(change), '.']);
    const done = { kind: 'saved' as const, said, undo: [] };
    await showSaved(deps, where, saved.length > 0 ? [done] : [], refusals);
  },
});

export function policyModal({ policy, pages }: { policy: Policy; pages: HomeLocation }): ModalView {
  const { defaultRole, burst, escalateAfterMs, lapseAfterMs, ownerAboveCredits, repeats, alerts, coachingText } =
    policy;
  const { reactions } = policy;
  const roles = [
    option('Creator', 'creator', 'Makes images within the limits'),
    option('Viewer', 'viewer', 'Looks only, until an owner changes the role'),
  ];
  const { approvalsCount, withinMs } = repeats;
  return modal(
    { callback: VIEWS.policy, title: 'Agency settings', submit: 'Save' },
    writePolicyMetadata({ pages, shown: policy }),
    [
      input(POLICY_FIELDS.defaultRole, 'Role of new people', selectInput(roles, { present: defaultRole }), {
        hint: 'For full members of the workspace. Guests and people from other organizations start as viewer.',
      }),
      figure(POLICY_FIELDS.burstCount, 'Most requests per person', burst?.requestsMax ?? null, BURST, true),
      figure(POLICY_FIELDS.burstMinutes, 'Within how many minutes', burst && burst.withinMs / MINUTE_MS, BURST, true),
      plainContext('Requests that wait for approval'),
      figure(POLICY_FIELDS.escalateHours, 'Hours until owners are asked too', escalateAfterMs / HOUR_MS, HOURS),
      figure(POLICY_FIELDS.lapseHours, 'Hours until they expire', lapseAfterMs / HOUR_MS, HOURS),
      figure(POLICY_FIELDS.ownerAbove, 'Credits above which an owner decides', ownerAboveCredits, OWNER, true),
      figure(POLICY_FIELDS.repeatsCount, 'Approvals per person before the card points it out', approvalsCount, WHOLE),
      figure(POLICY_FIELDS.repeatsDays, 'Within how many days', withinMs / DAY_MS, WHOLE),
      plainContext('Alerts'),
      ...alertsFields(alerts),
      input(
        POLICY_FIELDS.coaching,
        'Tips for people who keep going over limits',
        textInput({ present: coachingText, max: COACHING_UNITS_MAX, multiline: true }),
        { optional: true, hint: 'A manager can send this text to a person.' },
      ),
      input(
        POLICY_FIELDS.reactions,
        'Reactions that mark images: keep, final, discard',
        textInput({ present: reactions ? MARKS.map((mark) => reactions[mark]).join(' ') : '', max: 320 }),
        { optional: true, hint: 'Names of three emoji, such as star trophy wastebasket. Empty turns this off.' },
      ),
    ],
  );
}

const alertsFields = ({ percents, quiet }: Policy['alerts']): InputBlock[] => [
  input(
    POLICY_FIELDS.alertsPercents,
    'Percent used at which managers are told',
    textInput({ present: percents.join(', '), max: PERCENTS_UNITS_MAX, placeholder: 'None' }),
    { hint: 'Such as 50, 80, 100. Each is told once, of budgets of a week or longer.', optional: true },
  ),
  time(POLICY_FIELDS.quietFrom, 'Quiet from', quiet?.from ?? null),
  time(POLICY_FIELDS.quietTo, 'Quiet until', quiet?.to ?? null),
];

const time = (blockId: string, label: string, present: string | null) =>
  input(blockId, label, textInput({ present, max: TIME_UNITS_MAX, placeholder: 'Never' }), {
    hint: 'A time in the agency’s time zone, such as 20:00. Alerts wait until the quiet time ends.',
    optional: true,
  });

const BURST = 'Set both, or leave both empty for no maximum.';
const HOURS = 'Such as 2, or 0.5 for half an hour.';
const OWNER = 'Leave empty to let managers approve any price.';
const WHOLE = 'A whole number.';

/** In hundredths of an hour at the finest. */
function figure(blockId: string, label: string, present: number | null, hint: string, optional = false): InputBlock {
  const element = present === null ? figureInput(null, 'None') : figureInput(Math.round(present * 100) / 100);
  return input(blockId, label, element, { hint, optional });
}
