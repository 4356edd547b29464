import { clientAccount, projectAccount } from '../../ledger/accounts.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { type Inline, name } from '../kit/parts.ts';
import { help, type RefusalContext } from './refusal-limit.ts';

/** A client or a project that is closed, and who can open it again. */
export function closedParagraphs(
  refusal: Refusal & { reason: 'client_closed' | 'project_closed' },
  to: RefusalContext,
): Inline[][] {
  const isClient = refusal.reason === 'client_closed';
  const called = to.names?.[isClient ? clientAccount(refusal.clientId) : projectAccount(refusal.projectId)];
  // A project's name is the agency's own.
  const isNamed = called !== undefined && (isClient || to.audience === 'internal');
  const who: Inline[] = isNamed
    ? [isClient ? '' : 'The project ', name(called)]
    : [isClient ? 'This client' : 'This project'];
  return [[...who, ' is closed, so images can’t be made for it. Nothing was charged.'], help(to, 'reopen it')];
}
