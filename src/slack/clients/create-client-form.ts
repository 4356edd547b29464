import type { ModalView } from '@slack/types';
import type { SetupView } from '../../app/messenger.ts';
import { channelField, creditsField, modal, nameField } from '../kit/fields.ts';
import { type AdminFormMetadata, adminFormMetadata, writeAdminFormMetadata } from '../kit/form-metadata.ts';
import { VIEWS } from '../kit/ids.ts';
import { plainContext } from '../kit/parts.ts';

/** Other forms show what a limit would have stopped before they save it. */
const WITHOUT_PAST =
  'A new client has no past requests, so there is nothing to rehearse this budget on. Once there are some, a change of it first shows what it would have stopped in the last 30 days.';

const NO_LIMIT = 'Its budget is set by an owner; until then the client has no limit of its own.';
const LIMIT_FIRST = 'An owner sets its limit. After that you can link a channel to it.';

/** A new client, and in the same go its budget and its channel. From a client card the channel stands already. */
export function createClientModal(look: {
  maySetLimits: boolean;
  mayNotBind?: SetupView['mayNotBind'];
  hint?: Partial<AdminFormMetadata>;
}): ModalView {
  const hint = adminFormMetadata(look.hint ?? {});
  const budget = look.maySetLimits
    ? [creditsField('month', null), plainContext(WITHOUT_PAST)]
    : [plainContext(look.mayNotBind?.new ? LIMIT_FIRST : NO_LIMIT)];
  const channel = channelField({
    initial: hint.channelId,
    optional: true,
    hint: 'Images asked for there use this client’s credits. A channel of another client moves over. More channels can follow.',
  });
  return modal({
    callback: VIEWS.createClient,
    title: 'Create a client',
    submit: 'Create',
    metadata: writeAdminFormMetadata(hint),
    blocks: [nameField(null), ...budget, ...(look.mayNotBind?.new ? [] : [channel])],
  });
}
