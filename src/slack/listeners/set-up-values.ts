import type { BlockElementAction, ViewOutput } from '@slack/bolt';
import { userId } from '../user-id.ts';

/** The values of a form, by block. A block may be named `month.U1`: what comes after the dot says whose it is. */

type Value = ViewOutput['state']['values'][string][string];

export type Field = { blockId: string; value: Value };

export function fieldOf({ state: { values } }: Pick<ViewOutput, 'state'>, name: string): Field | null {
  for (const [blockId, actions] of Object.entries(values)) {
    const [value] = Object.values(actions);
    if (value && (blockId === name || blockId.startsWith(`${name}.`))) return { blockId, value };
  }
  return null;
}

export const textIn = (field: Field | null): string | null => field?.value.value ?? null;
export const optionIn = (field: Field | null): string | null => field?.value.selected_option?.value ?? null;
export const userIn = (field: Field | null): string | null => userId.safeParse(field?.value.selected_user).data ?? null;
export const channelIn = (field: Field | null): string | null => field?.value.selected_conversation ?? null;

/** A form's values with the choice that was just made in it. */
export function withChoice<Form extends Pick<ViewOutput, 'state'>>(form: Form, action: BlockElementAction): Form {
  const { block_id: blockId, action_id: actionId } = action;
  const block = { ...form.state.values[blockId], [actionId]: action as Value };
  return { ...form, state: { values: { ...form.state.values, [blockId]: block } } };
}
