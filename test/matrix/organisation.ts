import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalSlack, DEMO_WORKSPACE, type LocalSlack, readManifest } from '@inkwell/local-slack';
import { PNG } from '@inkwell/local-slack/test/support.ts';
import { WebClient } from '@slack/web-api';
import { type App, createApp } from '../../src/app/app.ts';
import type { AccountId } from '../../src/ledger/accounts.ts';
import { type CommandBody, INKWELL } from '../../src/ledger/commands/commands.ts';
import type { Line } from '../../src/ledger/lines.ts';
import type { Action, Who } from '../../src/ledger/rights/actions.ts';

import type { Clock } from '../../src/ports/ports.ts';
import { createBolt } from '../../src/slack/bolt.ts';
import { createMessenger } from '../../src/slack/messenger/messenger.ts';
import { createChannels } from '../../src/slack/platform/channels.ts';
import { createPeople } from '../../src/slack/platform/people.ts';
import { webClientOptions } from '../../src/slack/platform/web-client.ts';
import { realClock } from '../../src/start/real-clock.ts';
import type { TestClock } from '../support/clock.ts';
import { createWorld, DONE, type Stores, type TestWorld } from '../support/world.ts';
import { crawl } from './crawl.ts';

/** An organisation with somebody of every kind, each knowing nothing but their own, behind the real Bolt on signed HTTP. */

const TEAM = 'T0JUNIPER';

/** Who there is, and what each of them is at best, in the words of the table of rights. */
export const ACTORS = {
  owner: { id: 'U0OWNER', is: ['owner', 'self', 'delegate_of'] },
  second_owner: { id: 'U0SECOND', is: ['owner', 'self', 'delegate_of'] },
  manager_of_client: { id: 'U0MACME', is: ['manager', 'manager_of', 'self', 'delegate_of'] },
  manager_of_other_client: { id: 'U0MNOVA', is: ['manager', 'manager_of', 'self', 'delegate_of'] },
  manager_of_team: { id: 'U0MFILM', is: ['manager', 'manager_of', 'self', 'delegate_of'] },
  manager_of_nothing: { id: 'U0MNONE', is: ['manager', 'manager_of', 'self', 'delegate_of'] },
  delegate_of_manager: { id: 'U0DELE', is: ['creator', 'self', 'delegate_of'] },
  creator: { id: 'U0CREA', is: ['creator', 'self', 'delegate_of'] },
  creator_in_team: { id: 'U0FILMER', is: ['creator', 'self', 'delegate_of'] },
  requester: { id: 'U0REQU', is: ['creator', 'self', 'delegate_of'] },
  viewer: { id: 'U0VIEW', is: ['viewer', 'self'] },
  guest: { id: 'U0GUEST', is: ['viewer', 'self'] },
  outsider: { id: 'U0OUTS', is: ['viewer', 'self'] },
  suspended: { id: 'U0SUSP', is: [] },
  removed: { id: 'U0REMO', is: [] },
  deactivated: { id: 'U0DEAC', is: [] },
} as const satisfies Record<string, { id: string; is: readonly Who[] }>;
export type ActorName = keyof typeof ACTORS;
export const ACTOR_NAMES = Object.keys(ACTORS) as ActorName[];

export const ACME_CHANNEL = 'C0ACME';
export const NOVA_CHANNEL = 'C0NOVA';
export const UNBOUND_CHANNEL = 'C0SUMMER';
/** Figures and names that nobody but those who look after Nova may ever see. */
export const NOVA_SECRETS = ['7,913', 'Nova Walrus'];
/** And the agency's own, for owners alone. */
export const AGENCY_SECRETS = ['88,471'];

export type Organisation = {
  slack: LocalSlack;
  world: TestWorld;
  url: string;
  errors: Record<string, unknown>[];
  /** What the door was asked for, and whether it opened at last. */
  doors: { by: string; right: Action; opened: boolean }[];
  idle(): Promise<void>;
  submit(by: string, ...wishes: CommandBody[]): Promise<void>;
  stop(): Promise<void>;
};

