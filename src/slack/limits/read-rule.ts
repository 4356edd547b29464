import type { ViewOutput } from '@slack/bolt';
import { z } from 'zod';
import type { RuleForm } from '../../app/limits/rules.ts';
import { isAccount } from '../../ledger/accounts.ts';
import { IMAGES_MAX } from '../../ledger/decide/hold.ts';
import { ROLES } from '../../ledger/roles.ts';
import type { Rule, RuleScope } from '../../ledger/rules.ts';
import { formMetadata } from '../kit/form/metadata.ts';
import { mergedFields, mergedIds, sameIds, shownIds, type ThreeWays } from '../kit/form/shown.ts';
import { type Read, readCredits, wrong } from '../kit/form/typed.ts';
import { type FieldsRead, given, optionsAt, together, typedAt } from '../kit/form/values.ts';
import { digestOfIds } from '../kit/form-metadata.ts';
import type { HomeLocation } from '../kit/home-metadata.ts';

export const RULE_FIELDS = {
  imagesMax: 'images_max',
  priceMax: 'price_max',
  models: 'models',
  qualities: 'qualities',
} as const;

/** Slack takes 3,000 characters. */
const METADATA_UNITS_MAX = 3_000;
const PRICE_MAX = 1_000_000_000;

const count = z.int().nullable();
const names = z.array(z.string()).nullable();

/**
 * `shown`: so that an unchanged form changes nothing. Fifty names may be too long for it; then there are digests of its
 * lists, and the lists themselves are not there.
 */
const metadata = formMetadata({
  scope: z.custom<RuleScope>((word) => typeof word === 'string' && scopeIn(word) !== null),
  shown: z.object({ imagesMax: count, priceMaxCredits: count, models: names, qualities: names }).nullable(),
  digests: z.object({ models: z.string().nullable(), qualities: z.string().nullable() }).nullable().default(null),
});
type RuleMetadata = NonNullable<ReturnType<typeof metadata.read>>;

export const readRuleMetadata = metadata.read;

type Carried = { pages: HomeLocation; scope: RuleScope; shown: Rule | null };

export function writeRuleMetadata({ scope, shown, pages }: Carried): string {
  // Lists of the ledger are not to be changed; those that are read are copies.
  const copy = shown && {
    ...shown,
    models: shown.models && [...shown.models],
    qualities: shown.qualities && [...shown.qualities],
  };
  const written = metadata.write({ scope, shown: copy, pages });
  if (written.length <= METADATA_UNITS_MAX || !shown) return written;
  const digests = { models: digestOf(shown.models), qualities: digestOf(shown.qualities) };
  return metadata.write({ scope, shown: { ...shown, models: null, qualities: null }, digests, pages });
}

const digestOf = (ids: readonly string[] | null) => ids && digestOfIds(ids);

/** The subject of a rule; null for anything else. The ledger checks it again. */
export function scopeIn(word: string | undefined): RuleScope | null {
  if (word === undefined) return null;
  if (ROLES.some((role) => word === `role:${role}`)) return word as RuleScope;
  return isAccount(word) && /^(client|member):[^@]+$/.test(word) ? (word as RuleScope) : null;
}

/** The rule that was typed and the one that was shown. */
export function readRule(
  form: ViewOutput,
  about: RuleMetadata,
): FieldsRead<{ rule: Rule | null; shown: Rule | null }> | null {
  const shown = shownRule(form, about);
  if (shown === undefined) return null;
  const read = together({
    imagesMax: typedAt(form, RULE_FIELDS.imagesMax, upTo(IMAGES_MAX)),
    priceMaxCredits: typedAt(form, RULE_FIELDS.priceMax, upTo(PRICE_MAX)),
    models: given(several(form, RULE_FIELDS.models)),
    qualities: given(several(form, RULE_FIELDS.qualities)),
  });
  return read.ok ? given({ rule: orNone(read.value), shown }) : read;
}

/** Undefined where it is not known. */
function shownRule(view: ViewOutput, { shown, digests }: RuleMetadata): Rule | null | undefined {
  if (!shown || !digests) return shown;
  const models = digests.models && shownIds(view, RULE_FIELDS.models, digests.models);
  const qualities = digests.qualities && shownIds(view, RULE_FIELDS.qualities, digests.qualities);
  if ((digests.models && !models) || (digests.qualities && !qualities)) return undefined;
  return { ...shown, models: models || null, qualities: qualities || null };
}

const upTo =
  (most: number) =>
  (typed: string): Read<number | null> => {
    const read = readCredits(typed);
    if (!read.ok || read.value === null || (read.value >= 1 && read.value <= most)) return read;
    return wrong(`Write a whole number from 1 to ${most.toLocaleString('en-US')}.`);
  };

function several(form: ViewOutput, name: string): string[] | null {
  const chosen = optionsAt(form, name);
  return chosen.length > 0 ? chosen : null;
}

const orNone = (rule: Rule): Rule | null => (Object.values(rule).every((each) => each === null) ? null : rule);

export const sameRule = (one: Rule | null, other: Rule | null): boolean =>
  JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));

const inOrder = (rule: Rule | null) =>
  rule && [rule.imagesMax, rule.priceMaxCredits, rule.models?.toSorted() ?? null, rule.qualities?.toSorted() ?? null];

const NO_RULE: Rule = { imagesMax: null, priceMaxCredits: null, models: null, qualities: null };

/** What was changed of each part; what others have set of it meanwhile stays. Null: together that would allow nothing. */
export function mergedRule(
  { shown, typed, now }: ThreeWays<Rule | null>,
  offered: Pick<RuleForm, 'models' | 'qualities'>,
): { rule: Rule | null } | null {
  const all = { shown: shown ?? NO_RULE, typed: typed ?? NO_RULE, now: now ?? NO_RULE };
  const list = (of: 'models' | 'qualities', offeredIds: readonly string[]) =>
    mergedNames({ shown: all.shown[of], typed: all.typed[of], now: all.now[of] }, offeredIds);
  const offeredModels = offered.models.map(({ id }) => id);
  const [models, qualities] = [list('models', offeredModels), list('qualities', offered.qualities)];
  if (models?.length === 0 || qualities?.length === 0) return null;
  return { rule: orNone({ ...mergedFields(all), models, qualities }) };
}

/** Null, in a rule, is all there are: an addition to it, or what others took away from it, is told from the whole. */
function mergedNames(lists: ThreeWays<readonly string[] | null>, offered: readonly string[]): string[] | null {
  const { shown, typed, now } = lists;
  if (sameIds(shown ?? [], typed ?? [])) return now && [...now];
  const every = [...new Set([...offered, ...(shown ?? []), ...(typed ?? []), ...(now ?? [])])];
  const ids = mergedIds({ shown: shown ?? every, typed: typed ?? every, now: now ?? every });
  return ids.length === every.length && (typed === null || now === null) ? null : ids;
}
