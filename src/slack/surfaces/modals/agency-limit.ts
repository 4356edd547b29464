import type { ModalView } from '@slack/types';
import type { SetupView } from '../../../app/messenger.ts';
import { VIEWS } from '../../ids.ts';
import type { Pages } from '../home-hints.ts';
import { plainContext } from '../parts.ts';
import { creditsField, modal } from './fields.ts';
import { setUpHint, writeSetUpHint } from './hints.ts';

/** The pool that everything comes out of. */
export function agencyLimitModal({ setup, pages }: { setup: SetupView; pages: Pages }): ModalView {
  const { monthCredits, totalCredits } = setup.agency;
  return modal({
    callback: VIEWS.agencyLimit,
    title: 'The agency’s limit',
    submit: 'Save',
    metadata: writeSetUpHint(setUpHint({ pages, shown: { name: '', month: monthCredits, total: totalCredits } })),
    blocks: [
      plainContext('Over all clients and members together, whatever their own limits add up to.'),
      creditsField('month', monthCredits),
      creditsField('total', totalCredits),
    ],
  });
}
