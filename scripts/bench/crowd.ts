import type { AppContext } from '../../src/app/context.ts';
import { showCredits } from '../../src/app/home/show-credits.ts';
import { showHome } from '../../src/app/home/show-home.ts';
import { declinedNote } from '../../src/app/images/tell-declined.ts';
import { showPerson } from '../../src/app/people/show-person.ts';
import { syncMember } from '../../src/app/people/sync-member.ts';
import { Book } from '../../src/book/book.ts';
import { rateCardAt } from '../../src/images/rate-card.ts';
import { type CommandBody, INKWELL } from '../../src/ledger/commands/commands.ts';
import { addressIn } from '../../src/ports/reply-address.ts';
import { creditsMessage } from '../../src/slack/credits/credits.ts';
import { realClock } from '../../src/start/real-clock.ts';
import { createMemoryJournal } from '../../src/storage/journal/memory.ts';
import { createMemoryRecords } from '../../src/storage/records/memory.ts';
import { quantile, timed } from './report.ts';
import { imageCommands, openingCommands, WORKSPACE } from './workload.ts';

const JOINING_AT_ONCE = 5_000;
const MANAGERS = ['U1', 'U2', 'U3'];
const [OWNER, CREATOR, ASKER, CHANNEL] = ['U0', 'U7', 'U8', 'C7'];
/** With a limit that asks. */
const ASKING_CHANNEL = 'C8';
const PLACE = { channelId: CHANNEL, threadId: null };
/** Made before anybody looks. */
const IMAGES = 200;
/** Looks that warm up. */
const FIRST = 50;

export const LOOKS = [
  'a refusal',
  '/credits',
  'Home',
  'Home of an owner',
  'People of an owner',
  'People of a manager',
  '/credits of an owner',
  'a person',
  'a request for approval',
  'a first sight',
] as const;
export type LookName = (typeof LOOKS)[number];

/** Milliseconds of what people ask for, by the number of members: the median of looks that take turns. */
export async function crowds(
  sizes: readonly CrowdSize[],
  { looksCount }: { looksCount: number },
): Promise<Record<LookName, number>[]> {
  const worlds: AppContext[] = [];
  for (const size of sizes) worlds.push(await crowd(size));
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

async function look(world: AppContext, name: LookName, n: number): Promise<unknown> {
  switch (name) {
    case 'a refusal':
      return await refused(world, n);
    case '/credits':
      return await showCredits(world, { by: CREATOR, place: PLACE, from: 'channel' });
    case 'Home':
      return await showHome(world, { by: CREATOR, overview: true });
    case 'Home of an owner':
      return await showHome(world, { by: OWNER, overview: true });
    case 'People of an owner':
      return await showHome(world, { by: OWNER, people: { find: '', filter: 'all', page: 2 } });
    case 'People of a manager':
      return await showHome(world, { by: 'U1', people: { find: '', filter: 'all', page: 0 } });
    case '/credits of an owner':
      return creditsMessage(await showCredits(world, { by: OWNER, place: PLACE, from: 'channel' }));
    case 'a person':
      return await showPerson(world, { by: OWNER, memberId: ASKER });
    case 'a request for approval':
      return await asked(world, n);
    case 'a first sight':
      await syncMember(world, `UNEW${n}`);
      return await showCredits(world, { by: `UNEW${n}`, place: PLACE, from: 'channel' });
  }
}

/** More than the limit, for a person that managers and owners can help. */
async function refused(world: AppContext, n: number): Promise<void> {
  const { command } = imageCommands(n * 40 + 7).hold;
  const answer = await world.book.submit({ ...command, eachCredits: 900_000, imagesCount: 4 } as typeof command);
  if (answer.ok) throw new Error('held more than the limit');
  if (answer.refusal.reason !== 'limit_exceeded') throw new Error(`refused for ${answer.refusal.reason}`);
  const asked = { memberId: CREATOR, place: PLACE, replyTo: addressIn(CHANNEL) };
  await declinedNote(world, asked, { refusal: answer.refusal, prompt: null });
}

/** Asks, and withdraws: so that as many stay open as there were. */
async function asked(world: AppContext, n: number): Promise<void> {
  const commandId = `ask-${n}`;
  const { command } = imageCommands(n * 40 + 8).hold;
  const answer = await world.book.submit({
    ...command,
    commandId,
    by: ASKER,
    channelId: ASKING_CHANNEL,
  } as typeof command);
  if (answer.line?.kind !== 'asked') throw new Error(`not asked for: ${answer.line?.kind}`);
  const withdrawn = await world.book.submit({
    commandId: `${commandId}/back`,
    by: ASKER,
    kind: 'withdraw',
    requestId: commandId,
  });
  if (!withdrawn.ok) throw new Error('not withdrawn');
}

/** `requestsCount`: open requests, each by another person while there are enough people. */
export type CrowdSize = { membersCount: number; clientsCount: number; requestsCount: number };

async function crowd({ membersCount, clientsCount, requestsCount }: CrowdSize): Promise<AppContext> {
  const book = await Book.open({ journal: createMemoryJournal(), clock: realClock, workspace: WORKSPACE });
  for (const { command } of openingCommands()) await book.submit(command);
  let ids = 0;
  const submit = (wish: CommandBody) => book.submit({ commandId: `crowd-${++ids}`, by: INKWELL, ...wish });
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
  await submit({ kind: 'create_team', teamId: 'design', name: 'Design' });
  for (let n = 4; n < 40; n += 1) await submit({ kind: 'set_teams', memberId: `U${n}`, teamIds: ['design'] });
  const managed = { clientIds: ['client-0', 'client-7'], teamIds: ['design'] };
  await submit({ kind: 'set_manages', memberId: 'U1', ...managed });
  const asking = { window: 'month', limitCredits: 1, over: 'ask', rollOverMaxCredits: null } as const;
  await submit({ kind: 'set_limit', account: 'client:client-8', ...asking });
  for (let n = book.now().clients.size; n < clientsCount; n += 1) {
    const clientId = `crowd-${(n * 7_919) % 10_007}`;
    await submit({ kind: 'create_client', clientId, name: `Crowd ${clientId}` });
    await submit({ kind: 'bind_channel', channelId: `CCROWD${n}`, clientId, ifUnbound: false });
    await submit({ kind: 'set_limit', account: `client:${clientId}`, ...limit });
    await submit({
      kind: 'create_project',
      projectId: `project-${n}`,
      clientId,
      name: 'Launch',
      dueAt: null,
      stage: 'concept',
    });
  }
  for (let n = 0; n < IMAGES; n += 1) {
    const { hold, capture } = imageCommands(n);
    await book.submit({ ...hold.command, commandId: `image-${n}` } as typeof hold.command);
    await book.submit({
      ...capture.command,
      commandId: `image-${n}/end`,
      holdId: `image-${n}/1`,
    } as typeof capture.command);
  }
  for (let n = 0; n < requestsCount; n += 1) {
    const { command } = imageCommands(n).hold;
    const by = `UASK${n}`;
    await submit({ kind: 'add_member', memberId: by, role: 'creator' });
    const ask = { ...command, commandId: `waits-${n}`, by, channelId: ASKING_CHANNEL } as typeof command;
    const { line } = await book.submit(ask);
    if (line?.kind !== 'asked') throw new Error(`not asked for: ${line?.kind}`);
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
    channels: { has: async () => true, audience: async () => 'internal', forget: () => {} },
    providers: { images: null, names: new Set(['sketch']) },
    rateCard: () => rateCardAt(realClock.now()),
    log: { info: () => {}, warn: () => {}, error: () => {} },
  } as unknown as AppContext;
}
