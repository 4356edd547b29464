import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Clock } from '../../ports/ports.ts';
import { type Attempted, callSlack, type Tries } from '../messenger/call-slack.ts';

const answer = z.object({
  members: z.array(z.string()),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** Yields the members of a channel page by page, until the end, the caller stops, or Slack does not answer. */
export async function* memberPages(
  { client, clock }: { client: WebClient; clock: Clock },
  { channelId, limit, tries }: { channelId: string; limit: number; tries: Tries },
): AsyncGenerator<Attempted<string[]>> {
  let cursor: string | undefined;
  do {
    const query = { channel: channelId, limit, ...(cursor ? { cursor } : {}) };
    const asked = await callSlack(clock, () => client.conversations.members(query), tries);
    if (!asked.ok) return yield asked;
    const { members, response_metadata: more } = answer.parse(asked.value);
    yield { ok: true, value: members };
    cursor = more?.next_cursor;
  } while (cursor);
}
