import { rateCardAt } from '../../../src/images/rate-card.ts';
import type { RateCard } from '../../../src/images/rates/card.ts';
import type { AccountId } from '../../../src/ledger/accounts.ts';
import { type CommandBody, INKWELL } from '../../../src/ledger/commands/commands.ts';
import type { OnExceeded } from '../../../src/ledger/state.ts';
import type { Window } from '../../../src/ledger/usage/windows.ts';
import type { Person } from '../../../src/ports/ports.ts';
import type { Chance } from './chance.ts';
import { SHARED_CHANNEL } from './slack.ts';

/** The agency of the simulation: small enough for people, limits and requests to meet all the time. */
export const OWNERS = ['UOLIVIA', 'UOSCAR'] as const;
export const MANAGERS = ['UMARCUS', 'UMIRA'] as const;
export const CREATORS = ['UANA', 'UBEN', 'UCARL', 'UDORA'] as const;
/** Never seen before, a guest, one who only looks, and a bot. */
export const OTHERS = ['UNEW', 'UNORA', 'UGINA', 'UVERA', 'UBOT'] as const;
export const EVERYBODY: readonly string[] = [...OWNERS, ...MANAGERS, ...CREATORS, ...OTHERS];
export const CLIENTS = ['acme', 'nova'] as const;
export const TEAMS = ['film', 'print'] as const;
export const PROJECTS = ['spring', 'moon'] as const;
/** The last one belongs to nobody yet. */
export const CHANNELS = ['C0ACME', 'C0FILM', SHARED_CHANNEL, 'C0NOVA', 'C0PITCH'] as const;
export const APPROVALS = 'C0APPROVALS';
export const THREAD = '1764000000.000100';
export const TIME_ZONES = ['Europe/Berlin', 'America/Santiago', 'Asia/Kathmandu'] as const;

export const kindsAtFirst = (): [string, Person['kind']][] =>
  EVERYBODY.map((id) => [id, id === 'UGINA' ? 'guest' : id === 'UBOT' ? 'bot' : 'member']);

/** A short card: what is dear in it, a refusal looks up the cheapest price each time. */
export const CARD: RateCard = (() => {
  const card = rateCardAt(Date.UTC(2026, 10, 23));
  const models = card.models.filter(({ id }) => id === 'gpt-image-2.5-flare' || id === 'sketch');
  return { ...card, models: models.map((model) => ({ ...model, sizes: model.sizes.slice(0, 2) })) };
})();

/** The commands that set it up, each with whoever gives it. */
export function opening(chance: Chance): [string, CommandBody][] {
  const [owner, second] = OWNERS;
  const [marcus, mira] = MANAGERS;
  const settings = {
    timeZone: chance.pick(TIME_ZONES),
    weekStartsOn: chance.int(0, 6),
    creditValueMicroUsd: 10_000,
    markupBasisPoints: 15_000,
    defaultRole: 'creator' as const,
  };
  const added: [string, CommandBody][] = [
    [second, 'owner'] as const,
    [marcus, 'manager'] as const,
    [mira, 'manager'] as const,
    ...CREATORS.map((id) => [id, 'creator'] as const),
    ['UVERA', 'viewer'] as const,
  ].map(([memberId, role]) => [INKWELL, { kind: 'add_member', memberId, role }]);
  return [
    [INKWELL, { kind: 'open_workspace', ownerId: owner, ...settings }],
    [owner, { kind: 'set_policy', policy: { name: 'escalateAfterMs', value: chance.int(1, 3) * 60_000 } }],
    [owner, { kind: 'set_policy', policy: { name: 'lapseAfterMs', value: chance.int(3, 9) * 60_000 } }],
    ...added,
    ...CLIENTS.map((clientId): [string, CommandBody] => [owner, { kind: 'create_client', clientId, name: clientId }]),
    ...TEAMS.map((teamId): [string, CommandBody] => [owner, { kind: 'create_team', teamId, name: teamId }]),
    [owner, { kind: 'set_manages', memberId: marcus, clientIds: ['acme'], teamIds: [] }],
    [owner, { kind: 'set_manages', memberId: mira, clientIds: ['nova'], teamIds: ['film'] }],
    [owner, { kind: 'set_teams', memberId: 'UANA', teamIds: ['film'] }],
    [owner, { kind: 'set_teams', memberId: 'UBEN', teamIds: ['film', 'print'] }],
    ...CHANNELS.slice(0, 4).map((channelId): [string, CommandBody] => {
      const clientId = channelId === 'C0NOVA' ? 'nova' : 'acme';
      return [owner, { kind: 'bind_channel', channelId, clientId, ifUnbound: true }];
    }),
    ...(chance.is(0.5)
      ? [[owner, { kind: 'set_approvals_channel', clientId: 'acme', channelId: APPROVALS }] as [string, CommandBody]]
      : []),
    ...PROJECTS.map((projectId): [string, CommandBody] => {
      const clientId = projectId === 'moon' ? 'nova' : 'acme';
      return [owner, { kind: 'create_project', projectId, clientId, name: projectId, dueAt: null, stage: 'concept' }];
    }),
    [owner, { kind: 'bind_project', channelId: 'C0FILM', threadTs: null, projectId: 'spring' }],
    [owner, { kind: 'bind_project', channelId: 'C0NOVA', threadTs: THREAD, projectId: 'moon' }],
    ...limitsAtFirst(chance).map((wish): [string, CommandBody] => [owner, wish]),
  ];
}

const LIMITED: readonly [AccountId, Window, least: number, most: number][] = [
  ['agency', 'month', 150, 700],
  ['agency', 'day', 80, 300],
  ['client:acme', 'month', 40, 250],
  ['client:acme', 'week', 40, 150],
  ['client:nova', 'month', 30, 120],
  ['team:film', 'month', 30, 120],
  ['project:spring', 'total', 20, 80],
  ['member:UANA', 'day', 15, 60],
  ['member:UBEN', 'week', 15, 60],
  ['member:UCARL@client:acme', 'month', 10, 40],
  ['member:UDORA', 'total', 20, 80],
];

function limitsAtFirst(chance: Chance): CommandBody[] {
  return LIMITED.filter(() => chance.is(0.6)).map(([account, window, least, most]) => ({
    kind: 'set_limit' as const,
    account,
    window,
    limitCredits: chance.int(least, most),
    over: overAtChance(chance),
    rollOverMaxCredits: window === 'month' && chance.is(0.3) ? chance.int(5, 40) : null,
  }));
}

export const overAtChance = (chance: Chance): OnExceeded => chance.weighted({ ask: 6, refuse: 3, warn: 2 });
export const accountAtChance = (chance: Chance): readonly [AccountId, Window] => {
  const [account, window] = chance.pick(LIMITED);
  return [account, window];
};
