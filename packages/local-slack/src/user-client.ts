import type { KnownBlock } from '@slack/types';
import { perform } from './actions/perform.ts';
import { findWorking } from './blocks/action.ts';
import { workingParts } from './blocks/parts.ts';
import { valueField } from './blocks/values.ts';
import type { LocalSlackContext } from './context.ts';
import type { ActAnswer, BlockPlace, Values } from './view.ts';
import type { SlackView } from './views/slack-view.ts';
import type { Json } from './workspace.ts';

/** A message of a channel, a modal or Home, as the readers give them. */
export type Clickable = { channelId: string; ts: string } | Pick<SlackView, 'id' | 'type'>;

/** What a value looks like in a test: the text or the option's value, a list of them, or Slack's own form. */
export type Given = string | string[] | Json;

export type UserClient = {
  say(text: string, where: { channelId: string; threadTs?: string }): Promise<ActAnswer>;
  command(
    command: string,
    text: string,
    where: { channelId: string; threadTs?: string; triggerId?: string },
  ): Promise<ActAnswer>;
  /** Picks an app's shortcut from the menu of a message. */
  shortcut(callbackId: string, where: { channelId: string; ts: string }): Promise<ActAnswer>;
  react(where: { channelId: string; ts: string }, name: string): Promise<ActAnswer>;
  unreact(where: { channelId: string; ts: string }, name: string): Promise<ActAnswer>;
  /** `value` tells apart buttons with one action id; `choice` is what is picked or typed; `typed` is the rest of the form. */
  click(
    where: Clickable,
    actionId: string,
    options?: { blockId?: string; value?: string; choice?: Given; typed?: Record<string, Given> },
  ): Promise<ActAnswer>;
  /** Fills in by block id or action id and submits; what is not given keeps its first value. */
  submit(view: Pick<SlackView, 'id'>, values?: Record<string, Given>): Promise<ActAnswer>;
  close(view: Pick<SlackView, 'id'>): Promise<ActAnswer>;
  openHome(): Promise<ActAnswer>;
  /** Begins to let a week pass; `time` says when it is over. */
  letWeekPass(): Promise<ActAnswer>;
};

export function userClient(context: LocalSlackContext, userId: string): UserClient {
  const as = userId;
  return {
    say: (text, where) => perform(context, { act: 'say', as, text, ...where }),
    command: (command, text, where) => perform(context, { act: 'command', as, command, text, ...where }),
    shortcut: (callbackId, { channelId, ts }) => perform(context, { act: 'shortcut', as, callbackId, channelId, ts }),
    react: ({ channelId, ts }, name) => perform(context, { act: 'react', as, channelId, ts, name, isOn: true }),
    unreact: ({ channelId, ts }, name) => perform(context, { act: 'react', as, channelId, ts, name, isOn: false }),
    click: async (clickable, actionId, { blockId, value, choice, typed = {} } = {}) => {
      const where = placeOf(clickable);
      const blocks = blocksAt(context, userId, where);
      const working = findWorking(blocks, { actionId, blockId, value });
      if (!working) throw new Error(`No ${actionId} here; there are: ${actionIds(blocks)}`);
      const { element } = working;
      const action = {
        action_id: actionId,
        value: element.value,
        ...(choice === undefined ? {} : held(element, choice)),
      };
      const values = valuesFrom(blocks, typed);
      return perform(context, { act: 'block', as, where, blockId: working.blockId, action, values });
    },
    submit: async ({ id }, given = {}) => {
      const blocks = context.modals.top(userId)?.view.blocks ?? [];
      return perform(context, { act: 'submit', as, viewId: id, values: valuesFrom(blocks, given) });
    },
    close: ({ id }) => perform(context, { act: 'close', as, viewId: id }),
    openHome: () => perform(context, { act: 'open_home', as }),
    letWeekPass: () => perform(context, { act: 'let_week_pass', as }),
  };
}

function placeOf(clickable: Clickable): BlockPlace {
  if ('ts' in clickable) return { in: 'message', channelId: clickable.channelId, ts: clickable.ts };
  return clickable.type === 'home' ? { in: 'home' } : { in: 'modal', viewId: clickable.id };
}

function blocksAt({ state, modals }: LocalSlackContext, userId: string, where: BlockPlace): readonly KnownBlock[] {
  switch (where.in) {
    case 'message':
      return state.messages.get(where.channelId, where.ts)?.blocks ?? [];
    case 'modal':
      return modals.top(userId)?.view.blocks ?? [];
    case 'home':
      return state.homes.get(userId)?.view.blocks ?? [];
  }
}

/** Throws for a name that is nowhere in the form: a test that fills in nothing proves nothing. */
function valuesFrom(blocks: readonly KnownBlock[], given: Record<string, Given>): Values {
  const values: Values = {};
  for (const [name, one] of Object.entries(given)) {
    const working = workingParts(blocks).find(({ blockId, actionId }) => blockId === name || actionId === name);
    if (!working) throw new Error(`No input ${name} here; there are: ${actionIds(blocks)}`);
    const { blockId, actionId, element } = working;
    values[blockId] = { ...values[blockId], [actionId]: held(element, one) };
  }
  return values;
}

function held(element: Json, given: Given): Json {
  if (typeof given === 'object' && !Array.isArray(given)) return given;
  const field = valueField(element.type) ?? 'selected_option';
  if (field === 'selected_option') return { [field]: { value: given } };
  if (field === 'selected_options') return { [field]: [given].flat().map((value) => ({ value })) };
  return { [field]: given };
}

function actionIds(blocks: readonly KnownBlock[]): string {
  return (
    workingParts(blocks)
      .map(({ blockId, actionId }) => `${blockId}/${actionId}`)
      .join(', ') || 'none'
  );
}
