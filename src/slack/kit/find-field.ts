import type { BlockElementAction } from '@slack/bolt';
import type { InputBlock } from '@slack/types';
import { FIND_UNITS_MAX, readFind } from './home-metadata.ts';
import { plain } from './parts.ts';

type Find = { blockId: string; action: string; label: string; placeholder: string; find: string };

/** A field to search a list of Home with; Enter searches. */
export const findField = ({ blockId, action, label, placeholder, find }: Find): InputBlock => ({
  type: 'input',
  block_id: blockId,
  dispatch_action: true,
  optional: true,
  label: plain(label),
  element: {
    type: 'plain_text_input',
    action_id: action,
    max_length: FIND_UNITS_MAX,
    placeholder: plain(placeholder),
    dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] },
    ...(find === '' ? {} : { initial_value: find }),
  },
});

/** What was typed into it. */
export const foundIn = (action: BlockElementAction): string =>
  action.type === 'plain_text_input' ? readFind(action.value) : '';
