import { z } from 'zod';
import { isAccount } from '../../ledger/accounts.ts';
import { ROLES } from '../../ledger/roles.ts';
import type { Rule, RuleScope } from '../../ledger/state.ts';
import { digestOfIds } from '../kit/form-metadata.ts';
import { FIRST_PAGES, type HomeLocation, readMetadata, writeMetadata } from '../kit/home-metadata.ts';
import { parsed } from './limits-metadata.ts';

/**
 * What the form about rules carries: hints, for the ledger authorises. `shown`: so that an unchanged form changes nothing.
 * Fifty names may be too long for it; then there are digests of its lists, and the lists themselves are not there.
 */
export type RuleHint = {
  pages: HomeLocation;
  scope: RuleScope | null;
  shown: Rule | null;
  digests: RuleDigests | null;
};
export type RuleDigests = { models: string | null; qualities: string | null };

/** Slack takes 3,000 characters. */
const HINT_UNITS_MAX = 3_000;

const count = z.int().nullable();
const names = z.array(z.string()).nullable();
const onWire = z.object({
  pages: z.string(),
  scope: z.string(),
  shown: z.object({ imagesMax: count, priceMaxCredits: count, models: names, qualities: names }).nullable(),
  digests: z.object({ models: z.string().nullable(), qualities: z.string().nullable() }).nullable().default(null),
});

export function writeRuleHint({ pages, ...hint }: Omit<RuleHint, 'digests'>): string {
  const { shown } = hint;
  const written = JSON.stringify({ ...hint, pages: writeMetadata(pages) });
  if (written.length <= HINT_UNITS_MAX || !shown) return written;
  const digests = { models: digestOf(shown.models), qualities: digestOf(shown.qualities) };
  return JSON.stringify({
    ...hint,
    shown: { ...shown, models: null, qualities: null },
    digests,
    pages: writeMetadata(pages),
  });
}

const digestOf = (ids: readonly string[] | null) => ids && digestOfIds(ids);

export function readRuleHint(metadata: string): RuleHint {
  const read = onWire.safeParse(parsed(metadata));
  if (!read.success) return { pages: FIRST_PAGES, scope: null, shown: null, digests: null };
  return { ...read.data, pages: readMetadata(read.data.pages).pages, scope: scopeIn(read.data.scope) };
}

/** Whom a rule may be for; null for anything else. The ledger looks again. */
export function scopeIn(word: string | undefined): RuleScope | null {
  if (word === undefined) return null;
  if (ROLES.some((role) => word === `role:${role}`)) return word as RuleScope;
  return isAccount(word) && /^(client|member):[^@]+$/.test(word) ? (word as RuleScope) : null;
}
