/**
 * The thread that a message's link leads to, as Slack's “Copy link” gives it. Slack runs no commands in threads, so this is
 * how a person says which one they mean. A reply's link names its thread; any other message begins one.
 */
export type MessageLink = { channelId: string; threadTs: string };

const LINK = /https:\/\/[\w.-]+\/archives\/([CG]\w{1,30})\/p(\d{10})(\d{6})(?:\?(\S*))?/;
const THREAD = /(?:^|&)thread_ts=(\d{10}\.\d{6})(?:&|$)/;

/** The first link in a text, and the text without it. */
export function cutMessageLink(text: string): { link: MessageLink | null; rest: string } {
  const found = LINK.exec(text);
  if (!found) return { link: null, rest: text };
  const [whole, channelId = '', seconds, micros, query = ''] = found;
  const threadTs = THREAD.exec(query)?.[1] ?? `${seconds}.${micros}`;
  return { link: { channelId, threadTs }, rest: text.replace(whole, ' ').replace(/ +/g, ' ').trim() };
}
