import { Book } from '../../src/app/book.ts';
import { showCredits } from '../../src/app/show-credits.ts';
import { showHome } from '../../src/app/show-home.ts';
import { declinedNote } from '../../src/app/tell-declined.ts';
import type { World } from '../../src/app/world.ts';
import { realClock } from '../../src/clock.ts';
import { rateCardAt } from '../../src/images/rate-card.ts';
import { createMemoryJournal } from '../../src/journal/memory.ts';
import { INKWELL, type Wish } from '../../src/ledger/commands.ts';
import { createMemoryRecords } from '../../src/records/memory.ts';
import { quantile, timed } from './report.ts';
import { imageCommands, openingCommands, WORKSPACE } from './workload.ts';

const JOINING_AT_ONCE = 5_000;
const MANAGERS = ['U1', 'U2', 'U3'];
const [OWNER, CREATOR, CHANNEL] = ['U0', 'U7', 'C7'];
/** Looks that warm up. */
const FIRST = 50;

export const LOOKS = [
  'a refusal',
  '/credits',
  'Home',
  'Home of an owner',
  'People of an owner',
  'a first sight',
] as const;
export type LookName = (typeof LOOKS)[number];

/** Milliseconds of what people ask for, by the number of members: the median of looks that take turns. */
export async function crowds(
  membersCounts: readonly number[],
  { looksCount }: { looksCount: number },
): Promise<Record<LookName, number>[]> {
  const worlds: World[] = [];
  for (const membersCount of membersCounts) worlds.push(await crowd(membersCount));
  const ms = worlds.map(() => Object.fromEntries(LOOKS.map((name): [string, number[]] => [name, []])));
  for (let n = 0; n < FIRST + looksCount; n += 1) {
    for (const [index, world] of worlds.entries()) {
      for (const name of LOOKS) {
        const took = await timed(() => look(world, name, n));
        if (n >= FIRST) ms[index]?.[name]?.push(took);
      }
    }
  }
  return ms.map(
    (each) =>
      Object.fromEntries(LOOKS.map((name) => [name, quantile(each[name] ?? [], 0.5)])) as Record<LookName, number>,
  );
}

async function look(world: World, name: LookName, n: number): Promise<unknown> {
  switch (name) {
    case 'a refusal':
      return await refused(world, n);
    case '/credits':
      return await showCredits(world, { by: CREATOR, channelId: CHANNEL, from: 'channel' });
    case 'Home':
      return await showHome(world, { by: CREATOR });
    case 'Home of an owner':
      return await showHome(world, { by: OWNER });
    case 'People of an owner':
      return await showHome(world, { by: OWNER, people: { find: '', filter: 'all', page: 2 } });
    case 'a first sight':
      return await showCredits(world, { by: `UNEW${n}`, channelId: CHANNEL, from: 'channel' });
  }
}

/** More than the limit, for somebody whom managers and owners can help. */
async function refused(world: World, n: number): Promise<void> {
  const { command } = imageCommands(n * 40 + 7).hold;
  const answer = await world.book.submit({ ...command, eachCredits: 900_000, imagesCount: 4 } as typeof command);
  if (answer.ok) throw new Error('held more than the limit');
  if (answer.refusal.reason !== 'limit_exceeded') throw new Error(`refused for ${answer.refusal.reason}`);
  await declinedNote(world, { channelId: CHANNEL, memberId: CREATOR }, { refusal: answer.refusal, prompt: null });
}

async function crowd(membersCount: number): Promise<World> {
  const book = await Book.open({ journal: createMemoryJournal(), clock: realClock, workspace: WORKSPACE });
  for (const { command } of openingCommands()) await book.submit(command);
  let ids = 0;
  const submit = (wish: Wish) => book.submit({ commandId: `crowd-${++ids}`, by: INKWELL, ...wish });
  const limit = { window: 'week', limitCredits: 100_000, over: 'refuse', rollOverMaxCredits: null } as const;
  await submit({ kind: 'set_limit', account: `member:${CREATOR}`, ...limit });
  for (const memberId of MANAGERS) await submit({ kind: 'set_role', memberId, role: 'manager' });
  for (let from = book.now().members.size; from < membersCount; from += JOINING_AT_ONCE) {
    const some = Math.min(JOINING_AT_ONCE, membersCount - from);
    await Promise.all(
      Array.from({ length: some }, (_, n) =>
        submit({ kind: 'add_member', memberId: `UCROWD${from + n}`, role: 'creator' }),
      ),
    );
  }
  return {
    book,
    records: createMemoryRecords(),
    clock: realClock,
    people: {
      look: async (userId: string) => ({ userId, name: userId, kind: 'member', timeZone: null }),
      names: async () => new Map(),
      forget: () => {},
    },
    channels: { has: async () => true, face: async () => 'internal', forget: () => {} },
    makers: { maker: null, providers: new Set(['sketch']) },
    rateCard: () => rateCardAt(realClock.now()),
    log: { info: () => {}, warn: () => {}, error: () => {} },
  } as unknown as World;
}
