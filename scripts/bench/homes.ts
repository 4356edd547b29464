import { tendAlerts } from '../../src/app/alerts/tend-alerts.ts';
import type { AppContext } from '../../src/app/context.ts';
import { showHome } from '../../src/app/home/show-home.ts';
import { Book } from '../../src/book/book.ts';
import { rateCardAt } from '../../src/images/rate-card.ts';
import { type CommandBody, INKWELL } from '../../src/ledger/commands/commands.ts';
import { home } from '../../src/slack/home/home.ts';
import { FIRST_PAGES } from '../../src/slack/kit/home-metadata.ts';
import { createMemoryJournal } from '../../src/storage/journal/memory.ts';
import { createMemoryRecords } from '../../src/storage/records/memory.ts';
import { atMost, cpuTimed, median, report } from './report.ts';
import { WORKSPACE } from './workload.ts';

const CLIENTS = 50;
const PEOPLE = 1_000;
const DAYS = 28;
const DAY_MS = 86_400_000;
const BEGUN_AT = Date.UTC(2026, 10, 1, 9);
const ROUNDS = 30;
const READERS = { owner: 'U0', manager: 'U1', creator: 'U2' } as const;
type Reader = keyof typeof READERS;

/** Home is drawn after each click: it must not cost more where more was made. `--home` for this alone. */
export async function onHomes({ imagesADayCount }: { imagesADayCount: number }): Promise<void> {
  const few = await homeCost({ imagesADay: imagesADayCount / 10 });
  const many = await homeCost({ imagesADay: imagesADayCount });
  const of = `50 clients, 1,000 people, ${imagesADayCount.toLocaleString('en-US')} images a day`;
  for (const reader of ['owner', 'manager', 'creator'] as const) {
    const [one, other] = [few[reader], many[reader]];
    report({ name: `Home of the ${reader}, ${of}, first of a day`, unit: 'ms CPU', ...atMost(other.firstMs, 300) });
    report({
      name: `Home of the ${reader}, drawn again after an image`,
      unit: 'ms CPU',
      ...atMost(other.againMs, 300),
    });
    report({ name: 'the same ÷ at a tenth of the images', unit: 'ratio', ...atMost(other.againMs / one.againMs, 2) });
  }
}

type HomeCost = Record<Reader, { firstMs: number; againMs: number }>;

/**
 * Milliseconds of CPU to gather and draw Home: the first time on a day, and once more after each new image, as a busy
 * agency’s are.
 */
async function homeCost({ imagesADay }: { imagesADay: number }): Promise<HomeCost> {
  const { world, image } = await agency(imagesADay);
  const cost = async (by: string) => {
    const draw = async () => {
      const view = await showHome(world, { by, overview: true });
      return home(view, { notices: [], pages: FIRST_PAGES, pictures: true });
    };
    const firstMs = await cpuTimed(draw);
    await tendAlerts(world);
    const again: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await image(round);
      again.push(await cpuTimed(draw));
    }
    return { firstMs, againMs: median(again) };
  };
  const { owner, manager, creator } = READERS;
  return { owner: await cost(owner), manager: await cost(manager), creator: await cost(creator) };
}

async function agency(imagesADay: number) {
  let at = BEGUN_AT;
  const clock = { now: () => at, after: () => () => {}, sleep: async () => {} };
  const book = await Book.open({ journal: createMemoryJournal(), clock, workspace: WORKSPACE });
  let ids = 0;
  const submit = async (by: string, wish: CommandBody): Promise<string> => {
    const commandId = `given-${++ids}`;
    const answer = await book.submit({ commandId, by, ...wish });
    if (!answer.ok) throw new Error(`${wish.kind}: ${JSON.stringify(answer.refusal)}`);
    return commandId;
  };
  for (const wish of opening()) await submit(INKWELL, wish);
  const image = async (n: number) => {
    const holdId = await submit(`U${n % PEOPLE}`, holdOf(n));
    await submit(INKWELL, { kind: 'capture', holdId: `${holdId}/1`, capturedCredits: 3 + (n % 9), costMicroUsd: 9 });
  };
  for (let day = 0; day < DAYS; day += 1) {
    at = BEGUN_AT + day * DAY_MS;
    await Promise.all(Array.from({ length: imagesADay }, (_, n) => image(n * 7 + day)));
  }
  return { world: contextOf(book, clock), image };
}

function* opening(): Generator<CommandBody> {
  const calendar = { timeZone: 'Europe/Berlin', weekStartsOn: 1, creditValueMicroUsd: 10_000 } as const;
  const money = { markupBasisPoints: 15_000, defaultRole: 'creator' } as const;
  yield { kind: 'open_workspace', ownerId: READERS.owner, ...calendar, ...money };
  yield { kind: 'set_policy', policy: { name: 'burst', value: null } };
  const limit = { kind: 'set_limit', window: 'month', over: 'warn', rollOverMaxCredits: null } as const;
  yield { ...limit, account: 'agency', limitCredits: 400_000 };
  for (let n = 1; n < PEOPLE; n += 1) {
    yield { kind: 'add_member', memberId: `U${n}`, role: n === 1 ? 'manager' : 'creator' };
  }
  for (let n = 0; n < CLIENTS; n += 1) {
    yield { kind: 'create_client', clientId: `c${n}`, name: `Client ${n}` };
    yield { kind: 'bind_channel', channelId: `C${n}`, clientId: `c${n}`, ifUnbound: false };
    yield { ...limit, account: `client:c${n}`, limitCredits: 4_000 + 200 * n };
  }
  const clientIds = Array.from({ length: 12 }, (_, n) => `c${n}`);
  yield { kind: 'set_manages', memberId: READERS.manager, clientIds, teamIds: [] };
}

const holdOf = (n: number): CommandBody => ({
  kind: 'hold',
  imagesCount: 1,
  eachCredits: 3 + (n % 9),
  channelId: `C${(n * 13) % CLIENTS}`,
  threadTs: null,
  projectId: null,
  work: {
    model: n % 3 === 0 ? 'gpt-image-2' : 'sketch',
    size: '1024x1024',
    quality: n % 2 === 0 ? 'high' : 'medium',
    stage: 'iteration',
    rateCardId: '2026-11',
    boundMicroUsd: 211_000,
  },
  timeoutMs: 600_000,
  contentDigest: 'kTwP9rm0XyJ5dM0WZ1aYxw3uG7Hn6Qb2Lc8Vv4Ee1fA',
});

const contextOf = (book: Book, clock: { now(): number }) =>
  ({
    book,
    records: createMemoryRecords(),
    clock,
    messenger: {
      postCard: async () => ({ kind: 'posted', place: { channelId: 'D1', ts: '1.0' } }),
      redrawCard: async () => ({ kind: 'drawn' }),
    },
    people: { look: async () => null, names: async () => new Map(), forget: () => {} },
    channels: { has: async () => true, audience: async () => 'internal', forget: () => {} },
    providers: { images: null, names: new Set(['sketch']) },
    rateCard: () => rateCardAt(clock.now()),
    newId: () => 'id',
    log: { info: () => {}, warn: () => {}, error: () => {} },
  }) as unknown as AppContext;
