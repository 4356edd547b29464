import type { BlockElementAction, ViewOutput } from '@slack/bolt';
import { z } from 'zod';
import { userId } from '../kit/user-id.ts';

/** The values of a form, by block. A block may be named `month.U1`: what comes after the dot says whose it is. */

type Value = ViewOutput['state']['values'][string][string];

export type Field = { blockId: string; value: unknown };

/** What is not as Slack sends it counts as not given: a form that was made up by hand is no bug of ours. */
const text = z.object({ value: z.string() });
const option = z.object({ selected_option: z.object({ value: z.string() }) });
const user = z.object({ selected_user: userId });
const date = z.object({ selected_date: z.iso.date() });
const conversation = z.object({ selected_conversation: z.string() });

export function fieldOf({ state: { values } }: Pick<ViewOutput, 'state'>, name: string): Field | null {
  for (const [blockId, actions] of Object.entries(values)) {
    const [value] = Object.values(actions ?? {});
    if (value && (blockId === name || blockId.startsWith(`${name}.`))) return { blockId, value };
  }
  return null;
}

export const textIn = (field: Field | null): string | null => text.safeParse(field?.value).data?.value ?? null;
export const optionIn = (field: Field | null): string | null =>
  option.safeParse(field?.value).data?.selected_option.value ?? null;
export const userIn = (field: Field | null): string | null => user.safeParse(field?.value).data?.selected_user ?? null;
/** As `2026-11-27`. */
export const dateIn = (field: Field | null): string | null => date.safeParse(field?.value).data?.selected_date ?? null;
export const channelIn = (field: Field | null): string | null =>
  conversation.safeParse(field?.value).data?.selected_conversation ?? null;

const several = z.object({ selected_options: z.array(z.object({ value: z.string() })) });

/** What was picked of a menu that takes several. */
export const optionsIn = (field: Field | null): string[] =>
  (several.safeParse(field?.value).data?.selected_options ?? []).map(({ value }) => value);

/** A form's values with the choice that was just made in it. */
export function withChoice<Form extends Pick<ViewOutput, 'state'>>(form: Form, action: BlockElementAction): Form {
  const { block_id: blockId, action_id: actionId } = action;
  const block = { ...form.state.values[blockId], [actionId]: action as Value };
  return { ...form, state: { values: { ...form.state.values, [blockId]: block } } };
}
