import { withoutInvisible } from './invisible.ts';

/** Text in Slack's mrkdwn. Whatever comes from a person goes through `escapeText` before it goes out again. */

/** Three characters are all that Slack asks to be escaped: without them there is no mention, no link, no `@channel`. */
export const escapeText = (text: string): string =>
  plain(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * A person's words on one line, at most so many characters, for `plain_text` and rich text, where nothing is markup.
 * A prompt goes there and nowhere else: in mrkdwn its asterisks would format it.
 */
export function shorten(text: string, charactersMax: number): string {
  const line = [...plain(text)];
  return line.length > charactersMax ? `${line.slice(0, charactersMax - 1).join('')}…` : line.join('');
}

const plain = (text: string) => withoutInvisible(text.replace(/\s+/gu, ' ')).replace(/ {2,}/g, ' ').trim();

export const mention = (userId: string) => `<@${userId}>`;
export const channelLink = (channelId: string) => `<#${channelId}>`;

export const MOMENT_FORMAT = '{date_short_pretty} at {time}';

/** For readers whose Slack doesn't draw dates. */
export const inUtc = (atMs: number) => `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** A moment in the reader's own time zone; Slack fills it in, and writes a small “today” after the word before it. */
export const moment = (atMs: number, wordBefore = '') =>
  `<!date^${Math.floor(atMs / 1000)}^${wordBefore}${MOMENT_FORMAT}|${wordBefore}${inUtc(atMs)}>`;

/** What every request that ended without an image says about credits. */
export const NOTHING_MADE = 'Nothing was made or charged.';
