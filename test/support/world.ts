import PQueue from 'p-queue';
import type { AppContext } from '../../src/app/context.ts';
import { createMemberRemovedSignal } from '../../src/app/people/member-removed-signal.ts';
import { Book } from '../../src/book/book.ts';
import type { ImageOutcome, ImageProvider, ImageRequest } from '../../src/images/image-provider.ts';
import type { ProviderName } from '../../src/images/providers.ts';
import { rateCardAt } from '../../src/images/rate-card.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import type { Person } from '../../src/ports/ports.ts';
import type { Journal } from '../../src/storage/journal/journal.ts';
import { createMemoryJournal } from '../../src/storage/journal/memory.ts';
import { createMemoryRecords } from '../../src/storage/records/memory.ts';
import type { Records } from '../../src/storage/records/records.ts';
import { createClock, type TestClock } from './clock.ts';
import { createPaperSlack, type PaperSlack } from './paper-slack.ts';

export const WORKSPACE = 'T1';
export const OLIVIA = 'U0OLIVIA';
export const MARCUS = 'U0MARCUS';
export const ANA = 'U0ANA';
export const BEN = 'U0BEN';
export const GINA = 'U0GINA';
export const TOM = 'U0TOM';
export const CHANNEL = 'C0NORTHWIND';
export const UNBOUND = 'C0PITCH';
export const CLIENT = 'northwind';

export type Stores = { journal: Journal; records: Records };
export type TestWorld = AppContext & {
  clock: TestClock;
  messenger: PaperSlack;
  journal: Journal;
  maker: ScriptedMaker;
};

export type ScriptedMaker = ImageProvider & {
  requests: ImageRequest[];
  answerNext(
    ...outcomes: (ImageOutcome | ((request: ImageRequest, signal: AbortSignal) => Promise<ImageOutcome>))[]
  ): void;
};

export const DONE: ImageOutcome = {
  kind: 'done',
  bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47]),
  contentType: 'image/png',
  costMicroUsd: 0,
};

export function createScriptedMaker(): ScriptedMaker {
  const script: Parameters<ScriptedMaker['answerNext']>[number][] = [];
  const requests: ImageRequest[] = [];
  return {
    requests,
    answerNext: (...outcomes) => void script.push(...outcomes),
    async make(request, { signal }) {
      requests.push(request);
      const next = script.shift() ?? DONE;
      return typeof next === 'function' ? await next(request, signal) : next;
    },
  };
}

const PEOPLE: Record<string, Person['kind']> = {
  [OLIVIA]: 'member',
  [MARCUS]: 'member',
  [ANA]: 'member',
  [BEN]: 'member',
  [GINA]: 'guest',
  [TOM]: 'outsider',
  U0BOT: 'bot',
  U0GONE: 'deactivated',
};

type Parts = Partial<Stores> & {
  clock?: TestClock;
  messenger?: PaperSlack;
  maker?: ScriptedMaker;
  processId?: string;
  providerNames?: ProviderName[];
};

/** The use cases' world on stores in memory: real book, real ledger; people, provider and Slack on paper. */
export async function createWorld(parts: Parts = {}): Promise<TestWorld> {
  const journal = parts.journal ?? createMemoryJournal();
  const records = parts.records ?? createMemoryRecords();
  const clock = parts.clock ?? createClock();
  const maker = parts.maker ?? createScriptedMaker();
  let ids = 0;
  const card = rateCardAt(clock.now());
  return {
    book: await Book.open({ journal, clock, workspace: WORKSPACE }),
    journal,
    records,
    clock,
    messenger: parts.messenger ?? createPaperSlack(),
    maker,
    providers: { images: maker, names: new Set(parts.providerNames ?? ['sketch']) },
    rateCard: () => card,
    rateCardOf: () => card,
    people: {
      look: async (userId) => {
        const kind = PEOPLE[userId];
        return kind ? { userId, name: userId.slice(2).toLowerCase(), kind, timeZone: 'Europe/London' } : null;
      },
      names: async () => new Map(Object.keys(PEOPLE).map((userId) => [userId, userId.slice(2).toLowerCase()])),
      forget: () => {},
    },
    channels: { has: async () => true, audience: async () => 'internal', forget: () => {} },
    newId: () => `id-${++ids}`,
    newReference: () => `REF-${++ids}`,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    imageQueue: new PQueue({ concurrency: 4 }),
    running: new Set(),
    memberRemoved: createMemberRemovedSignal(),
    processId: parts.processId ?? 'p1',
    settings: { imageRetentionMs: 90 * 86_400_000, straysMs: 120_000, safetyKey: 'key' },
  };
}

/** An agency with one client, its channel and a budget for it. Olivia owns it, Marcus manages, Ana creates. */
export async function openAgency(
  world: AppContext,
  { monthCredits = 100 }: { monthCredits?: number } = {},
): Promise<void> {
  const settings = {
    timeZone: 'Europe/London',
    weekStartsOn: 1,
    creditValueMicroUsd: 10_000,
    markupBasisPoints: 10_000,
    defaultRole: 'creator' as const,
  };
  const wishes: [string, CommandBody][] = [
    ['inkwell', { kind: 'open_workspace', ownerId: OLIVIA, ...settings }],
    ['inkwell', { kind: 'add_member', memberId: MARCUS, role: 'manager' }],
    [OLIVIA, { kind: 'create_client', clientId: CLIENT, name: 'Northwind Coffee' }],
    [OLIVIA, { kind: 'set_manages', memberId: MARCUS, clientIds: [CLIENT], teamIds: [] }],
    [OLIVIA, { kind: 'bind_channel', channelId: CHANNEL, clientId: CLIENT, ifUnbound: true }],
    [
      OLIVIA,
      {
        kind: 'set_limit',
        account: `client:${CLIENT}`,
        window: 'month',
        limitCredits: monthCredits,
        over: 'refuse',
        rollOverMaxCredits: null,
      },
    ],
  ];
  for (const [index, [by, wish]] of wishes.entries()) {
    const answer = await world.book.submit({ commandId: `given-${index}`, by, ...wish });
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  }
}
