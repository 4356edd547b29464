import type { Finding } from '../../src/app/digest/digest-view.ts';
import type { PeerNote } from '../../src/app/peer-check/peer-note-view.ts';
import { NOW } from './home-views.ts';

/** The check of peers as it is drawn: what a test or a picture does not care about has a value here. */

export const TIPS: PeerNote['tips'] = [
  { kind: 'rerolls_at_high_quality', count: 9, ofCount: 14, credits: 310 },
  { kind: 'many_at_once_few_kept', count: 6, ofCount: 11, credits: 120 },
  { kind: 'discards_after_final', count: 4, ofCount: 8, credits: 64 },
];

export const peerNote = (change: Partial<PeerNote> = {}): PeerNote => ({
  kind: 'peer_note',
  at: NOW,
  memberId: 'U0ANA',
  week: '2026-11-16',
  finding: {
    memberId: 'U0ANA',
    stage: 'concept',
    modelClass: 'gpt-image-1',
    creditsPerKept: 21.43,
    peersCreditsPerKept: 9.2,
    keptCount: 34,
    peersKeptCount: 88,
  },
  tips: TIPS,
  readerIds: ['U0MARCUS'],
  on: { by: 'U0OLIV', at: NOW - 30 * 86_400_000 },
  isDifferent: false,
  ...change,
});

export const heldFinding: Finding = {
  facts: { kind: 'peers', memberId: 'U0ANA', finding: peerNote().finding, tips: TIPS },
  about: 'member:U0ANA',
  stakeCredits: 416,
  action: { kind: 'person_rule', memberId: 'U0ANA' },
};
