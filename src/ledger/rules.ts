import type { Role } from './roles.ts';

/** The subject of a rule. */
export type RuleScope = `role:${Role}` | `client:${string}` | `member:${string}`;

/** Besides what rules allow, a client’s requests may have only these qualities until then. */
export type QualityCap = { qualities: readonly string[]; untilAt: number };
/** A client’s last one, which may have ended by itself. */
export type QualityCapChosen = QualityCap & { by: string; at: number };

/** What one request may be at most; null: anything. */
export type Rule = {
  imagesMax: number | null;
  priceMaxCredits: number | null;
  models: readonly string[] | null;
  qualities: readonly string[] | null;
};
