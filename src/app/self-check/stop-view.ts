import type { Stop } from '../../ledger/state.ts';

/** What owners are told of a stop. It is redrawn once spending goes on. */
export type StopCard = {
  kind: 'stop_card';
  /** The later of two drawings has the higher one. */
  at: number;
  /** `isWritten`: not where nothing can be written. Then nothing can be held either, until the books are readable again. */
  stop: Stop & { isWritten: boolean };
};
