import { z } from 'zod';
import type { PolicyChange, SettingChange } from '../../ledger/commands/commands.ts';
import { POLICY_BOUNDS } from '../../ledger/decide/policy.ts';
import { lapsesLater, type Policy } from '../../ledger/policy.ts';
import { ROLES } from '../../ledger/roles.ts';
import { contentHash } from '../../ports/content-hash.ts';
import { formMetadata } from '../kit/form/metadata.ts';
import { mergedFields } from '../kit/form/shown.ts';
import { readCredits } from '../kit/form/typed.ts';
import {
  type FieldsRead,
  given,
  optionAt,
  textAt,
  together,
  typedAt,
  type Values,
  wrongAt,
} from '../kit/form/values.ts';
import type { HomeLocation } from '../kit/home-metadata.ts';
import {
  type Bounds,
  DAYS,
  HOURS,
  MINUTES,
  readCoaching,
  readPercents,
  readReactions,
  readSpan,
  readTime,
  readWhole,
  type Unit,
} from './policy-typed.ts';

export const POLICY_FIELDS = {
  defaultRole: 'default_role',
  burstCount: 'burst_count',
  burstMinutes: 'burst_minutes',
  escalateHours: 'escalate_hours',
  lapseHours: 'lapse_hours',
  ownerAbove: 'owner_above',
  repeatsCount: 'repeats_count',
  repeatsDays: 'repeats_days',
  alertsPercents: 'alerts_percents',
  quietFrom: 'quiet_from',
  quietTo: 'quiet_to',
  coaching: 'coaching',
  reactions: 'reactions',
} as const;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** What stood in the form; of the tips only a digest, because metadata takes no more than 3,000 characters. */
const metadata = formMetadata({
  shown: z.object({
    defaultRole: z.enum(ROLES),
    burst: z.object({ requestsMax: z.int(), withinMs: z.int() }).nullable(),
    escalateAfterMs: z.int(),
    lapseAfterMs: z.int(),
    ownerAboveCredits: z.int().nullable(),
    repeats: z.object({ approvalsCount: z.int(), withinMs: z.int() }),
    /** Absent in forms of earlier versions, which have no fields for it. */
    alerts: z
      .object({
        percents: z.array(z.int()).readonly(),
        quiet: z.object({ from: z.string(), to: z.string() }).nullable(),
      })
      .optional(),
    coachingDigest: z.string(),
    /** Forms that an earlier version drew did not ask for it. */
    reactions: z.object({ keep: z.string(), final: z.string(), discard: z.string() }).nullable().optional(),
  }),
});
type PolicyMetadata = NonNullable<ReturnType<typeof metadata.read>>;
type PolicyShown = PolicyMetadata['shown'];

export const readPolicyMetadata = metadata.read;

export function writePolicyMetadata({ pages, shown }: { pages: HomeLocation; shown: Policy }): string {
  const { coachingText, digest: _, peerCheck: __, ...rest } = shown;
  return metadata.write({ shown: { ...rest, coachingDigest: coachingDigest(coachingText) }, pages });
}

const coachingDigest = (text: string): string => contentHash(text.trim());

/** What this form is about; the digest, the peer check, calendar and prices have their own. */
export type RunChange = Exclude<PolicyChange, SettingChange | { name: 'digest' | 'peerCheck' }>;

