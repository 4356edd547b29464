import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Clock } from '../../ports/ports.ts';
import { type Attempted, callSlack, REPEATABLE } from './call-slack.ts';

/** The channel of a person's direct messages with the app. */
export type DirectMessages = { open(memberId: string): Promise<Attempted<string>> };

const REMEMBERED_MAX = 1_000;
const opened = z.object({ channel: z.object({ id: z.string() }) });

export function createDirectMessages(client: WebClient, clock: Clock): DirectMessages {
  const known = new Map<string, string>();
  return {
    async open(memberId) {
      const channelId = known.get(memberId);
      if (channelId !== undefined) return { ok: true, value: channelId };
      const answer = await callSlack(clock, () => client.conversations.open({ users: memberId }), REPEATABLE);
      if (!answer.ok) return answer;
      const { data } = opened.safeParse(answer.value);
      if (!data) return { ok: false, failure: { kind: 'lost', code: 'odd_answer' } };
      if (known.size >= REMEMBERED_MAX) known.clear();
      known.set(memberId, data.channel.id);
      return { ok: true, value: data.channel.id };
    },
  };
}
