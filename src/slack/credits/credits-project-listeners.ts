import { privateAudience } from '../../ports/reply-address.ts';
import { cutMessageLink } from '../imagine/message-link.ts';
import { withoutQuotes } from '../imagine/options.ts';
import { cleanPrompt } from '../imagine/typed-text.ts';
import { placeOf, type Sender } from '../kit/sender.ts';
import { DASH } from '../kit/typed-figures.ts';
import { sameChannel } from '../platform/channels.ts';
import { deliveryId } from '../platform/delivery.ts';
import type { Deps } from '../platform/deps.ts';
import { refusalMessage } from '../refusals/refusal.ts';
import { boundMessage, otherChannelMessage, projectsMessage, threadMessage } from './credits-project.ts';

/** What follows `project`; null where something else was typed. */
export function projectTyped(typed: string): string | null {
  const found = /^projects?(?:\s+(.*))?$/is.exec(cleanPrompt(typed));
  return found ? (found[1] ?? '').trim() : null;
}

/** As in `/imagine`; the link alone says the same. */
const THREAD = new RegExp(`(?:^|\\s)(?:${DASH}{2,3}|[—–―])thread(?=[\\s=:]|$)[\\s=:]*`, 'iu');

/** Shows what a channel is bound to, or binds it; with the link of a message its thread. `none` unbinds. */
export async function creditsProject(
  { app, tell, channels }: Deps,
  { sender, body, typed }: { sender: Sender; body: unknown; typed: string },
): Promise<void> {
  const { link, rest } = cutMessageLink(typed);
  const named = rest.replace(THREAD, ' ').trim();
  if (link === null && named !== rest) return void (await tell(sender, threadMessage()));
  const { memberId: by, channelId } = sender;
  const isHere = link === null || (channelId !== null && sameChannel(channels)(link.channelId, channelId));
  if (!isHere) return void (await tell(sender, otherChannelMessage()));
  const place = placeOf({ channelId, threadTs: link?.threadTs ?? sender.threadTs });
  const of = place === null || place.threadId === null ? 'channel' : 'thread';
  if (named === '' || place === null || place.channelId.startsWith('D')) {
    const view = await app.showProjects({ by, place, typed: null, from: 'channel' });
    return void (await tell(sender, projectsMessage(view, of)));
  }
  const meant = withoutQuotes(named).trim();
  const project = meant.toLowerCase() === 'none' ? null : meant;
  const bound = await app.bindProject({ deliveryId: deliveryId(body), by, place, project });
  const audience = await privateAudience(channels, channelId, by);
  if (bound.ok || !('refusal' in bound)) return void (await tell(sender, boundMessage({ audience, place: of }, bound)));
  await tell(sender, refusalMessage(bound.refusal, { readerId: by, audience, clientName: null, helpers: [] }));
}
