import type { ViewOutput } from '@slack/bolt';
import { z } from 'zod';
import { FORM_OUT_OF_DATE, outOfDateModal } from '../error-modals.ts';
import { digestOfIds } from '../form-metadata.ts';

/**
 * Compares a form's first values with the person's edits and the current values: only edits change anything. Slack sends
 * a form's blocks back as they were drawn; they count where the digest that the form carries says that they are ours.
 */

const options = z.array(z.object({ value: z.string() }));
const drawn = z.object({
  block_id: z.string(),
  element: z.object({
    initial_options: options.optional(),
    initial_option: z.object({ value: z.string() }).optional(),
    initial_value: z.string().optional(),
    initial_users: z.array(z.string()).optional(),
  }),
});
type Drawn = z.infer<typeof drawn>['element'];

/** The ids that a list was drawn with. `digest` null: the form carries none. Null: that is not known. */
export function shownIds(view: Pick<ViewOutput, 'blocks'>, name: string, digest: string | null): string[] | null {
  const field = drawnAs(view, name);
  const ids = field?.initial_options?.map(({ value }) => value) ?? field?.initial_users ?? [];
  // Without a digest an empty list may be one that was lost.
  if (digest === null) return ids.length > 0 ? ids : null;
  return digestOfIds(ids) === digest ? ids : null;
}

/** What a single field was drawn with; null where it was empty, undefined where that is not known. */
export function shownValue(view: Pick<ViewOutput, 'blocks'>, name: string): string | null | undefined {
  const field = drawnAs(view, name);
  return field && (field.initial_option?.value ?? field.initial_value ?? null);
}

function drawnAs(view: Pick<ViewOutput, 'blocks'>, name: string): Drawn | undefined {
  for (const block of view.blocks ?? []) {
    const read = drawn.safeParse(block);
    if (read.success && (read.data.block_id === name || read.data.block_id.startsWith(`${name}.`))) {
      return read.data.element;
    }
  }
  return undefined;
}

export type ThreeWays<Value> = { shown: Value; typed: Value; now: Value };

/** What stands now, without what was taken out of the list in the form, and with what was added to it there. */
export function mergedIds({ shown, typed, now }: ThreeWays<readonly string[]>): string[] {
  const removed = new Set(shown.filter((id) => !typed.includes(id)));
  const added = typed.filter((id) => !shown.includes(id) && !now.includes(id));
  return [...now.filter((id) => !removed.has(id)), ...added];
}

/** What was typed where it is not what was shown; else what stands now. */
export const merged = <Value>({ shown, typed, now }: ThreeWays<Value>): Value =>
  JSON.stringify(typed) === JSON.stringify(shown) ? now : typed;

/** As above, field by field. */
export const mergedFields = <Value extends object>({ shown, typed, now }: ThreeWays<Value>): Value =>
  Object.fromEntries(
    (Object.keys(typed) as (keyof Value)[]).map((name) => [
      name,
      merged({ shown: shown[name], typed: typed[name], now: now[name] }),
    ]),
  ) as Value;

export const sameIds = (one: readonly string[], other: readonly string[]): boolean =>
  digestOfIds(one) === digestOfIds(other);

/**
 * Said beside the first field of a form of which it is not known what it showed: what was typed stays there. A form without
 * a field has nothing to keep.
 */
export function outOfDateAnswer({ blocks }: { blocks?: ViewOutput['blocks'] }) {
  const blockId = (blocks ?? []).find(({ type }) => type === 'input')?.block_id;
  return blockId
    ? ({ response_action: 'errors', errors: { [blockId]: FORM_OUT_OF_DATE } } as const)
    : ({ response_action: 'update', view: outOfDateModal() } as const);
}
