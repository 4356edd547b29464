import type { WebClient } from '@slack/web-api';
import type { Announced, Card, Destination, JobView, Messenger } from '../../app/messenger.ts';
import type { Requester } from '../../app/requester.ts';
import type { Clock, Log } from '../../ports/ports.ts';
import type { MessagePlace } from '../../storage/records/job-step.ts';
import { announcement } from '../image-message/announcement.ts';
import { hasPictures, imageMessage } from '../image-message/image-message.ts';
import type { Message } from '../kit/message.ts';
import { type Sender, senderFor } from '../kit/sender.ts';
import { cardMessage, versionOf } from './card.ts';
import { createChannelRateLimit } from './channel-rate-limit.ts';
import { createDirectMessages } from './direct-messages.ts';
import { createDraw } from './draw.ts';
import { createFiles } from './files.ts';
import { createWithLink, createWithLinks } from './image-links.ts';
import { noteMessage } from './note.ts';
import { createPost, notPosted } from './post.ts';
import { createSendNewer } from './send-newer.ts';
import { createTell } from './tell.ts';

/** One message a second in a channel is what Slack asks for. */
const PACE_MS = 1_000;

type Parts = {
  client: WebClient;
  clock: Clock;
  log: Log;
  /** For the two addresses that are not of the Web API: response URLs and bytes. */
  fetch?: typeof fetch;
  paceMs?: number;
  /** The id that a channel has now: what was noted of it may carry one from before. */
  channelNow?: (channelId: string) => string;
};

/** The app's only way to write in Slack, besides forms and Home. It logs codes and places, never a word of a message. */
export function createMessenger({
  client,
  clock,
  log,
  fetch = globalThis.fetch,
  paceMs = PACE_MS,
  channelNow = (channelId) => channelId,
}: Parts): Messenger {
  const pace = createChannelRateLimit(clock, { everyMs: paceMs });
  const directMessages = createDirectMessages(client, clock);
  const sendNewer = createSendNewer({ clock, log });
  const post = createPost({ client, clock, log, pace, sendNewer });
  const draw = createDraw({ client, clock, log, pace, sendNewer });
  const files = createFiles({ client, clock, fetch });
  const tell = createTell({ client, clock, log, fetch, directMessages, sendNewer });

  const now = <Where extends { channelId: string }>(where: Where): Where => ({
    ...where,
    channelId: channelNow(where.channelId),
  });

  const addressed = (to: Requester): Sender => {
    const sender = senderFor(to);
    return { ...sender, channelId: sender.channelId && channelNow(sender.channelId) };
  };

  const withLink = createWithLink({ client, clock, now });
  const withLinks = createWithLinks({ client, clock, now });
  const postCard = async (card: Card, to: (message: Message) => Promise<Announced>): Promise<Announced> => {
    const linked = await withLinks(card);
    return linked.ok ? await to(cardMessage(linked.value)) : notPosted(linked.failure, log);
  };

  const postTo = async (memberId: string, message: Message, onceKey?: string): Promise<Announced> => {
    const opened = await directMessages.open(memberId);
    if (opened.ok) return await post({ channelId: opened.value, threadTs: null, onceKey }, message);
    return notPosted(opened.failure, log);
  };

  return {
    announce(view: JobView, to: Destination) {
      const { place, memberId, jobId } = view.job;
      const { channelId, threadId: threadTs } = place;
      const message = announcement(view, to);
      const onceKey = `images/${jobId}/${to.in}`;
      return to.in === 'channel'
        ? post(now({ channelId, threadTs, onceKey }), message)
        : postTo(memberId, message, onceKey);
    },
    redraw(view: JobView, place: MessagePlace) {
      const withoutPictures = hasPictures(view) ? imageMessage(view, { pictures: 'left_out' }) : null;
      return draw(now(place), { message: imageMessage(view), withoutPictures, version: view.job.stepsCount });
    },
    upload: ({ below = null, ...file }) => files.upload({ ...file, below: below && now(below) }),
    removeFile: (fileId) => files.remove(fileId),
    async tell(to, note, once) {
      const message = noteMessage(await withLink(note), to);
      if (!once) return await tell(addressed(to), message);
      const posted = await postTo(to.memberId, message, once.onceKey);
      return posted.kind === 'posted' ? { kind: 'delivered' } : { kind: 'failed', code: posted.code };
    },
    postCard: (memberId, card, onceKey) => postCard(card, (message) => postTo(memberId, message, onceKey)),
    postCardIn: (channelId, card, onceKey) =>
      postCard(card, (message) => post(now({ channelId, threadTs: null, onceKey }), message)),
    redrawCard: (place: MessagePlace, card: Card) =>
      draw(now(place), { message: cardMessage(card), withoutPictures: null, version: versionOf(card) }),
  };
}
