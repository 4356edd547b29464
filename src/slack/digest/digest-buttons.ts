import type { Button } from '@slack/types';
import { ACTIONS } from '../kit/ids.ts';
import { button, confirmation } from '../kit/parts.ts';

/** For those who may change how the agency is run. */
export const digestButtons = (value: string): Button[] => [
  button('Weekly digest…', { action: ACTIONS.digestOpen, value }),
  button('Preview digest', { action: ACTIONS.digestPreview, value }),
  {
    ...button('Send digest now', { action: ACTIONS.digestSend, value }),
    confirm: confirmation({
      title: 'Send the digest now?',
      text: 'Everyone who gets the weekly digest gets it now. The next weekly one still comes.',
      confirm: 'Send',
      isDanger: false,
    }),
  },
  button('Peer check…', { action: ACTIONS.peerCheckOpen, value }),
];
