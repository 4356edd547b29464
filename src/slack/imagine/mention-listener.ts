import type { App as Bolt } from '@slack/bolt';
import { z } from 'zod';
import type { Requested } from '../../app/images/request-image.ts';
import { EVENTS } from '../kit/ids.ts';
import { inChannelOf, placeOf, requesterOf } from '../kit/sender.ts';
import type { Authorize } from '../platform/authorize.ts';
import { deliveryId, remember } from '../platform/delivery.ts';
import type { Deps } from '../platform/deps.ts';
import { readTyped } from './imagine-command.ts';
import { imagineHelp, imagineProblems, mentionHelp } from './imagine-help.ts';

/** Slack offers an event again within minutes. What asks for images is held against the records besides. */
const SEEN_MAX = 1_000;

const mention = z.object({
  text: z.string().default(''),
  bot_id: z.string().nullish(),
  subtype: z.string().nullish(),
});

/**
 * `@Inkwell a red fox` is `/imagine a red fox`, and works in threads. A mistake is told to the person alone. Slack tells of an
 * edited message under its first time: what was drawn already stays as it was asked for, and a mention that was added or mended is
 * answered like any.
 */
export function registerMention(bolt: Bolt, deps: Deps, door: Authorize): void {
  const seen = new Map<string, true>();
  bolt.event(EVENTS.mentioned, async ({ body, event, client, context: { botUserId = '' } }) => {
    const { text, bot_id: botId, subtype } = mention.parse(event);
    // What a program writes is no person's wish.
    if (botId || subtype === 'bot_message') return;
    const drawn = deliveryId(body);
    const words = `${drawn} ${text}`;
    if (seen.has(drawn) || seen.has(words)) return;
    remember(seen, words, true, SEEN_MAX);
    if (!(await door.lets({ body, client, ack: async () => undefined }, EVENTS.mentioned))) return;
    const begins = async (ask: () => Promise<Requested>) => {
      remember(seen, drawn, true, SEEN_MAX);
      const { isBegun, isDeclined } = await ask();
      if (!isBegun || isDeclined) seen.delete(drawn);
    };
    await answer(deps, { body, client, asked: afterMention(text, botUserId), begins });
  });
}

/** What follows the mention of Inkwell; null where the message begins otherwise. */
function afterMention(text: string, botUserId: string): string | null {
  const [whole, id] = /^\s*<@(\w+)(?:\|[^>]*)?>[\s,:]*/.exec(text) ?? [];
  return whole !== undefined && id === botUserId ? text.slice(whole.length) : null;
}

/** `begins`: asks for images, and remembers it unless nothing came of it. */
type Mentioned = {
  body: unknown;
  client: Parameters<typeof readTyped>[1];
  asked: string | null;
  begins: (ask: () => Promise<Requested>) => Promise<void>;
};

async function answer(deps: Deps, { body, client, asked, begins }: Mentioned): Promise<void> {
  const typedBy = inChannelOf(body);
  if (asked === null) return void (await deps.tell(typedBy, mentionHelp('within')));
  const input = await readTyped(deps, client, { ...typedBy, text: asked });
  const sender = 'thread' in input && input.thread ? { ...typedBy, threadTs: input.thread.threadTs } : typedBy;
  switch (input.kind) {
    case 'help': {
      const { models } = deps.app.offerImages({ by: sender.memberId, channelId: sender.channelId });
      return void (await deps.tell(sender, imagineHelp(models)));
    }
    case 'problems':
      return void (await deps.tell(sender, imagineProblems(input, '@Inkwell')));
    case 'modal':
      return void (await deps.tell(sender, mentionHelp('empty')));
    case 'request': {
      const asking = { requester: requesterOf(sender), place: placeOf(sender), from: 'channel' as const };
      return await begins(() =>
        deps.spend.each(body, ({ requestImage }, id) => requestImage({ deliveryId: id, ...asking, ...input.draft })),
      );
    }
  }
}
