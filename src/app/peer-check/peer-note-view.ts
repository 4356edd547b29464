import type { PeerFound } from '../../reports/peer-week.ts';

/** For one person alone: what was compared, what could help, and who reads of it later. */
export type PeerNote = PeerFound & {
  kind: 'peer_note';
  at: number;
  memberId: string;
  /** The first day of the week that it was found in. */
  week: string;
  /** Those who will read of it if it holds, as of now; none where no one would. */
  readerIds: readonly string[];
  /** The owner who turned the check on, and when. */
  on: { by: string; at: number };
  /** The person said so: it counts no more. */
  isDifferent: boolean;
};
