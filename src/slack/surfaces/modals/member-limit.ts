import type { ModalView } from '@slack/types';
import type { SetupView } from '../../../app/messenger.ts';
import { ACTIONS, VIEWS } from '../../ids.ts';
import type { Pages } from '../home-hints.ts';
import { plainContext } from '../parts.ts';
import { creditsField, memberField, modal } from './fields.ts';
import { setUpHint, writeSetUpHint } from './hints.ts';

/** What one person may use, over all clients. Drawn anew when another person is chosen, with what holds for them. */
export function memberLimitModal({
  setup,
  memberId,
  pages,
}: {
  setup: SetupView;
  memberId: string | null;
  pages: Pages;
}): ModalView {
  const member = setup.members.find((each) => each.memberId === memberId);
  const month = member?.monthCredits ?? null;
  const total = member?.totalCredits ?? null;
  const hint = setUpHint({ pages, memberId, shown: { name: '', month, total } });
  const fields =
    memberId === null
      ? [plainContext('Choose somebody to see and change what they may use.')]
      : [creditsField('month', month, memberId), creditsField('total', total, memberId)];
  return modal({
    callback: VIEWS.memberLimit,
    title: 'A member’s limit',
    submit: 'Save',
    metadata: writeSetUpHint(hint),
    blocks: [
      memberField({
        initial: memberId,
        dispatch: ACTIONS.setUpMember,
        hint: 'Counts over all clients, beside the clients’ own limits and the agency’s.',
      }),
      ...fields,
    ],
  });
}
