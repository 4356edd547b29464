import type { InputBlock, ModalView } from '@slack/types';
import type { Policy } from '../../ledger/policy.ts';
import { FIELD, FIGURE_CHARACTERS_MAX, modal, option } from '../kit/fields.ts';
import type { HomeLocation } from '../kit/home-metadata.ts';
import { VIEWS } from '../kit/ids.ts';
import { plain, plainContext } from '../kit/parts.ts';
import { writePolicyHint } from './policy-metadata.ts';

export const POLICY_FIELDS = {
  defaultRole: 'default_role',
  burstCount: 'burst_count',
  burstMinutes: 'burst_minutes',
  escalateHours: 'escalate_hours',
  lapseHours: 'lapse_hours',
  ownerAbove: 'owner_above',
  repeatsCount: 'repeats_count',
  repeatsDays: 'repeats_days',
  coaching: 'coaching',
} as const;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
/** As the ledger takes it, of characters that Slack may count as two. */
const COACHING_UNITS_MAX = 3_000;

/** How the agency is run. Each part is saved by itself, and only where it was changed. */
export function policyModal({ policy, pages }: { policy: Policy; pages: HomeLocation }): ModalView {
  const { defaultRole, burst, escalateAfterMs, lapseAfterMs, ownerAboveCredits, repeats, coachingText } = policy;
  const roles = [
    option('Creator', 'creator', 'Makes images within the limits'),
    option('Viewer', 'viewer', 'Looks; an owner gives them more'),
  ];
  const present = roles.find(({ value }) => value === defaultRole);
  return modal({
    callback: VIEWS.policy,
    title: 'How the agency is run',
    submit: 'Save',
    metadata: writePolicyHint({ pages, shown: policy }),
    blocks: [
      {
        type: 'input',
        block_id: POLICY_FIELDS.defaultRole,
        label: plain('Role of new people'),
        element: {
          type: 'static_select',
          action_id: FIELD,
          options: roles,
          ...(present ? { initial_option: present } : {}),
        },
        hint: plain('Of full members of the workspace. Guests and people of other organisations begin as viewers.'),
      },
      figure(POLICY_FIELDS.burstCount, 'Most requests of one person', burst?.requestsMax ?? null, BURST, true),
      figure(POLICY_FIELDS.burstMinutes, 'Within so many minutes', burst && burst.withinMs / MINUTE_MS, BURST, true),
      plainContext('Requests that wait for approval'),
      figure(POLICY_FIELDS.escalateHours, 'Owners are asked too after, in hours', escalateAfterMs / HOUR_MS, HOURS),
      figure(POLICY_FIELDS.lapseHours, 'They lapse after, in hours', lapseAfterMs / HOUR_MS, HOURS),
      figure(POLICY_FIELDS.ownerAbove, 'An owner approves above, in credits', ownerAboveCredits, OWNER, true),
      figure(
        POLICY_FIELDS.repeatsCount,
        'Approvals of one person before the card says so',
        repeats.approvalsCount,
        WHOLE,
      ),
      figure(POLICY_FIELDS.repeatsDays, 'Within so many days', repeats.withinMs / DAY_MS, WHOLE),
      coaching(coachingText),
    ],
  });
}

const BURST = 'Both, or neither: then people may ask as often as they like.';
const HOURS = 'Such as 2, or 0.5 for half an hour.';
const OWNER = 'Left empty, managers approve any price.';
const WHOLE = 'A whole number.';

const figure = (
  blockId: string,
  label: string,
  present: number | null,
  hint: string,
  optional = false,
): InputBlock => ({
  type: 'input',
  block_id: blockId,
  ...(optional ? { optional: true } : {}),
  label: plain(label),
  element: {
    type: 'plain_text_input',
    action_id: FIELD,
    max_length: FIGURE_CHARACTERS_MAX,
    ...(present === null ? { placeholder: plain('None') } : { initial_value: String(Math.round(present * 100) / 100) }),
  },
  hint: plain(hint),
});

const coaching = (present: string): InputBlock => ({
  type: 'input',
  block_id: POLICY_FIELDS.coaching,
  optional: true,
  label: plain('Tips for whoever keeps exceeding'),
  element: {
    type: 'plain_text_input',
    action_id: FIELD,
    multiline: true,
    max_length: COACHING_UNITS_MAX,
    ...(present === '' ? {} : { initial_value: present }),
  },
  hint: plain('Sent when a manager chooses to, in these words.'),
});
