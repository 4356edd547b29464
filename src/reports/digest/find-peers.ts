import { memberAccount } from '../../ledger/accounts.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import type { PeerHeld } from '../peer-week.ts';
import type { Candidate } from './finding.ts';

/** A person who has needed more than peers on like work for weeks, and knows it. What they used beyond that is at stake. */
export function peersCandidate(state: State, by: string, held: PeerHeld): Candidate {
  const { memberId, finding } = held;
  const mayRule = may(state, by, 'set_rule', { account: memberAccount(memberId) });
  return {
    facts: { kind: 'peers', ...held },
    about: memberAccount(memberId),
    stakeCredits: Math.round((finding.creditsPerKept - finding.peersCreditsPerKept) * finding.keptCount),
    action: mayRule ? { kind: 'person_rule', memberId } : null,
  };
}
