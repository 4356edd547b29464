import { memberAccount } from '../../ledger/accounts.ts';
import type { State } from '../../ledger/state.ts';
import { responsibleFor } from '../alerts/told-to.ts';

/**
 * Those who may read of a person in their digest: the managers of a team of theirs. Owners do so only where there is no such
 * manager, because then the person is theirs to manage. No one manages an owner.
 */
export const managersAbout = (state: State, memberId: string): string[] =>
  state.members.get(memberId)?.role === 'owner'
    ? []
    : responsibleFor(state, memberAccount(memberId)).filter((each) => each !== memberId);
