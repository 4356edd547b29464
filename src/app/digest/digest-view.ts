import { type AccountId, clientAccount, parseAccount, projectAccount } from '../../ledger/accounts.ts';
import type { State } from '../../ledger/state.ts';
import { type Digest, digestOf } from '../../reports/digest/digest.ts';
import type { FindingFacts } from '../../reports/digest/finding.ts';
import type { PeerHeld } from '../../reports/peer-week.ts';
import { type Names, namesOf } from '../names.ts';

export type { Budget } from '../../reports/budgets/budget.ts';
export type { MonthSoFar } from '../../reports/budgets/month-so-far.ts';
export type { ClientWeek } from '../../reports/digest/client-week.ts';
export type { Digest } from '../../reports/digest/digest.ts';
export type { Finding, FindingFacts } from '../../reports/digest/finding.ts';

/** The weekly digest of an owner, or of a manager about their own clients. */
export type DigestCard = {
  kind: 'digest_card';
  at: number;
  /** A preview says so: nothing was sent to others. */
  isPreview: boolean;
  digest: Digest;
  /** Of clients, projects and teams, by account. */
  names: Names;
};

type Asked = {
  by: string;
  at: number;
  date?: string | undefined;
  isPreview?: boolean;
  held?: PeerHeld | null;
};

/** Null before the workspace was opened. */
export function digestCard(state: State, { by, at, isPreview = false, ...more }: Asked): DigestCard | null {
  const digest = digestOf(state, by, at, more);
  return digest && { kind: 'digest_card', at, isPreview, digest, names: namesIn(state, digest) };
}

function namesIn(state: State, { clients, findings, due }: Digest): Names {
  const clientIds = [...clients, ...due].map(({ clientId }) => clientId);
  const projectIds = due.map(({ projectId }) => projectId);
  return namesOf(state, [
    ...clientIds.map(clientAccount),
    ...projectIds.map(projectAccount),
    ...findings.flatMap(({ facts }) => accountsIn(facts)),
  ]);
}

/** Everything with a name that a finding is about. */
function accountsIn(facts: FindingFacts): AccountId[] {
  switch (facts.kind) {
    case 'runs_out':
    case 'left_over':
    case 'blocked': {
      const parsed = parseAccount(facts.account);
      return [facts.account, ...(parsed && 'clientId' in parsed ? [clientAccount(parsed.clientId)] : [])];
    }
    case 'spike': {
      const { clientId, cause } = facts;
      return [clientAccount(clientId), ...(cause?.by === 'project' ? [projectAccount(cause.value)] : [])];
    }
    case 'peers':
      return [];
    case 'few_kept': {
      const { clientId, projectId } = facts;
      return [clientAccount(clientId), ...(projectId === null ? [] : [projectAccount(projectId)])];
    }
  }
}
