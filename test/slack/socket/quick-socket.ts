import { createBolt, type RunningBolt } from '../../../src/slack/bolt.ts';
import { createChannels } from '../../../src/slack/platform/channels.ts';
import { createPeople } from '../../../src/slack/platform/people.ts';
import type { Way } from '../../../src/slack/platform/receiver.ts';
import type { Bounds } from '../../../src/slack/platform/room.ts';
import type { LinkTimes } from '../../../src/slack/platform/socket/link.ts';
import { realClock } from '../../../src/start/real-clock.ts';
import { createFakeApp, type FakeApp } from '../fake-app.ts';
import { BOT_TOKEN, openQuickSlack, type QuickSlack } from '../quick-slack.ts';

export const APP_TOKEN = 'xapp-test';

export type QuickSocket = QuickSlack & { app: FakeApp; bolt: RunningBolt; close(): Promise<void> };

/** Hundredths of what the product waits. */
const QUICK: LinkTimes = { helloWithinMs: 300, pingEveryMs: 30, goodbyeMs: 20 };

type Options = { bounds?: Bounds; appToken?: string; times?: Partial<LinkTimes>; way?: Way };

/** The product's Bolt over Socket Mode, with connections to the local Slack; only the use cases are on paper. */
export async function openQuickSocket({
  bounds,
  appToken = APP_TOKEN,
  times = {},
  way,
}: Options = {}): Promise<QuickSocket> {
  const here = await openQuickSlack({ appToken: APP_TOKEN, rateLimits: 'off', clock: Date.now, ackDueMs: 1_500 });
  const { slack, client, log } = here;
  const app = createFakeApp();
  const people = createPeople({ client, teamId: 'T0JUNIPER', clock: realClock });
  const bolt = createBolt({
    mode: 'socket',
    appToken,
    times: { ...QUICK, ...times },
    botToken: BOT_TOKEN,
    botUserId: 'U0INKWELL',
    botId: 'B0INKWELL',
    apiUrl: slack.apiUrl,
    app,
    people,
    channels: createChannels({ client, people, clock: realClock, log }),
    clock: realClock,
    log,
    newReference: () => 'REF-1',
    ...(way ? { way } : {}),
    ...(bounds ? { bounds } : {}),
  });
  return {
    ...here,
    app,
    bolt,
    close: async () => {
      await bolt.stop();
      await slack.close();
    },
  };
}
