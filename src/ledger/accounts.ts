import type { Window } from './usage/windows.ts';

/**
 * What a limit applies to. A request in a client's channel is checked against every account it touches; which ones
 * these are is decided here and nowhere else.
 */
export type AccountId =
  | 'agency'
  | `team:${string}`
  | `client:${string}`
  | `project:${string}`
  /** `member:M`, or `member:M@client:C`: what one member may use of one client's credits. */
  | `member:${string}`;

export const AGENCY = 'agency';

export const teamAccount = (teamId: string): AccountId => `team:${teamId}`;
export const clientAccount = (clientId: string): AccountId => `client:${clientId}`;
export const projectAccount = (projectId: string): AccountId => `project:${projectId}`;
export const memberAccount = (memberId: string): AccountId => `member:${memberId}`;
export const memberInClientAccount = (memberId: string, clientId: string): AccountId =>
  `member:${memberId}@client:${clientId}`;

/** The accounts' owners whose credits a request uses. */
export type Spend = {
  memberId: string;
  /** The teams the member was in when the credits were held. */
  teamIds: readonly string[];
  clientId: string;
  projectId: string | null;
};

/** Widest first: the order in which people read a balance. */
export function accountsOf({ memberId, teamIds, clientId, projectId }: Spend): readonly AccountId[] {
  const usual = usualAccounts(memberId, clientId);
  if (teamIds.length === 0 && projectId === null) return usual;
  const [agency, client, member, memberInClient] = usual;
  const project = projectId === null ? [] : [projectAccount(projectId)];
  return [agency, ...teamIds.map(teamAccount), client, ...project, member, memberInClient];
}

type UsualAccounts = readonly [agency: AccountId, client: AccountId, member: AccountId, memberInClient: AccountId];

const remembered = new Map<string, Map<string, UsualAccounts>>();
const REMEMBERED_MAX = 10_000;
let rememberedCount = 0;

/** Remembered, because maps find a text that they have seen before much sooner: a fifth of the time of every start. */
function usualAccounts(memberId: string, clientId: string): UsualAccounts {
  const known = remembered.get(memberId)?.get(clientId);
  if (known) return known;
  if (rememberedCount >= REMEMBERED_MAX) {
    remembered.clear();
    rememberedCount = 0;
  }
  const ofMember = remembered.get(memberId) ?? new Map<string, UsualAccounts>();
  const usual: UsualAccounts = [
    AGENCY,
    clientAccount(clientId),
    memberAccount(memberId),
    memberInClientAccount(memberId, clientId),
  ];
  remembered.set(memberId, ofMember.set(clientId, usual));
  rememberedCount += 1;
  return usual;
}

export type Account =
  | { kind: 'agency' }
  | { kind: 'team'; teamId: string }
  | { kind: 'client'; clientId: string }
  | { kind: 'project'; projectId: string }
  | { kind: 'member'; memberId: string }
  | { kind: 'member_in_client'; memberId: string; clientId: string };

const ID = '[^\\s:@]+';
const NAMED = new RegExp(`^(team|client|project|member):(${ID})$`);
const IN_CLIENT = new RegExp(`^member:(${ID})@client:(${ID})$`);
const ANY = new RegExp(`^(?:agency|(?:team|client|project|member):${ID}|member:${ID}@client:${ID})$`);

/** Null where the text names no account. */
export function parseAccount(text: string): Account | null {
  if (text === AGENCY) return { kind: 'agency' };
  const [, memberId, clientId] = IN_CLIENT.exec(text) ?? [];
  if (memberId && clientId) return { kind: 'member_in_client', memberId, clientId };
  const [, kind, id] = NAMED.exec(text) ?? [];
  if (!id) return null;
  switch (kind as 'team' | 'client' | 'project' | 'member') {
    case 'team':
      return { kind: 'team', teamId: id };
    case 'client':
      return { kind: 'client', clientId: id };
    case 'project':
      return { kind: 'project', projectId: id };
    case 'member':
      return { kind: 'member', memberId: id };
  }
}

export const isAccount = (text: unknown): text is AccountId =>
  typeof text === 'string' && (text === AGENCY || ANY.test(text));

/** `client:acme month`. */
export type LimitName = `${AccountId} ${Window}`;
export const limitName = ({ account, window }: { account: AccountId; window: Window }): LimitName =>
  `${account} ${window}`;
