import type { RequestListener } from 'node:http';
import { App as Bolt, HTTPReceiver } from '@slack/bolt';
import type { App } from '../../src/app/app.ts';
import type { AppContext } from '../../src/app/context.ts';
import { checkAccess } from '../../src/app/people/check-access.ts';
import { Book } from '../../src/book/book.ts';
import { createBolt } from '../../src/slack/bolt.ts';
import { slackLogger } from '../../src/slack/platform/web-client.ts';
import { realClock } from '../../src/start/real-clock.ts';
import { createMemoryJournal } from '../../src/storage/journal/memory.ts';
import { openingCommands, WORKSPACE } from './workload.ts';

export const SECRET = 'b2'.repeat(16);
/** A person of the agency, so that access is granted. */
export const MEMBER = 'U1';
const silent = { info: () => {}, warn: () => {}, error: () => {} };

export type ReceiverName = 'inkwell' | 'bare';

/** Takes Slack's deliveries: as the product does, or as a Bolt command that acks and does nothing. */
export async function receiver(name: ReceiverName): Promise<RequestListener> {
  return name === 'bare' ? bareBolt() : await inkwellBolt();
}

function bareBolt() {
  const receiver = new HTTPReceiver({ signingSecret: SECRET, endpoints: ['/slack/events'], logger: slackLogger(null) });
  const bolt = new Bolt({
    receiver,
    authorize: async () => ({ botToken: 'xoxb-1', botUserId: 'U0' }),
    logger: slackLogger(null),
    convoStore: false,
  });
  bolt.command('/imagine', async ({ ack }) => await ack());
  return receiver.requestListener;
}

/** The door looks into a real book; what comes after the request for an image is not measured. */
async function inkwellBolt() {
  const book = await Book.open({ journal: createMemoryJournal(), clock: realClock, workspace: WORKSPACE });
  for (const { command } of openingCommands()) await book.submit(command);
  const app = {
    requestImage: async () => {},
    refusedAtDoor: (at: Parameters<App['refusedAtDoor']>[0]) => checkAccess({ book } as AppContext, at),
  } as unknown as App;
  const bolt = createBolt({
    mode: 'http',
    signingSecret: SECRET,
    botToken: 'xoxb-1',
    botUserId: 'U0',
    botId: 'B0',
    apiUrl: null,
    app,
    people: { look: async () => null, names: async () => new Map(), forget: () => {} },
    channels: { has: async () => true, audience: async () => 'shared', forget: () => {} },
    clock: realClock,
    log: silent,
    newReference: () => 'REF',
  });
  return bolt.requestListener;
}
