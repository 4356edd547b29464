import type { InputBlock, ModalView, PlainTextOption } from '@slack/types';
import type { Window } from '../../ledger/usage/windows.ts';
import { number } from '../../words/figures.ts';
import { WINDOW_WORDS } from '../../words/windows.ts';
import { plain } from './parts.ts';

/** What the set-up modals have in common: their fields, and the ids under which the values come back. */

export const FIELDS = {
  name: 'name',
  amount: 'amount',
  month: 'month',
  total: 'total',
  channel: 'channel',
  client: 'client',
  member: 'member',
  role: 'role',
} as const;

/** The action id of every field that is only read when the form is sent. */
export const FIELD = 'field';

/** Eighty characters, of which Slack may count each as two. */
const NAME_UNITS_MAX = 160;
const HINT_CHARACTERS_MAX = 2_000;
/** Ten digits with separators of any kind and some spaces. */
export const FIGURE_CHARACTERS_MAX = 24;

type Modal = { callback: string; title: string; submit: string; metadata: string; blocks: ModalView['blocks'] };

export const modal = ({ callback, title, submit, metadata, blocks }: Modal): ModalView => ({
  type: 'modal',
  callback_id: callback,
  title: plain(title, 24),
  submit: plain(submit, 24),
  close: plain('Cancel'),
  private_metadata: metadata,
  blocks,
});

/** Something to read and to close. */
export const notice = (title: string, blocks: ModalView['blocks']): ModalView => ({
  type: 'modal',
  title: plain(title, 24),
  close: plain('Close'),
  blocks,
});

export function nameField(
  present: string | null,
  { placeholder, hint }: { placeholder: string; hint: string } = {
    placeholder: 'Northwind Coffee',
    hint: 'As people read it in channels and on statements. No two clients have the same one.',
  },
): InputBlock {
  return {
    type: 'input',
    block_id: FIELDS.name,
    label: plain('Name'),
    element: {
      type: 'plain_text_input',
      action_id: FIELD,
      max_length: NAME_UNITS_MAX,
      placeholder: plain(placeholder),
      ...(present ? { initial_value: present } : {}),
    },
    hint: plain(hint),
  };
}

/** Credits in a window. */
export function creditsField(field: Window, present: number | null): InputBlock {
  const per = WINDOW_WORDS[field].each;
  const now = present === null ? 'There is no limit now.' : `It is ${number(present)} now.`;
  return {
    type: 'input',
    block_id: field,
    optional: true,
    label: plain(`Credits ${per}`),
    element: {
      type: 'plain_text_input',
      action_id: FIELD,
      max_length: FIGURE_CHARACTERS_MAX,
      placeholder: plain('No limit'),
      ...(present === null ? {} : { initial_value: String(present) }),
    },
    hint: plain(
      `A whole number of credits ${per}. ${now} Left empty there is no limit; 0 allows nothing.`,
      HINT_CHARACTERS_MAX,
    ),
  };
}

/** So many credits, at least one. */
export const amountField = (label: string, present: number | null = null): InputBlock => ({
  type: 'input',
  block_id: FIELDS.amount,
  label: plain(label),
  element: {
    type: 'plain_text_input',
    action_id: FIELD,
    max_length: FIGURE_CHARACTERS_MAX,
    placeholder: plain('100'),
    ...(present === null ? {} : { initial_value: String(present) }),
  },
});

export function channelField({ initial, hint, label = 'Channel', optional, dispatch }: ChannelField): InputBlock {
  return {
    type: 'input',
    block_id: FIELDS.channel,
    label: plain(label),
    ...(optional ? { optional: true } : {}),
    ...(dispatch ? { dispatch_action: true } : {}),
    element: {
      type: 'conversations_select',
      action_id: dispatch ?? FIELD,
      placeholder: plain('Choose a channel'),
      filter: { include: ['public', 'private'], exclude_bot_users: true },
      ...(initial ? { initial_conversation: initial } : {}),
    },
    hint: plain(hint),
  };
}

type ChannelField = { initial: string | null; hint: string; label?: string; optional?: boolean; dispatch?: string };

export const option = (words: string, value: string, description?: string): PlainTextOption => ({
  text: plain(words, 75),
  value,
  ...(description ? { description: plain(description, 75) } : {}),
});
