import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { KeptImage } from '../../app/digest/client-digest-view.ts';
import type { Card, PrivateMessage } from '../../app/messenger.ts';
import type { Clock } from '../../ports/ports.ts';
import type { MessagePlace } from '../../storage/records/job-step.ts';
import { CARDS_MAX } from '../kit/newer-blocks.ts';
import { type Attempted, callSlack, REPEATABLE } from './call-slack.ts';
import { isOurFault } from './refusals.ts';

type Parts = { client: WebClient; clock: Clock; now: (place: MessagePlace) => MessagePlace };

export type WithLinks = (card: Card) => Promise<Attempted<Card>>;
export type WithLink = (note: PrivateMessage) => Promise<PrivateMessage>;

const linked = z.object({ permalink: z.url() });

/** Asks Slack for the address of each image's message. One whose message is gone has none, and another is shown instead. */
export function createWithLinks(parts: Parts): WithLinks {
  return async (card) => {
    if (card.kind !== 'client_digest') return { ok: true, value: card };
    const kept: KeptImage[] = [];
    const known = new Map<string, string | null>();
    for (const image of card.kept) {
      if (kept.length === CARDS_MAX) break;
      const key = `${image.place.channelId} ${image.place.ts}`;
      const found = known.has(key) ? { ok: true as const, value: known.get(key) ?? null } : await linkTo(parts, image);
      if (!found.ok) return found;
      known.set(key, found.value);
      if (found.value !== null) kept.push({ ...image, url: found.value });
    }
    return { ok: true, value: { ...card, kept } };
  };
}

/** Adds the address of the message that holds the images. Without Slack's answer the note goes without it. */
export function createWithLink(parts: Parts): WithLink {
  return async (note) => {
    if (note.kind !== 'images_ended' || note.job.messagePlace === null) return note;
    const found = await linkTo(parts, { place: note.job.messagePlace });
    return { ...note, url: found.ok ? found.value : null };
  };
}

async function linkTo(
  { client, clock, now }: Parts,
  { place }: Pick<KeptImage, 'place'>,
): Promise<Attempted<string | null>> {
  const { channelId: channel, ts } = now(place);
  const answer = await callSlack(clock, () => client.chat.getPermalink({ channel, message_ts: ts }), REPEATABLE);
  if (answer.ok) return { ok: true, value: linked.safeParse(answer.value).data?.permalink ?? null };
  const { kind, code } = answer.failure;
  return kind === 'refused' && !isOurFault(code) ? { ok: true, value: null } : answer;
}
