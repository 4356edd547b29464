import type { ModalView } from '@slack/types';
import type { SetUpChange } from '../../app/changes/reversible-change.ts';
import type { SetupView } from '../../app/messenger.ts';
import { clientAccount } from '../../ledger/accounts.ts';
import { saveAndShow } from '../admin-forms/set-up-save.ts';
import { digestField, isDigestOn, previewDigest } from '../digest/client-digest-choice.ts';
import { channelField, FIELDS, modal, nameField } from '../kit/fields.ts';
import { defineForm, showWithSetup } from '../kit/form/form.ts';
import { readName } from '../kit/form/typed.ts';
import { given, roomAt, together, typedAt } from '../kit/form/values.ts';
import { NOTHING_SHOWN, readMetadataAbout, writeAdminFormMetadata } from '../kit/form-metadata.ts';
import { type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { actions, button, plainContext } from '../kit/parts.ts';

/** A client's name, channels and weekly digest, and the way to its limits. */
export const clientForm = defineForm({
  id: VIEWS.client,
  opens: {
    [ACTIONS.homeClient]: showWithSetup((setup, { pages, words: [clientId = ''] }) =>
      clientModal({ setup, clientId, pages }),
    ),
    [ACTIONS.clientDigestPreview]: previewDigest,
  },
  metadata: readMetadataAbout('clientId'),
  read: (view) =>
    together({
      name: typedAt(view, FIELDS.name, readName),
      channelId: roomAt(view, FIELDS.channel),
      isDigestOn: given(isDigestOn(view)),
    }),
  async submit(deps, { about: { id: clientId, shown, hasDigest }, typed, ...sent }) {
    const { name, channelId, isDigestOn: after } = typed;
    const changes: SetUpChange[] = [
      ...(name === shown.name ? [] : [{ kind: 'name' as const, clientId, before: shown.name, after: name }]),
      ...(channelId === null ? [] : [{ kind: 'channel' as const, channelId, before: null, after: clientId }]),
      ...(hasDigest === null || after === null || after === hasDigest
        ? []
        : [{ kind: 'client_digest' as const, clientId, before: hasDigest, after }]),
    ];
    await saveAndShow(deps, sent, changes);
  },
});

type Look = { setup: SetupView; clientId: string; pages: HomeLocation };

/** Null where the client is gone. */
export function clientModal({ setup, clientId, pages }: Look): ModalView | null {
  const client = setup.clients.find((each) => each.clientId === clientId);
  if (!client) return null;
  const { name, hasDigest } = client;
  const value = writeMetadata(pages, clientAccount(clientId));
  return modal(
    { callback: VIEWS.client, title: 'Edit client', submit: 'Save' },
    writeAdminFormMetadata({ pages, clientId, hasDigest, shown: { ...NOTHING_SHOWN, name } }),
    [
      nameField(name),
      setup.maySetLimits
        ? actions(button('Limits…', { action: ACTIONS.limitsOpen, value, label: `Limits for ${name}` }))
        : plainContext('An owner sets its limits.'),
      channelField({
        initial: null,
        optional: true,
        label: 'Link another channel',
        hint: 'Images made there use this client’s credits. A channel of another client moves here.',
      }),
      ...digestField({ clientId, name, hasDigest, pages }),
    ],
  );
}
