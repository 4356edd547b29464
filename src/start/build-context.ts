import { randomBytes, randomUUID } from 'node:crypto';
import PQueue from 'p-queue';
import type { AppContext } from '../app/context.ts';
import { createMemberRemovedSignal } from '../app/people/member-removed-signal.ts';
import { noticeSlack } from '../app/troubles/notice-slack.ts';
import type { Config } from '../config.ts';
import { channelNow as channelIdNow } from '../ledger/lists/channel-ids.ts';
import type { Clock, Log } from '../ports/ports.ts';
import { createMessenger } from '../slack/messenger/messenger.ts';
import { watchStanding } from '../slack/messenger/watch-standing.ts';
import { createChannels } from '../slack/platform/channels.ts';
import { createPeople } from '../slack/platform/people.ts';
import type { Stores } from './open-stores.ts';
import type { ImageProviders } from './providers.ts';
import type { SlackConnection } from './slack-connection.ts';

const DAY_MS = 86_400_000;
/** Longer than a call to a database or to Slack is waited for, wherever it hangs. */
const STRAYS_MS = 2 * 60_000;

type Parts = { config: Config; clock: Clock; log: Log; place: SlackConnection; stores: Stores; making: ImageProviders };

/** All that the use cases work with. */
export async function buildContext({ config, clock, log, place, stores, making }: Parts): Promise<AppContext> {
  const channelNow = (channelId: string) => channelIdNow(stores.book.now(), channelId);
  const people = createPeople({ client: place.client, teamId: place.teamId, clock });
  const messenger = createMessenger({ client: place.client, clock, log, channelNow, fetch: place.network.fetch });
  const context: AppContext = {
    ...making,
    book: stores.book,
    journal: stores.journal,
    records: stores.records,
    messenger: watchStanding(messenger, (taken) => void noticeSlack(context, taken)),
    channels: createChannels({ client: place.client, people, clock, log, channelNow }),
    people,
    clock,
    log,
    newId: randomUUID,
    newReference,
    imageQueue: new PQueue({ concurrency: config.imagesAtOnce }),
    running: new Set(),
    memberRemoved: createMemberRemovedSignal(),
    processId: randomUUID(),
    settings: {
      imageRetentionMs: config.imageRetentionDays * DAY_MS,
      straysMs: STRAYS_MS,
      safetyKey: await safetyKey(stores, clock),
    },
  };
  return context;
}

/** Made once and kept with the records: the ids that a provider knows members by stay the same. */
async function safetyKey({ records, book }: Stores, clock: Clock): Promise<string> {
  const { workspace } = book;
  const mark = { workspace, key: 'safety-key' };
  await records.marks.put({ ...mark, value: randomBytes(32).toString('base64url'), at: clock.now() });
  return (await records.marks.get(mark)) ?? '';
}

/** Eight characters that cannot be misread over the phone. */
export function newReference(): string {
  const letters = [...randomBytes(8)].map((byte) => '23456789ABCDEFGHJKMNPQRSTVWXYZ'[byte % 30]);
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`;
}
