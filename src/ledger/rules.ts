import type { Role } from './roles.ts';

/** The subject of a rule. */
export type RuleScope = `role:${Role}` | `client:${string}` | `member:${string}`;

/** What one request may be at most; null: anything. */
export type Rule = {
  imagesMax: number | null;
  priceMaxCredits: number | null;
  models: readonly string[] | null;
  qualities: readonly string[] | null;
};
