import { clientAccount } from '../../ledger/accounts.ts';
import { checkOwnersCap } from '../../ledger/decide/quality-cap.ts';
import { capAt } from '../../ledger/decide/rules.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { QualityCap } from '../../ledger/rules.ts';
import type { State } from '../../ledger/state.ts';

/** The qualities that a client’s requests may have now, and whether the reader may lift that. */
export type QualityCapView = QualityCap & { mayLift: boolean };

type Asked = { by: string; clientId: string; at: number };

/** Null where nothing is capped. */
export function qualityCapView(state: State, asked: Asked): QualityCapView | null {
  const cap = capAt(state, asked);
  return cap && { ...cap, mayLift: mayCapQuality(state, asked) };
}

export const mayCapQuality = (state: State, { by, clientId, at }: Asked): boolean =>
  may(state, by, 'cap_quality', { account: clientAccount(clientId), at }) &&
  checkOwnersCap(state, { by, clientId, at }) === null;
