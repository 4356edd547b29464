import type { KnownBlock } from '@slack/types';
import type { Core } from './core.ts';
import type { Message } from './workspace.ts';

export type NewMessage = {
  channelId: string;
  userId: string;
  text: string;
  blocks?: KnownBlock[];
  fileIds?: string[];
  threadTs?: string | null;
  onlyFor?: string | null;
};

export function addMessage(core: Core, message: NewMessage): Message {
  const added: Message = {
    blocks: [],
    fileIds: [],
    threadTs: null,
    onlyFor: null,
    ...message,
    ts: core.state.nextTs(),
    edited: null,
    isTombstone: false,
  };
  core.state.messages.put(added);
  tellReaders(core, added);
  return added;
}

export function changeMessage(core: Core, message: Message) {
  core.state.messages.put(message);
  tellReaders(core, message);
}

/** Takes a message away; one with replies leaves an empty place above them. */
export function removeMessage(core: Core, message: Message) {
  const { channelId, ts } = message;
  if (core.state.messages.replies(channelId, ts, null).length === 0) core.state.messages.remove(channelId, ts);
  else {
    const empty = { text: 'This message was deleted.', blocks: [], fileIds: [], edited: null, isTombstone: true };
    core.state.messages.put({ ...message, ...empty });
  }
  tellReaders(core, message);
}

function tellReaders({ state, changes }: Core, { channelId, onlyFor }: Message) {
  const readers = onlyFor === null ? (state.channels.get(channelId)?.memberIds ?? []) : [onlyFor];
  changes.tell(channelId, readers);
  changes.tell('state', readers);
}
