/**
 * What a limit applies to. A request in a client's channel is checked against every account it touches; which ones
 * these are is decided here and nowhere else.
 */
export type AccountId = 'agency' | `client:${string}` | `member:${string}`;

export const AGENCY = 'agency';

export const clientAccount = (clientId: string): AccountId => `client:${clientId}`;
export const memberAccount = (memberId: string): AccountId => `member:${memberId}`;

/** Widest first: the order in which people read a balance. */
export const accountsOf = (spend: { clientId: string; memberId: string }): readonly AccountId[] => [
  AGENCY,
  clientAccount(spend.clientId),
  memberAccount(spend.memberId),
];

export type Account = { kind: 'agency' } | { kind: 'client'; clientId: string } | { kind: 'member'; memberId: string };

/** Null where the text names no account. */
export function parseAccount(text: string): Account | null {
  if (text === AGENCY) return { kind: 'agency' };
  const [, kind, id] = /^(client|member):([^\s:@]+)$/.exec(text) ?? [];
  if (!id) return null;
  return kind === 'client' ? { kind: 'client', clientId: id } : { kind: 'member', memberId: id };
}

export const isAccount = (text: unknown): text is AccountId =>
  typeof text === 'string' && /^(?:agency|(?:client|member):[^\s:@]+)$/.test(text);
