import type { ModalView } from '@slack/types';
import type { SetupView } from '../../../app/messenger.ts';
import { VIEWS } from '../../ids.ts';
import type { Pages } from '../home-hints.ts';
import { plainContext } from '../parts.ts';
import { channelField, creditsField, modal, nameField } from './fields.ts';
import { setUpHint, writeSetUpHint } from './hints.ts';

/** A client's name and, for those who may, its budgets. */
export function clientModal({
  setup,
  clientId,
  pages,
}: {
  setup: SetupView;
  clientId: string;
  pages: Pages;
}): ModalView | null {
  const client = setup.clients.find((each) => each.clientId === clientId);
  if (!client) return null;
  const { name, monthCredits, totalCredits } = client;
  const budgets = setup.maySetLimits
    ? [creditsField('month', monthCredits), creditsField('total', totalCredits)]
    : [plainContext('Its budgets are set by an owner.')];
  const shown = { name, month: monthCredits, total: totalCredits };
  return modal({
    callback: VIEWS.client,
    title: 'Edit a client',
    submit: 'Save',
    metadata: writeSetUpHint(setUpHint({ pages, clientId, shown })),
    blocks: [
      nameField(name),
      ...budgets,
      channelField({
        initial: null,
        optional: true,
        label: 'Bind another channel to it',
        hint: 'Images asked for there use this client’s credits. A channel of another client moves over.',
      }),
    ],
  });
}
