import { clientAccount, memberAccount } from '../../src/ledger/accounts.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import type { State } from '../../src/ledger/state.ts';
import { standings, usageOf } from '../../src/ledger/usage/standings.ts';

/** Whoever sets the kit's agency up, and moves its budgets. */
export const OWNER = 'UKIT';

/** As much as one limit may be: what comes from outside has to come from somewhere. */
const OUTSIDE_CREDITS = 1_000_000_000;
/** As bytes in hexadecimal, which every id may consist of, and no two accounts share. */
const NAME_BYTES_MAX = 40;

/** What the kit calls outside: money comes in from there, and goes out to there. */
export const isOutside = (accountId: string) => accountId.startsWith('external:');

export const isNameable = (accountId: string) => accountId !== '' && Buffer.byteLength(accountId) <= NAME_BYTES_MAX;

const idOf = (accountId: string) => Buffer.from(accountId).toString('hex');
export const accountIdOf = (id: string) => Buffer.from(id, 'hex').toString();

export const purseOf = (accountId: string) => clientAccount(idOf(accountId));
export const channelOf = (accountId: string) => `C${idOf(accountId)}`;
/** An account outside is also the person who spends what goes there. */
export const spenderOf = (accountId: string) => `U${idOf(accountId)}`;

/** Every account is a client with a hard limit: nought, and what is moved there; outside as much as there can be. */
export function openingWishes(accountId: string): CommandBody[] {
  const [clientId, channelId] = [idOf(accountId), channelOf(accountId)];
  const limit = { window: 'total', over: 'refuse', rollOverMaxCredits: null } as const;
  const limitCredits = isOutside(accountId) ? OUTSIDE_CREDITS : 0;
  return [
    { kind: 'create_client', clientId, name: clientId },
    { kind: 'set_limit', account: purseOf(accountId), limitCredits, ...limit },
    { kind: 'bind_channel', channelId, clientId, ifUnbound: false },
    ...(isOutside(accountId) ? [{ kind: 'add_member', memberId: spenderOf(accountId), role: 'creator' } as const] : []),
  ];
}

/** As the read path says it: the state, not the lines. */
export function balanceIn(state: State, accountId: string): number {
  const purse = standings(state, purseOf(accountId), state.lastAt).find(({ window }) => window === 'total');
  if (!purse) return 0;
  if (!isOutside(accountId)) return purse.balanceCredits;
  return (
    purse.balanceCredits - OUTSIDE_CREDITS + usageOf(state, memberAccount(spenderOf(accountId)), 'total').usedCredits
  );
}
