import type { AccountId } from '../../src/ledger/accounts.ts';
import type { OnExceeded } from '../../src/ledger/state.ts';
import type { Window } from '../../src/ledger/usage/windows.ts';
import { type Asked, bind, client, limit, member, open } from '../support/fixtures.ts';
import { closeClient, manages, policy, project, rule, suspend, team, teamsOf } from '../support/wishes.ts';

/** Small organisations, as an owner set them up. What follows is only done by others. */

export const OLIVIA = 'UOLIVIA';
export const MARCUS = 'UMARCUS';
export const MIRA = 'UMIRA';
export const CARLA = 'UCARLA';
export const ZOE = 'UZOE';
export const SAM = 'USAM';
/** Somebody who is not known yet, and may be invited. */
export const NEW = 'UNEW';
export const SPARE_CHANNEL = 'C9';

export type SmallWorld = { name: string; steps: readonly Asked[] };

const by = (asked: Asked): Asked => ({ by: OLIVIA, ...asked });
const limited = (account: AccountId, window: Window, credits: number, over: OnExceeded = 'refuse') =>
  limit(account, window, credits, { over });

type Managed = { clientsOfMarcus: string[]; clientsOfMira?: string[] };

/** Marcus manages clients, and the team that Carla and the suspended Sam are in; Mira manages clients. */
const people = ({ clientsOfMarcus, clientsOfMira = [] }: Managed): Asked[] => [
  member(MARCUS, 'manager'),
  member(MIRA, 'manager'),
  ...[CARLA, ZOE, SAM].map((id) => member(id)),
  team('film'),
  teamsOf(CARLA, 'film'),
  teamsOf(SAM, 'film'),
  suspend(SAM),
  manages(MARCUS, { clientIds: clientsOfMarcus, teamIds: ['film'] }),
  ...(clientsOfMira.length > 0 ? [manages(MIRA, { clientIds: clientsOfMira })] : []),
];

const fewPeople = (...clientIds: string[]): Asked[] => [
  member(MARCUS, 'manager'),
  member(CARLA),
  member(ZOE),
  team('film'),
  teamsOf(CARLA, 'film'),
  manages(MARCUS, { clientIds, teamIds: ['film'] }),
];

/** Clients in the order of their channels: the first has C1. */
const clients = (...ids: string[]): Asked[] => ids.flatMap((id, index) => [client(id), bind(`C${index + 1}`, id)]);

const world = (name: string, ...steps: Asked[]): SmallWorld => ({
  name,
  steps: [open({ ownerId: OLIVIA }), ...steps.map(by)],
});

export const WORLDS: readonly SmallWorld[] = [
  world(
    'hard limits',
    ...clients('acme', 'moon'),
    ...people({ clientsOfMarcus: ['acme', 'moon'], clientsOfMira: ['acme'] }),
    project('p1', 'acme'),
    limited('agency', 'month', 60),
    limited('client:acme', 'month', 20),
    limited('client:moon', 'month', 30),
    limited('project:p1', 'month', 15),
    limited(`member:${MARCUS}@client:acme`, 'month', 6, 'ask'),
    limited(`member:${OLIVIA}@client:acme`, 'month', 9),
    limited(`member:${MIRA}`, 'month', 5),
    limited('team:film', 'month', 7),
    closeClient('moon'),
    rule('client:acme', { imagesMax: 2, priceMaxCredits: 8 }),
  ),
  world(
    'limits that ask',
    ...clients('nova', 'acme'),
    ...people({ clientsOfMarcus: ['nova', 'acme'], clientsOfMira: ['nova'] }),
    limited('client:nova', 'month', 12, 'ask'),
    limited('client:acme', 'month', 8),
    limited(`member:${MIRA}@client:nova`, 'month', 4),
    limited(`member:${MARCUS}@client:nova`, 'month', 3, 'ask'),
    limited(`member:${CARLA}`, 'month', 5, 'ask'),
  ),
  world(
    'several limits at once',
    ...clients('sun', 'free'),
    ...people({ clientsOfMarcus: ['sun', 'free'] }),
    limited('client:sun', 'day', 4, 'ask'),
    limited('client:sun', 'month', 9),
    limited('client:free', 'month', 50, 'warn'),
    limited(`member:${ZOE}@client:free`, 'month', 3),
    limited(`member:${CARLA}@client:free`, 'month', 4, 'ask'),
    limited(`member:${MARCUS}@client:free`, 'month', 2, 'ask'),
    policy('ownerAboveCredits', 10),
  ),
];

/** So few people that longer sequences can all be tried. */
export const TINY_WORLDS: readonly SmallWorld[] = [
  world('one client that asks', ...clients('nova'), ...fewPeople('nova'), limited('client:nova', 'month', 4, 'ask')),
  world('one client that refuses', ...clients('acme'), ...fewPeople('acme'), limited('client:acme', 'month', 6)),
  world(
    'two clients that refuse',
    ...clients('acme', 'nova'),
    ...fewPeople('acme', 'nova'),
    limited('client:acme', 'month', 10),
    limited('client:nova', 'month', 10),
    limited(`member:${CARLA}@client:acme`, 'month', 10),
    limited(`member:${CARLA}@client:nova`, 'month', 10),
  ),
  world(
    'a threshold for owners',
    ...clients('nova'),
    ...fewPeople('nova'),
    limited('client:nova', 'month', 2, 'ask'),
    policy('ownerAboveCredits', 10),
  ),
];

export const ALL_WORLDS: readonly SmallWorld[] = [...WORLDS, ...TINY_WORLDS];

export const CHANNELS = ['C1', 'C2', SPARE_CHANNEL] as const;
