import { FIRST_PAGES } from '../../../src/slack/kit/home-metadata.ts';
import { peerCheckModal, peerCheckOnModal } from '../../../src/slack/peer-check/peer-check-form.ts';
import { NOW } from '../../../test/slack/home-views.ts';
import type { Family } from '../sample.ts';

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
    { name: 'peer check, turn on', kind: 'modal', draw: () => peerCheckOnModal(FIRST_PAGES) },
  ],
};
