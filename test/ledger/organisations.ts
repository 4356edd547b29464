import fc from 'fast-check';
import { ROLES } from '../../src/ledger/roles.ts';

import {
  type Asked,
  agency,
  bind,
  CREATOR,
  client,
  MANAGER,
  member,
  OWNER,
  role,
  VIEWER,
} from '../support/fixtures.ts';
import { bindProject, manages, project, team, teamsOf } from '../support/wishes.ts';

/** Random organisations: few people, clients, teams and projects, so that whatever happens meets. */
export const PEOPLE = [OWNER, MANAGER, CREATOR, VIEWER, 'UMATE'] as const;
export const CLIENTS = ['acme', 'nova'] as const;
export const TEAMS = ['film', 'print'] as const;
export const PROJECTS = ['spring', 'fall', 'moon'] as const;
export const THREAD = '1764000000.000100';

export const zones = ['Europe/Berlin', 'America/Santiago', 'Pacific/Kiritimati', 'Asia/Kathmandu'] as const;

const some = <Value>(values: readonly Value[]) => fc.subarray([...values]);

/** The commands that set one up: who is in which team, who looks after what, and which places are bound to projects. */
export const organisations: fc.Arbitrary<Asked[]> = fc
  .record({
    timeZone: fc.constantFrom(...zones),
    weekStartsOn: fc.integer({ min: 0, max: 6 }),
    mateRole: fc.constantFrom(...ROLES),
    teams: fc.tuple(some(TEAMS), some(TEAMS), some(TEAMS)),
    managesClients: some(CLIENTS),
    managesTeams: some(TEAMS),
    places: some([
      bindProject('C1', 'spring'),
      bindProject('C1', 'fall', { threadTs: THREAD }),
      bindProject('C2', 'moon', { threadTs: THREAD }),
    ]),
  })
  .map(({ timeZone, weekStartsOn, mateRole, teams, managesClients, managesTeams, places }) => [
    ...agency({ timeZone, weekStartsOn }),
    client('nova', 'Nova'),
    bind('C2', 'nova'),
    member('UMATE'),
    role('UMATE', mateRole),
    ...TEAMS.map((id) => team(id)),
    project('spring', 'acme'),
    project('fall', 'acme'),
    project('moon', 'nova'),
    ...[CREATOR, 'UMATE', VIEWER].map((id, index) => teamsOf(id, ...(teams[index] ?? []))),
    manages(MANAGER, { clientIds: managesClients, teamIds: managesTeams }),
    ...places,
  ]);
