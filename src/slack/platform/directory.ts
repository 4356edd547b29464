import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { type Clock, PeopleFault } from '../../ports/ports.ts';
import { callSlack, type Tries } from '../messenger/call-slack.ts';

/** Roles may change without an event that reaches us: a list of this age is asked for again. */
const KEPT_MS = 5 * 60_000;
/** From this age on a list that is used is renewed in the background, so that people rarely wait for one. */
const RENEWED_AFTER_MS = KEPT_MS / 2;
const PEOPLE_A_PAGE = 1_000;
const PAGES_MAX = 50;
/** Slack allows about twenty pages a minute: after a 429 the time that it names is kept. */
const TRIES: Tries = { afterLost: 1, afterRateLimit: 0 };

export const slackUser = z.object({
  id: z.string(),
  team_id: z.string().optional(),
  name: z.string().optional(),
  real_name: z.string().optional(),
  tz: z.string().optional(),
  deleted: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  enterprise_user: z.object({ teams: z.array(z.string()).optional() }).optional(),
  profile: z.object({ display_name: z.string().optional(), real_name: z.string().optional() }).optional(),
});
export type SlackUser = z.infer<typeof slackUser>;

const answer = z.object({
  members: z.array(slackUser),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** Everyone in the workspace, by id, from `users.list`. */
export type Directory = {
  /** At most five minutes old, for names. Questions at the same time share one list. Throws a `PeopleFault`. */
  everyone(): Promise<ReadonlyMap<string, SlackUser>>;
  /** Someone on the list that was read last, where they have not changed since; asks nothing. */
  known(userId: string): SlackUser | null;
  /** Slack says that they changed: the lists that were begun before do not count for them. */
  forget(userId: string): void;
};

type Listing = { startedAt: number; users: ReadonlyMap<string, SlackUser> };

export function createDirectory({ client, clock }: { client: WebClient; clock: Clock }): Directory {
  let latest: Listing | null = null;
  let underWay: Promise<Listing> | null = null;
  let notBeforeAt = 0;
  /** People whose facts may be old even in the latest list. */
  const changedSince = new Set<string>();
  const changedMeanwhile = new Set<string>();

  const read = async (): Promise<Listing> => {
    const startedAt = clock.now();
    if (startedAt < notBeforeAt) throw new PeopleFault('users.list: ratelimited');
    const users = new Map<string, SlackUser>();
    for await (const page of pages({ client, clock }, (retryAfterMs) => {
      notBeforeAt = clock.now() + retryAfterMs;
    })) {
      for (const each of page) users.set(each.id, each);
    }
    return { startedAt, users };
  };

  const renew = (): Promise<Listing> => {
    if (underWay) return underWay;
    changedMeanwhile.clear();
    underWay = read()
      .then((listing) => {
        latest = listing;
        changedSince.clear();
        for (const userId of changedMeanwhile) changedSince.add(userId);
        return listing;
      })
      .finally(() => {
        underWay = null;
      });
    return underWay;
  };

  /** A list that cannot be renewed is used until it is too old; only then does someone hear of it. */
  const fresh = (): Listing | null => {
    const ageMs = latest === null ? Number.POSITIVE_INFINITY : clock.now() - latest.startedAt;
    if (ageMs >= KEPT_MS) return null;
    if (ageMs >= RENEWED_AFTER_MS) renew().catch(() => undefined);
    return latest;
  };

  return {
    everyone: async () => (fresh() ?? (await renew())).users,
    known: (userId) => (changedSince.has(userId) ? null : (fresh()?.users.get(userId) ?? null)),
    forget(userId) {
      changedSince.add(userId);
      changedMeanwhile.add(userId);
    },
  };
}

async function* pages(
  { client, clock }: { client: WebClient; clock: Clock },
  rateLimited: (retryAfterMs: number) => void,
): AsyncGenerator<SlackUser[]> {
  let cursor = '';
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const query = { limit: PEOPLE_A_PAGE, ...(cursor === '' ? {} : { cursor }) };
    const asked = await callSlack(clock, () => client.users.list(query), TRIES);
    if (!asked.ok) {
      if (asked.failure.kind === 'rate_limited') rateLimited(asked.failure.retryAfterMs);
      throw new PeopleFault(`users.list: ${asked.failure.code}`);
    }
    const { data, error } = answer.safeParse(asked.value);
    if (!data) throw new PeopleFault('users.list: odd_answer', { cause: error });
    yield data.members;
    cursor = data.response_metadata?.next_cursor ?? '';
    if (cursor === '') return;
  }
}
