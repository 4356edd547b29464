import { cutMessageLink } from '../imagine/message-link.ts';
import { withoutQuotes } from '../imagine/options.ts';
import { cleanPrompt } from '../imagine/typed-text.ts';
import type { ReplyTo } from '../kit/sender.ts';
import { sameChannel } from '../platform/channels.ts';
import { deliveryId } from '../platform/delivery.ts';
import type { Deps } from '../platform/deps.ts';
import { refusalMessage } from '../refusals/refusal.ts';
import { boundMessage, otherChannelMessage, projectsMessage } from './credits-project.ts';

/** What follows `project`; null where something else was typed. */
export function projectTyped(typed: string): string | null {
  const found = /^projects?(?:\s+(.*))?$/is.exec(cleanPrompt(typed));
  return found ? (found[1] ?? '').trim() : null;
}

/** Shows what a channel is bound to, or binds it; with the link of a message its thread. `none` unbinds. */
export async function creditsProject(
  { app, tell, channels }: Deps,
  { replyTo, body, typed }: { replyTo: ReplyTo; body: unknown; typed: string },
): Promise<void> {
  const { link, rest: named } = cutMessageLink(typed);
  const { memberId: by, channelId } = replyTo;
  const isHere = link === null || (channelId !== null && sameChannel(channels)(link.channelId, channelId));
  if (!isHere) return void (await tell(replyTo, otherChannelMessage()));
  const threadId = link?.threadTs ?? replyTo.threadTs;
  const place = threadId === null ? 'channel' : 'thread';
  if (named === '' || channelId === null || channelId.startsWith('D')) {
    const view = await app.showProjects({ by, channelId, threadId, typed: null, from: 'channel' });
    return void (await tell(replyTo, projectsMessage(view, place)));
  }
  const meant = withoutQuotes(named).trim();
  const project = meant.toLowerCase() === 'none' ? null : meant;
  const bound = await app.bindProject({ deliveryId: deliveryId(body), by, channelId, threadId, project });
  const audience = await channels.audience(channelId, by);
  if (bound.ok || !('refusal' in bound)) return void (await tell(replyTo, boundMessage({ audience, place }, bound)));
  await tell(replyTo, refusalMessage(bound.refusal, { readerId: by, audience, clientName: null, helpers: [] }));
}
