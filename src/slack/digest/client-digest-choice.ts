import type { KnownBlock, ModalView } from '@slack/types';
import type { ClientDigestPreviewed } from '../../app/digest/preview-client-digest.ts';
import { input, notice, option, selectInput } from '../kit/fields.ts';
import type { Show } from '../kit/form/form.ts';
import { refusedForm } from '../kit/form/home-answer.ts';
import { optionAt, type Values } from '../kit/form/values.ts';
import { type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import { actions, button, section } from '../kit/parts.ts';

/** Whether a client's channels get a weekly digest: the part of the client's form. */

const FIELD = 'digest';
const ON = 'on';
const OFF = 'off';

type Look = { clientId: string; name: string; hasDigest: boolean; pages: HomeLocation };

export const digestField = ({ clientId, name, hasDigest, pages }: Look): KnownBlock[] => [
  input(
    FIELD,
    'Weekly digest in its channels',
    selectInput([option('Off', OFF), option('On', ON)], { present: hasDigest ? ON : OFF }),
    {
      hint: 'Each channel gets its week: images made and kept, and what is left of the budget. Everyone there reads it, the client too.',
    },
  ),
  actions(
    button('Preview digest', {
      action: ACTIONS.clientDigestPreview,
      value: writeMetadata(pages, clientId),
      label: `Preview the digest of ${name}`,
    }),
  ),
];

/** Null where the form did not ask, as one of before. */
export function isDigestOn(view: Values): boolean | null {
  const chosen = optionAt(view, FIELD);
  return chosen === ON ? true : chosen === OFF ? false : null;
}

/** Answers on top of the form; null where a click that counts as the same was answered already. */
export const previewDigest: Show = async ({ spend }, { by, body, words: [clientId = ''] }) => {
  const shown: { modal: ModalView | null } = { modal: null };
  await spend.once({ body, wants: clientId }, async ({ previewClientDigest }, deliveryId) => {
    const previewed = await previewClientDigest({ deliveryId, by, clientId });
    shown.modal =
      previewed.kind === 'refused'
        ? refusedForm(previewed.refusal, by)
        : notice('Preview digest', [section(PREVIEWED[previewed.kind])]);
    return previewed.kind === 'sent';
  });
  return shown.modal;
};

const PREVIEWED: Readonly<Record<Exclude<ClientDigestPreviewed['kind'], 'refused'>, string>> = {
  sent: 'The preview is in your messages from Inkwell.',
  quiet: 'No image was made in this client’s channels last week, so none of them would get a digest.',
  failed: 'Slack didn’t take the preview. Try again in a minute.',
};
