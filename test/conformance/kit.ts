/** The words of the ledger-conformance-kit, as they go over the wire. */

export type Leg = { accountId: string; type: 'DEBIT' | 'CREDIT'; amountSubunits: number; currency: string };

export type Transaction = {
  idempotencyKey: string;
  transactionId: string;
  allowOverdraft: boolean;
  legs: readonly Leg[];
};

export type Posted = { status: 'APPLIED' | 'DUPLICATE' | 'REJECTED'; transactionId: string; reason: string | null };

export type Entry = {
  entryId: string;
  transactionId: string;
  accountId: string;
  type: Leg['type'];
  amountSubunits: number;
  currency: string;
  sequence: number;
  accountSequence: number;
  prevHash: string;
  entryHash: string;
};

/** What a ledger has to answer for the fifteen invariants; in process, or over HTTP. */
export type KitLedger = {
  reset(): Promise<void>;
  post(transaction: Transaction): Promise<Posted>;
  balance(accountId: string, currency?: string): Promise<number>;
  journal(): Promise<Entry[]>;
};

export const CAPABILITIES = ['HASH_CHAIN', 'OVERDRAFT_GUARD', 'COMPENSATION', 'REPLAY'] as const;

/** The kit's own word for the only currency that it moves: here it stands for credits. */
export const CREDITS = 'USD';

export const signed = ({ type, amountSubunits }: Pick<Entry, 'type' | 'amountSubunits'>): number =>
  type === 'CREDIT' ? amountSubunits : -amountSubunits;