/** `onto`: stores that may hold an organisation already, and the clock of it. */
export async function openOrganisation(onto: (Stores & { clock: Clock }) | null = null): Promise<Organisation> {
  const clock = onto?.clock ?? realClock;
  const slack = createLocalSlack({
    manifest: readManifest('manifest.yml'),
    seed: seed(),
    signingSecret: 'a-signing-secret-for-tests',
    botToken: 'xoxb-matrix',
    clock: () => clock.now(),
    rateLimits: 'off',
  });
  await slack.listen();
  const client = new WebClient('xoxb-matrix', webClientOptions(slack.apiUrl));
  const errors: Record<string, unknown>[] = [];
  const log = { info: () => {}, warn: () => {}, error: (facts: Record<string, unknown>) => void errors.push(facts) };
  const doors: Organisation['doors'] = [];
  // The book’s own clock stands still where there is none of an organisation.
  const base = await createWorld(onto ? { ...onto, clock: onto.clock as TestClock } : {});
  if (onto) base.newId = randomUUID;
  // A whole picture: Slack takes its time for one that it cannot draw.
  base.providers.images = { make: async () => ({ ...DONE, bytes: new Uint8Array(PNG) }) };
  const people = createPeople({ client, teamId: TEAM, clock });
  const world = Object.assign(base, {
    clock,
    log,
    messenger: createMessenger({ client, clock, log, paceMs: 0 }),
    people,
  }) as unknown as TestWorld;
  Object.assign(world, { channels: createChannels({ client, clock, people, log }) });
  const { userId: botUserId, botId } = DEMO_WORKSPACE.workspace.bot;
  const bolt = createBolt({
    mode: 'http',
    signingSecret: 'a-signing-secret-for-tests',
    apiUrl: slack.apiUrl,
    botToken: 'xoxb-matrix',
    botUserId,
    botId,
    app: watched(createApp(world), doors),
    people: world.people,
    channels: world.channels,
    clock,
    wallClock: realClock.now,
    log,
    newReference: () => 'REF-1',
  });
  const server = createServer(bolt.requestListener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  slack.deliverTo(url);

  let commands = 0;
  const submit: Organisation['submit'] = async (by, ...wishes) => {
    for (const wish of wishes) {
      const answer = await world.book.submit({ commandId: `given-${++commands}`, by, ...wish });
      if (!answer.ok) throw new Error(`${wish.kind}: ${JSON.stringify(answer.refusal)}`);
    }
  };
  if (world.book.now().seq === 0) await found(submit);
  return {
    slack,
    world,
    url,
    errors,
    doors,
    submit,
    idle: () => bolt.idle(),
    stop: async () => {
      await bolt.stop();
      await slack.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * Things to click on: an image, requests that wait for an approval, and the question whose a channel is. Then everybody of
 * some power goes through all they are shown.
 */
export async function liveThrough(org: Organisation): Promise<void> {
  const { slack, idle } = org;
  const channels = [ACME_CHANNEL, UNBOUND_CHANNEL];
  for (const [name, text, channelId] of [
    ['creator', 'a zebra', ACME_CHANNEL],
    ['requester', 'ten zebras --n 10', ACME_CHANNEL],
    // Their team’s manager is there, and is asked directly.
    ['creator_in_team', 'ten lions --n 10', ACME_CHANNEL],
    ['creator', 'a walrus', UNBOUND_CHANNEL],
  ] as const) {
    await slack.as(ACTORS[name].id).command('/imagine', text, { channelId });
    await idle();
  }
  const crawlers: ActorName[] = [
    'owner',
    'manager_of_client',
    'manager_of_other_client',
    'manager_of_team',
    'creator',
    'requester',
  ];
  for (const name of crawlers) await crawl(org, ACTORS[name].id, channels);
}

/** The real use cases; what the door asks of them is written down on the way. */
function watched(app: App, doors: Organisation['doors']): App {
  return {
    ...app,
    refusedAtDoor(at) {
      const refusal = app.refusedAtDoor(at);
      doors.push({ ...at, opened: refusal === null });
      return refusal;
    },
    async refusedAtDoorAfterReading(at) {
      const refusal = await app.refusedAtDoorAfterReading(at);
      doors.push({ ...at, opened: refusal === null });
      return refusal;
    },
  };
}

/** Every line after one, in order. */
export async function linesSince({ world }: Organisation, afterSeq: number): Promise<Line[]> {
  await world.book.read();
  const { workspace } = world.book;
  return await world.journal.read({ workspace, afterSeq, linesMax: 1_000_000 });
}

const limit = (account: AccountId, limitCredits: number, over: 'refuse' | 'ask' = 'refuse'): CommandBody => ({
  kind: 'set_limit',
  account,
  window: 'month',
  limitCredits,
  over,
  rollOverMaxCredits: null,
});

async function found(submit: Organisation['submit']): Promise<void> {
  const { owner, second_owner: second, manager_of_client: macme, manager_of_other_client: mnova } = ACTORS;
  const { manager_of_team: mfilm, manager_of_nothing: mnone, delegate_of_manager: delegate } = ACTORS;
  const add = (id: string, role: 'manager' | 'creator' | 'viewer' | 'owner'): CommandBody => ({
    kind: 'add_member',
    memberId: id,
    role,
  });
  await submit(INKWELL, {
    kind: 'open_workspace',
    ownerId: owner.id,
    timeZone: 'Europe/London',
    weekStartsOn: 1,
    creditValueMicroUsd: 10_000,
    markupBasisPoints: 10_000,
    defaultRole: 'creator',
  });
  await submit(
    INKWELL,
    add(second.id, 'owner'),
    ...[macme, mnova, mfilm, mnone].map(({ id }) => add(id, 'manager')),
    ...['delegate_of_manager', 'creator', 'creator_in_team', 'requester', 'suspended', 'removed', 'deactivated'].map(
      (name) => add(ACTORS[name as ActorName].id, 'creator'),
    ),
    ...['viewer', 'guest', 'outsider'].map((name) => add(ACTORS[name as ActorName].id, 'viewer')),
  );
  await submit(
    owner.id,
    { kind: 'create_client', clientId: 'acme', name: 'Acme Zebra' },
    { kind: 'create_client', clientId: 'nova', name: 'Nova Walrus' },
    { kind: 'bind_channel', channelId: ACME_CHANNEL, clientId: 'acme', ifUnbound: true },
    { kind: 'bind_channel', channelId: NOVA_CHANNEL, clientId: 'nova', ifUnbound: true },
    { kind: 'create_team', teamId: 'film', name: 'Film' },
    ...['creator_in_team', 'requester'].map(
      (name): CommandBody => ({ kind: 'set_teams', memberId: ACTORS[name as ActorName].id, teamIds: ['film'] }),
    ),
    { kind: 'set_manages', memberId: macme.id, clientIds: ['acme'], teamIds: [] },
    { kind: 'set_manages', memberId: mnova.id, clientIds: ['nova'], teamIds: [] },
    { kind: 'set_manages', memberId: mfilm.id, clientIds: [], teamIds: ['film'] },
    limit('agency', 88_471),
    limit('client:nova', 7_913),
    limit('client:acme', 20, 'ask'),
    limit(`member:${ACTORS.creator_in_team.id}`, 1, 'ask'),
    {
      kind: 'create_project',
      projectId: 'p-acme',
      clientId: 'acme',
      name: 'Zebra crossing',
      dueAt: null,
      stage: 'concept',
    },
    { kind: 'create_project', projectId: 'p-nova', clientId: 'nova', name: 'Tusks', dueAt: null, stage: 'concept' },
    { kind: 'suspend_member', memberId: ACTORS.suspended.id, reason: '' },
    { kind: 'remove_member', memberId: ACTORS.removed.id, reason: '' },
    { kind: 'remove_member', memberId: ACTORS.deactivated.id, reason: '' },
  );
  await submit(macme.id, { kind: 'set_delegate', toId: delegate.id, untilAt: Date.now() + 30 * 86_400_000 });
}

function seed(): typeof DEMO_WORKSPACE {
  const bot = DEMO_WORKSPACE.people.find(({ kind }) => kind === 'bot');
  if (!bot) throw new Error('the seed has no bot');
  const everybody = ACTOR_NAMES.map((name) => ({
    ...bot,
    userId: ACTORS[name].id,
    teamId: name === 'outsider' ? 'T0OTHER' : TEAM,
    handle: name,
    realName: name.replaceAll('_', ' '),
    displayName: name.replaceAll('_', ' '),
    kind: name === 'outsider' ? ('outsider' as const) : name === 'guest' ? ('guest' as const) : ('member' as const),
    deactivated: name === 'deactivated',
  }));
  const inside = everybody.filter(({ kind }) => kind === 'member').map(({ userId }) => userId);
  const channel = (channelId: string, memberIds: string[], isShared = false) => ({
    channelId,
    name: channelId.slice(2).toLowerCase(),
    kind: 'public' as const,
    topic: '',
    isShared,
    isArchived: false,
    memberIds: [...memberIds, bot.userId],
  });
  return {
    workspace: DEMO_WORKSPACE.workspace,
    people: [...everybody, bot],
    channels: [
      channel(
        ACME_CHANNEL,
        everybody.map(({ userId }) => userId),
        true,
      ),
      channel(NOVA_CHANNEL, [ACTORS.owner.id, ACTORS.manager_of_other_client.id]),
      channel(UNBOUND_CHANNEL, inside),
    ],
    messages: [],
  };
}
