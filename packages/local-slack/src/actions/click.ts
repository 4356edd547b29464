import type { KnownBlock } from '@slack/types';
import { actionOf, findWorking } from '../blocks/action.ts';
import { stateValues } from '../blocks/values.ts';
import type { LocalSlackContext } from '../context.ts';
import { FORM, interactionBase, interactionBody, payloadChannelName } from '../deliveries/payloads.ts';
import { isMember } from '../membership.ts';
import { messageOnWire } from '../serializers/message.ts';
import type { Act, ActAnswer, BlockPlace, Values } from '../view.ts';
import type { SlackView } from '../views/slack-view.ts';
import type { Json, Message, Person } from '../workspace.ts';
import { DONE, failureOf, refused } from './answers.ts';

type BlockAct = Extract<Act, { act: 'block' }>;
type Place = { blocks: KnownBlock[]; payload: (values: Values) => Json; isModal: boolean };

/** Works a button, a menu or another element of a message, a modal or Home. */
export async function click(context: LocalSlackContext, person: Person, act: BlockAct): Promise<ActAnswer> {
  const place = placeOf(context, person, act.where);
  if (place === null) return refused('What you clicked is no longer there.');
  const actionId = String(act.action.action_id ?? '');
  const value = typeof act.action.value === 'string' ? act.action.value : undefined;
  const working = findWorking(place.blocks, { actionId, blockId: act.blockId, value });
  const action = working && actionOf(working, act.action, context.state.nextTs());
  if (!working || !action) return refused('What you clicked is no longer there.');
  const { block } = working;
  if (block.type === 'input' && block.dispatch_action !== true) {
    return refused('Nobody hears of this field before the form is sent.');
  }
  if (!context.manifest.isInteractive) return refused('This app is not set up to hear about clicks.');

  const payload = {
    type: 'block_actions',
    ...interactionBase(context, person),
    trigger_id: context.triggers.issue({ userId: person.userId, isFromModal: place.isModal }),
    ...place.payload(stateValues(place.blocks, act.values)),
    actions: [action],
  };
  const outcome = await context.postman.send('block_actions', interactionBody(payload), { contentType: FORM });
  const failure = failureOf(context, `The click on ${actionId}`, outcome);
  return failure === null ? DONE : refused(`That click failed with the error "${failure}"`);
}

function placeOf(context: LocalSlackContext, person: Person, where: BlockPlace): Place | null {
  switch (where.in) {
    case 'message': {
      const message = context.state.messages.get(where.channelId, where.ts);
      return message && sees(context, person, message) ? inMessage(context, person, message) : null;
    }
    case 'modal': {
      const view = context.modals.top(person.userId)?.view;
      return view?.id === where.viewId ? inView(view) : null;
    }
    case 'home': {
      const view = context.state.homes.get(person.userId)?.view;
      return view ? inView(view) : null;
    }
  }
}

/** Only the app's own messages have something to click. */
function sees(context: LocalSlackContext, { userId }: Person, message: Message): boolean {
  const { channelId, onlyFor, userId: authorId } = message;
  return (
    isMember(context, userId, channelId) && (onlyFor ?? userId) === userId && authorId === context.workspace.bot.userId
  );
}

/** Slack sends no copy of an ephemeral message. */
function inMessage(context: LocalSlackContext, { userId }: Person, message: Message): Place {
  const { channelId, ts, threadTs, onlyFor } = message;
  const channel = context.state.channels.get(channelId);
  const container = {
    type: 'message',
    message_ts: ts,
    channel_id: channelId,
    is_ephemeral: onlyFor !== null,
    ...(threadTs === null ? {} : { thread_ts: threadTs }),
  };
  return {
    blocks: message.blocks,
    isModal: false,
    payload: (values) => ({
      container,
      channel: { id: channelId, name: channel ? payloadChannelName(channel) : '' },
      ...(onlyFor === null ? { message: messageOnWire(context, message) } : {}),
      state: { values },
      response_url: context.responseUrls.issue({ channelId, userId, originalTs: ts }),
    }),
  };
}

function inView(view: SlackView): Place {
  return {
    blocks: view.blocks,
    isModal: view.type === 'modal',
    payload: (values) => ({
      container: { type: 'view', view_id: view.id },
      view: { ...view, state: { values } },
    }),
  };
}
