/**
 * What a limit applies to. A request in a client's channel is checked against every account it touches; which ones
 * these are is decided here and nowhere else.
 */
export type AccountId =
  | 'agency'
  | `team:${string}`
  | `client:${string}`
  | `project:${string}`
  /** `member:M`, or `member:M@client:C`: what somebody may use of one client's credits. */
  | `member:${string}`;

export const AGENCY = 'agency';

export const teamAccount = (teamId: string): AccountId => `team:${teamId}`;
export const clientAccount = (clientId: string): AccountId => `client:${clientId}`;
export const projectAccount = (projectId: string): AccountId => `project:${projectId}`;
export const memberAccount = (memberId: string): AccountId => `member:${memberId}`;
export const memberInClientAccount = (memberId: string, clientId: string): AccountId =>
  `member:${memberId}@client:${clientId}`;

/** Whose credits a request uses. */
export type Spend = {
  memberId: string;
  /** The teams the member was in when the credits were held. */
  teamIds: readonly string[];
  clientId: string;
  projectId: string | null;
};

/** Widest first: the order in which people read a balance. */
export const accountsOf = ({ memberId, teamIds, clientId, projectId }: Spend): readonly AccountId[] => [
  AGENCY,
  ...teamIds.map(teamAccount),
  clientAccount(clientId),
  ...(projectId === null ? [] : [projectAccount(projectId)]),
  memberAccount(memberId),
  memberInClientAccount(memberId, clientId),
];

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

export const isAccount = (text: unknown): text is AccountId => typeof text === 'string' && ANY.test(text);
