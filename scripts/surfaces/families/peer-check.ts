import { digestMessage } from '../../../src/slack/digest/digest-card.ts';
import { FIRST_PAGES } from '../../../src/slack/kit/home-metadata.ts';
import { peerCheckModal, peerCheckOnModal } from '../../../src/slack/peer-check/peer-check-form.ts';
import { peerNoteMessage } from '../../../src/slack/peer-check/peer-note.ts';
import { digestCard } from '../../../test/slack/digest-views.ts';
import { NOW } from '../../../test/slack/home-views.ts';
import { heldFinding, peerNote, TIPS } from '../../../test/slack/peer-views.ts';
import { LONG_WORD } from '../hard-cases.ts';
import type { Family, Sample } from '../sample.ts';

const note = (name: string, card: ReturnType<typeof peerNote>): Sample => ({
  name,
  kind: 'message',
  draw: () => peerNoteMessage(card),
});

export const PEER_CHECK: Family = {
  name: 'peer check',
  samples: [
    {
      name: 'peer check, settings',
      kind: 'modal',
      draw: () => peerCheckModal({ form: { on: null }, pages: FIRST_PAGES }),
    },
    {
      name: 'peer check, settings, turned on',
      kind: 'modal',
      draw: () => peerCheckModal({ form: { on: { by: 'U0OLIV', at: NOW } }, pages: FIRST_PAGES }),
    },
    note('peer check, a note', peerNote()),
    note(
      'peer check, a note that an owner may read of',
      peerNote({ readerIds: ['U0OLIV', 'U0MARCUS'], tips: TIPS.slice(0, 1) }),
    ),
    note('peer check, a note without tips', peerNote({ tips: [], readerIds: [] })),
    note('peer check, a note with long names', peerNote({ finding: { ...peerNote().finding, modelClass: LONG_WORD } })),
    note('peer check, a note taken back', peerNote({ isDifferent: true })),
    {
      name: 'peer check, in a manager’s digest',
      kind: 'message',
      draw: () => digestMessage(digestCard({ findings: [heldFinding] })),
    },
    { name: 'peer check, turn on', kind: 'modal', draw: () => peerCheckOnModal(FIRST_PAGES) },
  ],
};
