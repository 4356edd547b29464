import type { KnownBlock } from '@slack/types';
import type { Json } from '../workspace.ts';
import { type Working, workingParts } from './parts.ts';
import { optionsOf, stateValues, valueField } from './values.ts';

/** What a person pointed at: `value` tells apart buttons that share an action id across blocks. */
export type Pointed = { actionId: string; blockId?: string | undefined; value?: string | undefined };

export function findWorking(blocks: readonly KnownBlock[], { actionId, blockId, value }: Pointed): Working | null {
  const found = workingParts(blocks).filter(
    (one) =>
      one.actionId === actionId &&
      (blockId === undefined || one.blockId === blockId) &&
      (value === undefined || one.element.type !== 'button' || one.element.value === value),
  );
  return found[0] ?? null;
}

/**
 * An entry of `actions` in a `block_actions` payload. All but the choice comes from the app's own block, as in Slack:
 * a click cannot change what a button says or carries. Null when the choice is not among the options.
 */
export function actionOf({ blockId, actionId, element }: Working, given: Json, actionTs: string): Json | null {
  const base = { type: element.type, action_id: actionId, block_id: blockId, action_ts: actionTs };
  if (element.type === 'button') {
    const { text, value, url, style, confirm } = element;
    return defined({ ...base, text, value, url, style, confirm });
  }
  if (element.type === 'overflow') {
    const chosen = optionsOf(element)?.find((one) => one.value === (given.selected_option as Json | undefined)?.value);
    return chosen ? { ...base, selected_option: chosen } : null;
  }
  const field = valueField(element.type);
  if (field === null) return null;
  const alone = [{ type: 'actions', block_id: blockId, elements: [element] }] as unknown as KnownBlock[];
  const held = stateValues(alone, { [blockId]: { [actionId]: given } })[blockId]?.[actionId]?.[field];
  if (given[field] !== null && given[field] !== undefined && given[field] !== '' && held === null) return null;
  return defined({ ...base, [field]: held, placeholder: element.placeholder });
}

function defined(value: Json): Json {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
}
