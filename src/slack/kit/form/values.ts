import type { BlockElementAction, ViewOutput } from '@slack/bolt';
import { z } from 'zod';
import { withEmoji } from '../emoji.ts';
import { userId } from '../user-id.ts';
import type { Read } from './typed.ts';

/** The values of a form, by block. A block may be named `month.U1`: what comes after the dot says whose it is. */
export type Values = Pick<ViewOutput, 'state'>;
type Value = ViewOutput['state']['values'][string][string];
export type Field = { blockId: string; value: unknown };

export function fieldOf({ state: { values } }: Values, name: string): Field | null {
  for (const [blockId, actions] of Object.entries(values)) {
    const [value] = Object.values(actions ?? {});
    if (value && (blockId === name || blockId.startsWith(`${name}.`))) return { blockId, value };
  }
  return null;
}

/** What is not as Slack sends it counts as not given: a form that was made up by hand is no bug of ours. */
const reads =
  <Found>(shape: z.ZodType<Found>) =>
  (form: Values, name: string): Found | null =>
    shape.safeParse(fieldOf(form, name)?.value).data ?? null;

const option = z.object({ value: z.string() });
export const textAt = reads(z.object({ value: z.string() }).transform(({ value }) => withEmoji(value)));
export const optionAt = reads(z.object({ selected_option: option }).transform((read) => read.selected_option.value));
export const userAt = reads(z.object({ selected_user: userId }).transform((read) => read.selected_user));
const users = reads(z.object({ selected_users: z.array(userId) }).transform((read) => read.selected_users));
export const usersAt = (form: Values, name: string): string[] => users(form, name) ?? [];
/** As `2026-11-27`. */
export const dateAt = reads(z.object({ selected_date: z.iso.date() }).transform((read) => read.selected_date));
export const channelAt = reads(
  z.object({ selected_conversation: z.string() }).transform((read) => read.selected_conversation),
);
const several = reads(z.object({ selected_options: z.array(option) }).transform((read) => read.selected_options));

/** What was picked of a menu that takes several. */
export const optionsAt = (form: Values, name: string): string[] =>
  (several(form, name) ?? []).map(({ value }) => value);

/** A form's values with the choice that was just made in it. */
export function withChoice<Form extends Values>(form: Form, action: BlockElementAction): Form {
  const { block_id: blockId, action_id: actionId } = action;
  const block = { ...form.state.values[blockId], [actionId]: action as Value };
  return { ...form, state: { values: { ...form.state.values, [blockId]: block } } };
}

/** What fields hold, or sentences by block about what is wrong in them. */
export type FieldsRead<Typed> = { ok: true; value: Typed } | { ok: false; errors: Record<string, string> };
export const given = <Typed>(value: Typed): FieldsRead<Typed> => ({ ok: true, value });
export const wrongAt = (form: Values, name: string, error: string): FieldsRead<never> => ({
  ok: false,
  errors: { [fieldOf(form, name)?.blockId ?? name]: error },
});

export function typedAt<Typed>(form: Values, name: string, read: (text: string) => Read<Typed>): FieldsRead<Typed> {
  const typed = read(textAt(form, name) ?? '');
  return typed.ok ? typed : wrongAt(form, name, typed.error);
}

/** A field that has to be filled in. */
export const neededAt = <Typed>(form: Values, name: string, value: Typed | null | undefined, error: string) =>
  value === null || value === undefined ? wrongAt(form, name, error) : given<Typed>(value);

type Given<Read> = Extract<Read, { ok: true }> extends { value: infer Typed } ? Typed : never;

/** Several fields as one: what they hold by name, or all that is wrong in them. */
export function together<Fields extends Readonly<Record<string, FieldsRead<unknown>>>>(
  fields: Fields,
): FieldsRead<{ [Name in keyof Fields]: Given<Fields[Name]> }> {
  const all = Object.entries(fields);
  const errors = Object.assign({}, ...all.map(([, read]) => (read.ok ? {} : read.errors)));
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const values = all.map(([name, read]) => [name, read.ok ? read.value : undefined]);
  return given(Object.fromEntries(values) as { [Name in keyof Fields]: Given<Fields[Name]> });
}

/** A channel, or none: direct messages have ids of another letter. */
export function roomAt(form: Values, name: string): FieldsRead<string | null> {
  const channelId = channelAt(form, name);
  return channelId === null || /^[CG]/.test(channelId) ? given(channelId) : wrongAt(form, name, 'Choose a channel.');
}
