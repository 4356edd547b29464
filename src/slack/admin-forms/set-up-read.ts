import type { ViewOutput } from '@slack/bolt';
import type { SetUpChange } from '../../app/changes/reversible-change.ts';
import { NO_CLIENT } from '../clients/bind-channel-form.ts';
import { FORM_OUT_OF_DATE } from '../kit/error-modals.ts';
import { FIELDS } from '../kit/fields.ts';
import type { AdminFormMetadata } from '../kit/form-metadata.ts';
import { shownValue } from '../kit/merge-shown.ts';
import { type Read, readCredits, readName } from './set-up-input.ts';
import { channelIn, type Field, fieldOf, optionIn, textIn } from './set-up-values.ts';

export type Form = Pick<ViewOutput, 'state' | 'private_metadata'> & Partial<Pick<ViewOutput, 'blocks'>>;

/** What a form asks for, or sentences by block about what is wrong in it. */
export type FormRead = { ok: true; changes: readonly SetUpChange[] } | { ok: false; errors: Record<string, string> };

/** Somebody was quicker than the drawing: the figures below still belong to whoever was chosen before. */
const NOT_DRAWN_YET = 'What is below is still about the one before. Wait a moment, then save again.';

export function readClientForm(form: Form, { clientId, shown }: AdminFormMetadata): FormRead {
  const fields = readFields(form, { name: true });
  if (!fields.ok) return fields;
  const id = clientId ?? '';
  const { name, channelId } = fields;
  return {
    ok: true,
    changes: [
      ...(name === shown.name ? [] : [{ kind: 'name' as const, clientId: id, before: shown.name, after: name }]),
      ...(channelId === null ? [] : [{ kind: 'channel' as const, channelId, before: null, after: id }]),
    ],
  };
}

export function readBindForm(form: Form, { channelId: shownId, bound }: AdminFormMetadata): FormRead {
  const channelId = channelIn(fieldOf(form, FIELDS.channel));
  const field = fieldOf(form, FIELDS.client);
  const chosen = optionIn(field);
  if (channelId === null || !isChannel(channelId))
    return { ok: false, errors: { [FIELDS.channel]: 'Choose a channel.' } };
  if (channelId !== shownId) return { ok: false, errors: { [FIELDS.channel]: NOT_DRAWN_YET } };
  if (chosen === null) return { ok: false, errors: { [field?.blockId ?? FIELDS.client]: 'Choose a client, or none.' } };
  // A form of an earlier version carried no copy of it.
  const shown = bound === undefined ? shownValue({ blocks: form.blocks ?? [] }, FIELDS.client) : bound;
  if (shown === undefined) return { ok: false, errors: { [FIELDS.channel]: FORM_OUT_OF_DATE } };
  if (chosen === shown) return { ok: true, changes: [] };
  const after = chosen === NO_CLIENT ? null : chosen;
  return { ok: true, changes: [{ kind: 'channel', channelId, before: null, after }] };
}

export type FieldsRead =
  | { ok: true; name: string; limits: Partial<Record<'month' | 'total', number | null>>; channelId: string | null }
  | { ok: false; errors: Record<string, string> };

/** Whatever of name, budgets and channel stands in a form; a field that is not there is left as it is. */
export function readFields(form: Form, needs: { name: boolean }): FieldsRead {
  const errors: Record<string, string> = {};
  const taken = <T>(field: Field | null, read: Read<T>): T | undefined => {
    if (read.ok) return read.value;
    if (field) errors[field.blockId] = read.error;
    return undefined;
  };
  const nameField = fieldOf(form, FIELDS.name);
  const name = needs.name ? taken(nameField, readName(textIn(nameField))) : '';
  const limits: Partial<Record<'month' | 'total', number | null>> = {};
  for (const window of ['month', 'total'] as const) {
    const field = fieldOf(form, FIELDS[window]);
    const value = field && taken(field, readCredits(textIn(field)));
    if (value !== undefined && field) limits[window] = value;
  }
  const channelField = fieldOf(form, FIELDS.channel);
  const channelId = channelIn(channelField);
  if (channelField && channelId !== null && !isChannel(channelId)) errors[channelField.blockId] = 'Choose a channel.';
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, name: name ?? '', limits, channelId };
}

/** Direct messages have ids of another letter. */
const isChannel = (id: string) => /^[CG]/.test(id);
