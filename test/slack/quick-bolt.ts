import type { LocalSlackOptions } from '@inkwell/local-slack';
import { createHttpServer } from '../../src/http/server.ts';
import { createBolt, type RunningBolt } from '../../src/slack/bolt.ts';
import { createChannels } from '../../src/slack/platform/channels.ts';
import { createPeople } from '../../src/slack/platform/people.ts';
import type { Bounds } from '../../src/slack/platform/room.ts';
import { createFakeApp, type FakeApp } from './fake-app.ts';
import { BOT_TOKEN, openQuickSlack, type QuickSlack, SIGNING_SECRET } from './quick-slack.ts';

export type QuickBolt = QuickSlack & {
  app: FakeApp;
  bolt: RunningBolt;
  url: string;
  people: ReturnType<typeof createPeople>;
  channels: ReturnType<typeof createChannels>;
  close(): Promise<void>;
};

/** The product's Bolt on a real server, called by the local Slack over signed HTTP; only the use cases are on paper. */
export async function openQuickBolt(
  options: Partial<LocalSlackOptions> = {},
  { bounds, wallClock = Date.now }: { bounds?: Bounds; wallClock?: () => number } = {},
): Promise<QuickBolt> {
  const here = await openQuickSlack(options);
  const { slack, client, clock, log } = here;
  const app = createFakeApp();
  const people = createPeople({ client, teamId: 'T0JUNIPER', clock });
  const channels = createChannels({ client, people, clock, log });
  let references = 0;
  const bolt = createBolt({
    mode: 'http',
    signingSecret: SIGNING_SECRET,
    botToken: BOT_TOKEN,
    botUserId: 'U0INKWELL',
    botId: 'B0INKWELL',
    apiUrl: slack.apiUrl,
    app,
    people,
    channels,
    clock,
    log,
    newReference: () => `REF-${++references}`,
    wallClock,
    ...(bounds ? { bounds } : {}),
  });
  const server = createHttpServer();
  server.serve({ slack: bolt.requestListener });
  await server.listen({ host: '127.0.0.1', port: 0 });
  const url = `${server.url}/slack/events`;
  slack.deliverTo(url);
  return {
    ...here,
    app,
    bolt,
    people,
    channels,
    url,
    close: async () => {
      await bolt.stop();
      await server.close();
      await slack.close();
    },
  };
}