/** The parts that are not as they stood in the form. */
export function readPolicy(form: Values, { shown }: PolicyMetadata): FieldsRead<RunChange[]> {
  const typed = (name: string) => textAt(form, name) ?? '';
  const whole = (name: string, bounds: Bounds) => typedAt(form, name, (text) => readWhole(text, bounds));
  const span = (name: string, unit: Unit, bounds: Bounds) =>
    typedAt(form, name, (text) => readSpan(text, unit, bounds));
  const hasBurst = [POLICY_FIELDS.burstCount, POLICY_FIELDS.burstMinutes].some((name) => typed(name).trim() !== '');
  const burst = together({
    requestsMax: whole(POLICY_FIELDS.burstCount, POLICY_BOUNDS.requestsMax),
    withinMs: span(POLICY_FIELDS.burstMinutes, MINUTES, POLICY_BOUNDS.burstMs),
  });
  const isViewer = optionAt(form, POLICY_FIELDS.defaultRole) === 'viewer';
  const read = together({
    defaultRole: given<'viewer' | 'creator'>(isViewer ? 'viewer' : 'creator'),
    burst: hasBurst ? burst : given(null),
    waits: readWaits(form),
    ownerAboveCredits: typedAt(form, POLICY_FIELDS.ownerAbove, readCredits),
    repeats: together({
      approvalsCount: whole(POLICY_FIELDS.repeatsCount, POLICY_BOUNDS.approvalsCount),
      withinMs: span(POLICY_FIELDS.repeatsDays, DAYS, POLICY_BOUNDS.repeatsMs),
    }),
    alerts: readAlerts(form),
    reactions: typedAt(form, POLICY_FIELDS.reactions, readReactions),
    coachingText: typedAt(form, POLICY_FIELDS.coaching, readCoaching),
  });
  if (!read.ok) return read;
  const { waits, ...others } = read.value;
  const all = Object.entries({ ...others, ...waits }).map(([name, value]) => ({ name, value }) as RunChange);
  return given(all.filter((part) => !isAsShown(part, shown)));
}

/** Of a part with two figures only the one that was changed; none where it stands so already. */
export function mergedPart(part: RunChange, shown: PolicyShown, now: Policy): RunChange[] {
  const isPair =
    (part.name === 'burst' || part.name === 'repeats' || part.name === 'alerts') &&
    part.value &&
    shown[part.name] &&
    now[part.name];
  const value = isPair
    ? mergedFields<object>({
        shown: shown[part.name] as object,
        typed: part.value as object,
        now: now[part.name] as object,
      })
    : part.value;
  const merged = { ...part, value } as RunChange;
  return JSON.stringify(merged.value) === JSON.stringify(now[part.name]) ? [] : [merged];
}

const isAsShown = (part: RunChange, shown: PolicyShown): boolean =>
  part.name === 'coachingText'
    ? coachingDigest(part.value) === shown.coachingDigest
    : shown[part.name] === undefined ||
      JSON.stringify(part.value, asTyped) === JSON.stringify(shown[part.name], asTyped);

/** A form shows hundredths of an hour. A smaller difference is no edit. */
const asTyped = (_: string, value: unknown) =>
  typeof value === 'number' && value >= MINUTE_MS ? Math.round(value / (HOUR_MS / 100)) : value;

/** A request that expired before owners were asked would never reach them. */
function readWaits(form: Values): FieldsRead<Pick<Policy, 'escalateAfterMs' | 'lapseAfterMs'>> {
  const hours = (name: string, bounds: Bounds) => typedAt(form, name, (text) => readSpan(text, HOURS, bounds));
  const read = together({
    escalateAfterMs: hours(POLICY_FIELDS.escalateHours, POLICY_BOUNDS.escalateAfterMs),
    lapseAfterMs: hours(POLICY_FIELDS.lapseHours, POLICY_BOUNDS.lapseAfterMs),
  });
  if (!read.ok || lapsesLater(read.value)) return read;
  const asked = (textAt(form, POLICY_FIELDS.escalateHours) ?? '').trim();
  return wrongAt(
    form,
    POLICY_FIELDS.lapseHours,
    `They would expire before owners are asked too. Write more than ${asked}.`,
  );
}

function readAlerts(form: Values): FieldsRead<Policy['alerts']> {
  const from = typedAt(form, POLICY_FIELDS.quietFrom, readTime);
  const to = typedAt(form, POLICY_FIELDS.quietTo, readTime);
  const read = together({ percents: typedAt(form, POLICY_FIELDS.alertsPercents, readPercents), from, to });
  if (!read.ok) return read;
  const { percents, ...quiet } = read.value;
  if (quiet.from === null && quiet.to === null) return given({ percents, quiet: null });
  if (quiet.from === null || quiet.to === null || quiet.from === quiet.to) {
    return wrongAt(form, POLICY_FIELDS.quietTo, 'Write two different times, or leave both empty.');
  }
  return given({ percents, quiet: { from: quiet.from, to: quiet.to } });
}
