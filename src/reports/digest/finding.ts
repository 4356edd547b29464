import type { AccountId } from '../../ledger/accounts.ts';
import type { Window } from '../../ledger/usage/windows.ts';
import type { PeerHeld } from '../peer-week.ts';

/** What the one button of a finding opens. */
export type FindingAction =
  | { kind: 'limits' | 'move'; account: AccountId }
  | { kind: 'rule'; clientId: string }
  | { kind: 'person_rule'; memberId: string }
  | { kind: 'project'; projectId: string };

/** What explains most of a rise; `share`: of the rise, 1 is all of it. */
export type Cause = { by: 'project' | 'member' | 'model' | 'quality'; value: string; share: number };

export type FindingFacts =
  /** `daysEarly`: how long before its end it will be used up; nothing is left where `date` is null. */
  | {
      kind: 'runs_out';
      account: AccountId;
      window: Window;
      date: string | null;
      daysEarly: number;
      isDue: boolean;
      missingCredits: number;
    }
  | { kind: 'left_over'; account: AccountId; window: Window; leftCredits: number; endsAt: number }
  | { kind: 'spike'; clientId: string; weekCredits: number; usualCredits: number; cause: Cause | null }
  | { kind: 'blocked'; account: AccountId; window: Window; blockedCount: number; requestsCount: number }
  | { kind: 'few_kept'; clientId: string; projectId: string | null; imagesCount: number; keptCount: number }
  | ({ kind: 'peers' } & PeerHeld);

/** `about`: a finding about the same thing would say the same again. `stakeCredits`: what to do about it is worth. */
export type Candidate = { facts: FindingFacts; about: string; stakeCredits: number; action: FindingAction | null };
export type Finding = Candidate & { action: FindingAction };

const FINDINGS_MAX = 3;

/** The dearest first, one about each client, and only what its reader can do something about. */
export function chooseFindings(candidates: readonly Candidate[]): Finding[] {
  const told = new Set<string>();
  return candidates
    .filter((each): each is Finding => each.action !== null && each.stakeCredits > 0)
    .sort((a, b) => b.stakeCredits - a.stakeCredits || (a.about < b.about ? -1 : 1))
    .filter(({ about }) => !told.has(about) && told.add(about))
    .slice(0, FINDINGS_MAX);
}
