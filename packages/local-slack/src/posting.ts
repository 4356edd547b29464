import type { KnownBlock } from '@slack/types';
import type { LocalSlackContext } from './context.ts';
import type { Message } from './workspace.ts';

export type NewMessage = {
  channelId: string;
  userId: string;
  text: string;
  blocks?: KnownBlock[];
  fileIds?: string[];
  threadTs?: string | null;
  onlyFor?: string | null;
  clientMessageId?: string;
};

export function addMessage(context: LocalSlackContext, message: NewMessage): Message {
  const added: Message = {
    blocks: [],
    fileIds: [],
    threadTs: null,
    onlyFor: null,
    ...message,
    ts: context.state.nextTs(),
    edited: null,
    isTombstone: false,
  };
  context.state.messages.put(added);
  tellReaders(context, added);
  return added;
}

export function changeMessage(context: LocalSlackContext, message: Message) {
  context.state.messages.put(message);
  tellReaders(context, message);
}

/** Takes a message away; one with replies leaves an empty place above them. */
export function removeMessage(context: LocalSlackContext, message: Message) {
  const { channelId, ts } = message;
  if (context.state.messages.replies(channelId, ts, null).length === 0) context.state.messages.remove(channelId, ts);
  else {
    const empty = { text: 'This message was deleted.', blocks: [], fileIds: [], edited: null, isTombstone: true };
    context.state.messages.put({ ...message, ...empty });
  }
  tellReaders(context, message);
}

function tellReaders({ state, changes }: LocalSlackContext, { channelId, onlyFor }: Message) {
  const readers = onlyFor === null ? (state.channels.get(channelId)?.memberIds ?? []) : [onlyFor];
  changes.tell(channelId, readers);
  changes.tell('state', readers);
}
