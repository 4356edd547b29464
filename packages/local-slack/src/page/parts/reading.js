// What counts as read, and where the "New" line stands while a channel is open.
import { act } from '../server.js';

export function createReading(session, list) {
  let opened = '';
  let newFromTs = null;
  let told = '';
  return {
    /** Fixed when the channel is opened: the line must not wander while one reads. */
    newFrom() {
      const { as, channelId, pages } = session;
      const key = `${as} ${channelId}`;
      const page = pages.get(channelId);
      if (opened === key || page === undefined) return opened === key ? newFromTs : null;
      opened = key;
      newFromTs = firstUnread(page.messages, session.channel()?.unread ?? 0, as);
      return newFromTs;
    },
    /** Tells the server once for each last message, and only while it can be seen. */
    read() {
      const { as, channelId, pages } = session;
      const last = pages.get(channelId)?.messages.at(-1)?.ts;
      const key = `${as} ${channelId} ${last}`;
      if (last === undefined || !(session.channel()?.unread > 0)) return;
      if (document.hidden || !list.atEnd() || told === key) return;
      told = key;
      act({ act: 'read', as, channelId, ts: last });
    },
  };
}

function firstUnread(messages, unread, as) {
  if (unread === 0) return null;
  const others = messages.filter(({ userId, ephemeral }) => userId !== as && !ephemeral);
  return others.at(-unread)?.ts ?? others[0]?.ts ?? null;
}
