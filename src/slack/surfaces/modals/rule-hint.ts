import { z } from 'zod';
import { isAccount } from '../../../ledger/accounts.ts';
import { ROLES, type Rule, type RuleScope } from '../../../ledger/state.ts';
import { FIRST_PAGES, type Pages, readHint, writeHint } from '../home-hints.ts';
import { parsed } from './limits-hint.ts';

/** What the form about rules carries: hints, for the ledger authorises. `shown`: so that an unchanged form changes nothing. */
export type RuleHint = { pages: Pages; scope: RuleScope | null; shown: Rule | null };

const count = z.int().nullable();
const names = z.array(z.string()).nullable();
const onWire = z.object({
  pages: z.string(),
  scope: z.string(),
  shown: z.object({ imagesMax: count, priceMaxCredits: count, models: names, qualities: names }).nullable(),
});

export const writeRuleHint = ({ pages, ...hint }: RuleHint): string =>
  JSON.stringify({ ...hint, pages: writeHint(pages) });

export function readRuleHint(metadata: string): RuleHint {
  const read = onWire.safeParse(parsed(metadata));
  if (!read.success) return { pages: FIRST_PAGES, scope: null, shown: null };
  return { ...read.data, pages: readHint(read.data.pages).pages, scope: scopeIn(read.data.scope) };
}

/** Whom a rule may be for; null for anything else. The ledger looks again. */
export function scopeIn(word: string | undefined): RuleScope | null {
  if (word === undefined) return null;
  if (ROLES.some((role) => word === `role:${role}`)) return word as RuleScope;
  return isAccount(word) && /^(client|member):[^@]+$/.test(word) ? (word as RuleScope) : null;
}
