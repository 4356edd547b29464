import type {
  Datepicker,
  InputBlock,
  ModalView,
  MultiStaticSelect,
  PlainTextInput,
  PlainTextOption,
  StaticSelect,
  UsersSelect,
} from '@slack/types';
import type { Window } from '../../ledger/usage/windows.ts';
import { number } from '../../words/figures.ts';
import { WINDOW_WORDS } from '../../words/windows.ts';
import { cutTo, plain } from './parts.ts';

/** What forms are drawn with: a form, its fields, and the ids under which the values come back. */

export const FIELDS = {
  name: 'name',
  amount: 'amount',
  month: 'month',
  total: 'total',
  window: 'window',
  channel: 'channel',
  client: 'client',
  member: 'member',
  role: 'role',
} as const;

/** The action id of every field that is only read when the form is sent. */
export const FIELD = 'field';

/** Eighty characters, of which Slack may count each as two. */
export const NAME_UNITS_MAX = 160;
const HINT_CHARACTERS_MAX = 2_000;
/** Ten digits with separators of any kind and some spaces. */
export const FIGURE_CHARACTERS_MAX = 24;
/** Slack takes a hundred options in a list, or a hundred groups of a hundred. */
export const OPTIONS_MAX = 100;
const GROUPS_MAX = 100;

type Form = { callback: string; title: string; submit: string };

export const modal = ({ callback, title, submit }: Form, metadata: string, blocks: ModalView['blocks']): ModalView => ({
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

type Around = { hint?: string; optional?: boolean; dispatch?: boolean };

export const input = (
  blockId: string,
  label: string,
  element: InputBlock['element'],
  { hint, optional, dispatch }: Around = {},
): InputBlock => ({
  type: 'input',
  block_id: blockId,
  label: plain(label),
  element,
  ...(optional ? { optional: true } : {}),
  ...(dispatch ? { dispatch_action: true } : {}),
  ...(hint === undefined ? {} : { hint: plain(hint, HINT_CHARACTERS_MAX) }),
});

type Typing = { present?: string | number | null; max: number; placeholder?: string; multiline?: boolean };

export const textInput = ({ present = null, max, placeholder, multiline }: Typing): PlainTextInput => ({
  type: 'plain_text_input',
  action_id: FIELD,
  max_length: max,
  ...(multiline ? { multiline: true } : {}),
  ...(placeholder === undefined ? {} : { placeholder: plain(placeholder) }),
  ...(present === null || present === '' ? {} : { initial_value: String(present) }),
});

export const figureInput = (present: number | null, placeholder?: string): PlainTextInput =>
  textInput({ present, max: FIGURE_CHARACTERS_MAX, ...(placeholder === undefined ? {} : { placeholder }) });

type Lists = Pick<StaticSelect, 'options' | 'option_groups'>;
type Choosing = { present?: string | null; placeholder?: string; action?: string };

/** A list to choose one of, or groups of them, with the present one chosen. */
export function selectInput(
  of: PlainTextOption[] | Lists,
  { present, placeholder, action = FIELD }: Choosing = {},
): StaticSelect {
  const lists = Array.isArray(of) ? { options: of } : of;
  const all = lists.options ?? (lists.option_groups ?? []).flatMap(({ options }) => options);
  const chosen = all.find(({ value }) => value === present);
  return {
    type: 'static_select',
    action_id: action,
    ...(placeholder === undefined ? {} : { placeholder: plain(placeholder) }),
    ...lists,
    ...(chosen ? { initial_option: chosen } : {}),
  };
}

type Several = Lists & Pick<MultiStaticSelect, 'max_selected_items'>;

export const severalInput = (placeholder: string, lists: Several, chosen: PlainTextOption[]): MultiStaticSelect => ({
  type: 'multi_static_select',
  action_id: FIELD,
  placeholder: plain(placeholder),
  ...lists,
  ...(chosen.length > 0 ? { initial_options: chosen } : {}),
});

export const personInput: UsersSelect = {
  type: 'users_select',
  action_id: FIELD,
  placeholder: plain('Choose a person'),
};

export const dayInput = (placeholder?: string, present: string | null = null): Datepicker => ({
  type: 'datepicker',
  action_id: FIELD,
  ...(placeholder === undefined ? {} : { placeholder: plain(placeholder) }),
  ...(present === null ? {} : { initial_date: present }),
});

export const option = (words: string, value: string, description?: string): PlainTextOption => ({
  text: plain(words, 75),
  value,
  ...(description ? { description: plain(description, 75) } : {}),
});

/** A group is named by what it begins and ends with, unless it is named otherwise. */
export const optionGroups = (
  options: readonly PlainTextOption[],
  nameOf: (some: readonly PlainTextOption[], at: number) => string = fromTo,
) =>
  Array.from({ length: Math.min(GROUPS_MAX, Math.ceil(options.length / OPTIONS_MAX)) }, (_, at) => {
    const some = options.slice(at * OPTIONS_MAX, (at + 1) * OPTIONS_MAX);
    return { label: plain(nameOf(some, at), 75), options: some };
  });

/** `Acme – Bergamot`. */
export const fromTo = (options: readonly PlainTextOption[]): string =>
  `${cutTo(options[0]?.text.text ?? '', 30)} – ${cutTo(options.at(-1)?.text.text ?? '', 30)}`;

/** All in one list, or in groups where they are too many for it. */
export const listed = (options: PlainTextOption[], nameOf?: Parameters<typeof optionGroups>[1]): Lists =>
  options.length <= OPTIONS_MAX ? { options } : { option_groups: optionGroups(options, nameOf) };

export const nameField = (
  present: string | null,
  { placeholder, hint }: { placeholder: string; hint: string } = {
    placeholder: 'Northwind Coffee',
    hint: 'Shown to people in channels. Each client needs a different name.',
  },
): InputBlock => input(FIELDS.name, 'Name', textInput({ present, max: NAME_UNITS_MAX, placeholder }), { hint });

/** Credits in a window. */
export function creditsField(field: Window, present: number | null): InputBlock {
  const per = WINDOW_WORDS[field].each;
  const now = present === null ? 'No limit is set now.' : `Currently ${number(present)}.`;
  const hint = `A whole number. ${now} Leave empty for no limit; 0 allows nothing.`;
  return input(field, `Credits ${per}`, figureInput(present, 'No limit'), { optional: true, hint });
}

/** So many credits, at least one. */
export const amountField = (label: string, present: number | null = null, hint?: string): InputBlock =>
  input(FIELDS.amount, label, figureInput(present, '100'), hint === undefined ? {} : { hint });

type ChannelField = { initial: string | null; hint: string; label?: string; optional?: boolean; dispatch?: string };

export const channelField = ({
  initial,
  hint,
  label = 'Channel',
  optional = false,
  dispatch,
}: ChannelField): InputBlock =>
  input(
    FIELDS.channel,
    label,
    {
      type: 'conversations_select',
      action_id: dispatch ?? FIELD,
      placeholder: plain('Choose a channel'),
      filter: { include: ['public', 'private'], exclude_bot_users: true },
      ...(initial ? { initial_conversation: initial } : {}),
    },
    { hint, optional, dispatch: dispatch !== undefined },
  );
