import type { Map as ImmutableMap } from 'immutable';
import { type AccountId, clientAccount, parseAccount } from '../accounts.ts';
import type { Client, Project, State } from '../state.ts';
import { idLists } from './id-lists.ts';

/** By the name as people see it: capitals, and the several ways to write one letter, make no difference. */
export const seenName = (name: string) => name.normalize('NFKC').toLowerCase();

export const clientLists = idLists<Client, 'name'>(({ name }) => [['name', seenName(name)]]);

/** Returns the one client that an account belongs to; null for the agency's, a team's, and a person's whole. */
export function clientOfAccount({ projects }: Pick<State, 'projects'>, accountId: AccountId): string | null {
  const account = parseAccount(accountId);
  switch (account?.kind) {
    case 'client':
    case 'member_in_client':
      return account.clientId;
    case 'project':
      return projects.get(account.projectId)?.clientId ?? null;
    case 'agency':
    case 'team':
    case 'member':
    case undefined:
      return null;
  }
}

/** Of a client, and those of a client that have a name. */
export const projectLists = idLists<Project, 'of' | 'name'>(({ clientId, name }) => [
  ['of', clientId],
  ['name', projectName(clientId, name)],
]);

/** Ids have no space. */
const projectName = (clientId: string, name: string) => `${clientId} ${seenName(name)}`;

export const projectsOf = ({ projects }: Pick<State, 'projects'>, clientId: string): Project[] =>
  named(projects, projectLists.ids(projects, ['of', clientId]));

export const projectsNamed = ({ projects }: Pick<State, 'projects'>, clientId: string, name: string): Project[] =>
  named(projects, projectLists.ids(projects, ['name', projectName(clientId, name)]));

/** Of a client, and those that belong to none. */
export const channelLists = idLists<string | null, 'of'>((clientId) => [['of', clientId ?? '']]);

/** In the order in which all channels are. */
export const channelsOf = ({ channels }: Pick<State, 'channels'>, clientId: string | null): string[] =>
  channelLists.ids(channels, ['of', clientId ?? '']).toArray();

/** The channels and threads of a project. */
export const placeLists = idLists<string, 'of'>((projectId) => [['of', projectId]]);

const named = <Value>(all: ImmutableMap<string, Value>, ids: Iterable<string>): Value[] =>
  [...ids].flatMap((id) => all.get(id) ?? []);

const compareNames = new Intl.Collator().compare;
export const byName = (one: { name: string }, other: { name: string }) => compareNames(one.name, other.name);

/** What is made of a map at the first look, and remembered: nothing of these maps changes as often as it is looked at. */
function remembered<Of extends object, Made>(make: (of: Of) => Made): (of: Of) => Made {
  const all = new WeakMap<Of, Made>();
  return (of) => {
    const known = all.get(of);
    if (known !== undefined) return known;
    const made = make(of);
    all.set(of, made);
    return made;
  };
}

/** The ids of all clients, by name. A client is created or renamed a few times a day, and looked at all day. */
export const clientsByName = remembered((clients: State['clients']): readonly string[] =>
  [...clients.values()].sort(byName).map(({ clientId }) => clientId),
);

export const isStopped = ({ limits }: Pick<State, 'limits'>, account: AccountId): boolean =>
  limits.get(account)?.some(({ over }) => over !== 'warn') ?? false;

const stopped = new WeakMap<State['limits'], { clients: State['clients']; isAny: boolean }>();

/** Whether a limit stops any client at all. */
export function isAnyClientStopped({ clients, limits }: Pick<State, 'clients' | 'limits'>): boolean {
  const known = stopped.get(limits);
  if (known?.clients === clients) return known.isAny;
  const isAny = clients.some(({ clientId }) => isStopped({ limits }, clientAccount(clientId)));
  stopped.set(limits, { clients, isAny });
  return isAny;
}

export const lostCredits = remembered((slips: State['slips']): number =>
  slips.reduce((sum, { amountCredits }) => sum + amountCredits, 0),
);
