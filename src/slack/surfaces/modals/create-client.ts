import type { ModalView } from '@slack/types';
import { VIEWS } from '../../ids.ts';
import { plainContext } from '../parts.ts';
import { channelField, creditsField, modal, nameField } from './fields.ts';
import { type SetUpHint, setUpHint, writeSetUpHint } from './hints.ts';

/** A new client, and in the same go its budget and its channel. From a client card the channel stands already. */
export function createClientModal(look: { maySetLimits: boolean; hint?: Partial<SetUpHint> }): ModalView {
  const hint = setUpHint(look.hint ?? {});
  const budget = look.maySetLimits
    ? creditsField('month', null)
    : plainContext('Its budget is set by an owner; until then the client has no limit of its own.');
  const channel = channelField({
    initial: hint.channelId,
    optional: true,
    hint: 'Images asked for there use this client’s credits. A channel of another client moves over. More channels can follow.',
  });
  return modal({
    callback: VIEWS.createClient,
    title: 'Create a client',
    submit: 'Create',
    metadata: writeSetUpHint(hint),
    blocks: [nameField(null), budget, channel],
  });
}
