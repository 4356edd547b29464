import type { SaidDifferent } from '../../app/peer-check/say-different.ts';
import { clicks } from '../kit/form/form.ts';
import { ACTIONS } from '../kit/ids.ts';
import { message } from '../kit/message.ts';
import { senderOf } from '../kit/sender.ts';
import type { Deps } from '../platform/deps.ts';
import type { Routes } from '../platform/routes.ts';

/** The button of the note to one person. Only that person’s click counts. */
export function registerPeerCheck(routes: Routes, deps: Deps): void {
  routes.click(
    ACTIONS.peerDifferent,
    clicks(async ({ by, words: [memberId = '', week = ''], body }) => {
      const said = await deps.app.sayDifferent({ by, memberId, week });
      await deps.tell(senderOf(body), message([[SAID[said]]]));
    }),
  );
}

const SAID: Readonly<Record<SaidDifferent, string>> = {
  said: 'This is taken back. Your work until today is not compared again, and your manager reads nothing of it.',
  not_theirs: 'Only the person this note is for can say that. Nothing was changed.',
  unknown: 'Inkwell can’t tell what this note was about anymore. Nothing was changed.',
};
