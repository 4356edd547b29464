import type { RuleBroken } from '../../ledger/refusals.ts';
import type { RuleScope } from '../../ledger/rules.ts';
import type { Standing } from '../../ledger/usage/standings.ts';
import type { Window } from '../../ledger/usage/windows.ts';
import type { AccountLabel } from './account-label.ts';

/** Tells a person who can do something about it what another person’s request was refused for. */
export type HelpAskedCard = {
  kind: 'help_asked';
  at: number;
  by: string;
  channelId: string;
  imagesCount: number;
  requestedCredits: number;
  inTheWay: readonly InTheWay[];
};

/** `may`: what the ledger would let the reader do about it. */
export type InTheWay =
  | {
      kind: 'limit';
      window: Window;
      label: AccountLabel;
      /** As it is now; null where the limit is gone by now. */
      figures: Standing | null;
      may: { raise: boolean; move: boolean };
    }
  | { kind: 'rule'; broken: OneRule; scope: RuleScope; label: AccountLabel | null; may: { change: boolean } }
  | { kind: 'closed'; what: 'client' | 'project'; id: string; label: AccountLabel; may: { reopen: boolean } };

export type OneRule = NonNullable<RuleBroken['also']>[number];
