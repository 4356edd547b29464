import type { App as Bolt } from '@slack/bolt';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { EVENTS } from '../ids.ts';
import { userId } from '../user-id.ts';

const changed = z.object({ user: z.object({ id: userId, deleted: z.boolean().optional() }) });

/** What Slack tells about people. It may come late, twice or never, so it only makes memories go sooner. */
export function registerEvents(
  bolt: Bolt,
  { people }: Pick<Deps, 'people'>,
  onDeactivated: (userId: string) => Promise<void> = async () => {},
): void {
  bolt.event(EVENTS.userChanged, async ({ event }) => {
    const { user } = changed.parse(event);
    people.forget(user.id);
    if (user.deleted) await onDeactivated(user.id);
  });
}
