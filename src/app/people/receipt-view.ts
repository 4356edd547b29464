import type { Leaving } from '../../reports/leaving.ts';

/** What owners are told of a removed person; redrawn once they are brought back. */
export type LeavingReceipt = {
  kind: 'leaving_receipt';
  memberId: string;
  /** The last line that it tells of: of two drawings the later has the higher one. */
  at: number;
  leaving: Leaving;
  clientNames: Readonly<Record<string, string>>;
};
