import { z } from 'zod';
import type { PolicyChange, SettingChange } from '../../ledger/commands/commands.ts';
import type { Policy } from '../../ledger/policy.ts';
import { ROLES } from '../../ledger/roles.ts';
import { contentHash } from '../../ports/content-hash.ts';
import { withEmojiNames } from '../kit/emoji.ts';
import { formMetadata } from '../kit/form/metadata.ts';
import { mergedFields } from '../kit/form/shown.ts';
import { type Read, readAmount, readCredits, wrong } from '../kit/form/typed.ts';
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
import { plainFigures } from '../kit/typed-figures.ts';

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
  const whole = (name: string) => typedAt(form, name, readAmount);
  const span = (name: string, unitMs: number) => typedAt(form, name, (text) => readSpan(text, unitMs));
  const hasBurst = [POLICY_FIELDS.burstCount, POLICY_FIELDS.burstMinutes].some((name) => typed(name).trim() !== '');
  const burst = together({
    requestsMax: whole(POLICY_FIELDS.burstCount),
    withinMs: span(POLICY_FIELDS.burstMinutes, MINUTE_MS),
  });
  const isViewer = optionAt(form, POLICY_FIELDS.defaultRole) === 'viewer';
  const read = together({
    defaultRole: given<'viewer' | 'creator'>(isViewer ? 'viewer' : 'creator'),
    burst: hasBurst ? burst : given(null),
    escalateAfterMs: span(POLICY_FIELDS.escalateHours, HOUR_MS),
    lapseAfterMs: span(POLICY_FIELDS.lapseHours, HOUR_MS),
    ownerAboveCredits: typedAt(form, POLICY_FIELDS.ownerAbove, readCredits),
    repeats: together({
      approvalsCount: whole(POLICY_FIELDS.repeatsCount),
      withinMs: span(POLICY_FIELDS.repeatsDays, DAY_MS),
    }),
    alerts: readAlerts(form),
    reactions: typedAt(form, POLICY_FIELDS.reactions, readReactions),
    coachingText: given(typed(POLICY_FIELDS.coaching).replace(/\r\n?/g, '\n').trim()),
  });
  if (!read.ok) return read;
  const all = Object.entries(read.value).map(([name, value]) => ({ name, value }) as RunChange);
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

/** `star trophy :wastebasket:`, for keep, final and discard; nothing where reactions mark nothing. */
function readReactions(typed: string): Read<Policy['reactions']> {
  const names = withEmojiNames(typed)
    .toLowerCase()
    .split(/[\s,:]+/)
    .filter((name) => name !== '');
  if (names.length === 0) return { ok: true, value: null };
  const [keep = '', final = '', discard = ''] = names;
  if (names.length !== 3 || new Set(names).size !== 3)
    return wrong('Write three different names, such as star trophy wastebasket.');
  return { ok: true, value: { keep, final, discard } };
}

/** `2`, `0.5`, `1,5`: of a unit. */
function readSpan(typed: string, unitMs: number): Read<number> {
  const text = plainFigures(typed).trim().replace(',', '.');
  if (!/^\d{1,5}(\.\d{1,2})?$/.test(text) || Number(text) === 0) return wrong('Write a number, such as 2.');
  return { ok: true, value: Math.round(Number(text) * unitMs) };
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

/** `50, 80 %; 100`: in any order. */
function readPercents(typed: string): Read<number[]> {
  const words = plainFigures(typed)
    .replaceAll('%', ' ')
    .split(/[\s,;]+/u)
    .filter((word) => word !== '');
  const percents = [...new Set(words.map(Number))].sort((a, b) => a - b);
  const isRight = percents.every((percent) => Number.isInteger(percent) && percent >= 1 && percent <= 100);
  return isRight && percents.length <= 5
    ? { ok: true, value: percents }
    : wrong('Write up to five whole numbers from 1 to 100, such as 50, 80, 100.');
}

/** `20:00`, `8.30`; null where it is empty. */
function readTime(typed: string): Read<string | null> {
  const text = plainFigures(typed).trim();
  if (text === '') return { ok: true, value: null };
  const [, hour = '', minute = '00'] = /^(\d{1,2})(?:[:.h](\d\d))?$/.exec(text) ?? [];
  if (hour === '' || Number(hour) > 23 || Number(minute) > 59) return wrong('Write a time of the day, such as 20:00.');
  return { ok: true, value: `${hour.padStart(2, '0')}:${minute}` };
}
