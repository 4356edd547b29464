import type { AccountId } from '../../src/ledger/accounts.ts';
import { type Command, type CommandBody, INKWELL } from '../../src/ledger/commands/commands.ts';
import type { Role } from '../../src/ledger/roles.ts';
import type { Window } from '../../src/ledger/usage/windows.ts';
import type { Work } from '../../src/ledger/work.ts';

/** A small agency, in the words of the ledger. What a test does not care about has a value here. */
export const WORKSPACE = 'T1';
export const OWNER = 'UOWNER';
export const MANAGER = 'UMANAGER';
export const CREATOR = 'UCREATOR';
export const VIEWER = 'UVIEWER';

/** A wish with as much of its envelope as the test cares about. */
export type Asked = CommandBody & Partial<Pick<Command, 'commandId' | 'by'>> & { at?: number };
type Of<Kind extends CommandBody['kind']> = Asked & { kind: Kind };

export const WORK: Work = {
  model: 'gpt-image-2',
  size: '1024x1024',
  quality: 'high',
  stage: 'concept',
  rateCardId: '2026-11',
  boundMicroUsd: 211_000,
};

export const open = (change: Partial<Of<'open_workspace'>> = {}): Of<'open_workspace'> => ({
  kind: 'open_workspace',
  ownerId: OWNER,
  timeZone: 'Europe/Berlin',
  weekStartsOn: 1,
  creditValueMicroUsd: 10_000,
  markupBasisPoints: 15_000,
  defaultRole: 'creator',
  ...change,
});

export const member = (memberId: string, role: Role = 'creator'): Of<'add_member'> => ({
  kind: 'add_member',
  memberId,
  role,
});

export const role = (memberId: string, to: Role, by = OWNER): Of<'set_role'> => ({
  kind: 'set_role',
  memberId,
  role: to,
  by,
});

export const client = (clientId: string, name = clientId): Of<'create_client'> => ({
  kind: 'create_client',
  clientId,
  name,
});

export const bind = (
  channelId: string,
  clientId: string | null,
  change: Partial<Of<'bind_channel'>> = {},
): Of<'bind_channel'> => ({ kind: 'bind_channel', channelId, clientId, ifUnbound: false, ...change });

export const limit = (
  account: AccountId,
  window: Window,
  limitCredits: number | null,
  change: Partial<Of<'set_limit'>> = {},
): Of<'set_limit'> => ({
  kind: 'set_limit',
  account,
  window,
  limitCredits,
  over: 'refuse',
  rollOverMaxCredits: null,
  ...change,
});

export const grant = (account: AccountId, amountCredits: number, change: Partial<Of<'grant'>> = {}): Of<'grant'> => ({
  kind: 'grant',
  grantId: 'G1',
  account,
  amountCredits,
  expiresAt: null,
  reason: 'For the pitch',
  ...change,
});

/** One image in the client's channel, by the creator. */
export const hold = (eachCredits: number, change: Partial<Of<'hold'>> = {}): Of<'hold'> => ({
  kind: 'hold',
  by: CREATOR,
  imagesCount: 1,
  eachCredits,
  channelId: 'C1',
  threadTs: null,
  projectId: null,
  work: WORK,
  timeoutMs: 600_000,
  contentDigest: 'digest',
  ...change,
});

export const capture = (holdId: string, capturedCredits: number, costMicroUsd = 1): Of<'capture'> => ({
  kind: 'capture',
  holdId,
  capturedCredits,
  costMicroUsd,
});

export const voided = (holdId: string): Of<'void'> => ({ kind: 'void', holdId, reason: 'refused' });
export const slip = (holdId: string): Of<'slip'> => ({ kind: 'slip', holdId });

/** An open workspace with one person of each role, and the client `acme` in channel `C1`. */
export const agency = (change: Partial<Of<'open_workspace'>> = {}): Asked[] => [
  open(change),
  member(MANAGER, 'manager'),
  member(CREATOR),
  member(VIEWER, 'viewer'),
  client('acme', 'Acme'),
  bind('C1', 'acme'),
  { kind: 'set_manages', memberId: MANAGER, clientIds: ['acme'], teamIds: [] },
];

/** The command itself, for what takes no wish. */
export const commandOf = ({ at: _, ...asked }: Asked, commandId: string): Command => ({
  by: INKWELL,
  commandId,
  ...asked,
});
