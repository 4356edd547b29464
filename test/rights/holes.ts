import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import type { SmallWorld } from './worlds.ts';

/** Holes that there were, or would be without one of the checks: put back one by one, and the search has to find each. */
export type Hole = {
  name: string;
  file: string;
  find: string;
  put: string;
  world: SmallWorld['name'];
};

const WAY_ROUND = 'src/ledger/rights/ceilings.ts';
const hole = (name: string, world: string, find: string, put: string, file = WAY_ROUND): Hole => ({
  name,
  file,
  find,
  put,
  world,
});

const HARD = 'hard limits';
const ASKS = 'limits that ask';
const SEVERAL = 'several limits at once';
const ONE_ASKS = 'one client that asks';

/** What the longer ways are made of, so that the search need not try all else. */
const LONG: Readonly<Record<string, readonly CommandBody['kind'][]>> = {
  'what comes back to a client is not what it gave away': ['move_budget'],
  'managers invite owners': ['add_member', 'grant'],
  'an approval over a limit that asks lifts one that refuses': ['hold', 'approve'],
  'a delegate gives more than one request needs, for whom they stand in to draw on': [
    'set_delegate',
    'hold',
    'approve',
  ],
  'a delegate decides about the request of whom they stand in for': ['set_delegate', 'hold', 'approve'],
  'a person is removed while their images are being made, and the client’s limit is free again': [
    'hold',
    'remove_member',
    'capture',
  ],
};
export const kindsOf = ({ name }: Hole): readonly CommandBody['kind'][] | null => LONG[name] ?? null;

export const HOLES: readonly Hole[] = [
  hole(
    'a manager raises their own limit',
    SEVERAL,
    "if (account.memberId === by) return 'own_limit';",
    'if (account.memberId === by) return null;',
  ),
  hole(
    'managers set the limits of each other, and of owners',
    ASKS,
    "return role === 'owner' || role === 'manager' ? 'limit_of_leader' : null;",
    'return null;',
  ),
  hole(
    'a manager loosens a limit that nothing else covers',
    SEVERAL,
    'if (!isBound(state, by) || !present || !loosens(present, to)',
    'if (isBound(state, by) || !present || !loosens(present, to)',
  ),
  hole(
    'a limit that only warns is put in place of one that stops',
    SEVERAL,
    'softness(to.over) > softness(present.over) ||',
    '',
  ),
  hole(
    'a limit that only warns covers',
    SEVERAL,
    "limit.over !== 'warn' && WINDOWS.indexOf(limit.window) >= shortest",
    'WINDOWS.indexOf(limit.window) >= 0',
  ),
  hole(
    'a manager loosens the rules of a client',
    HARD,
    'return isLoosened && isBound(state, by)',
    'return isLoosened && !isBound(state, by)',
    'src/ledger/decide/policy.ts',
  ),
  hole(
    'a manager binds a channel to a second client that no limit stops',
    HARD,
    'const wayRound = decided === clientId ? null : checkBinding(state, { by, clientId });',
    'const wayRound = null;',
    'src/ledger/decide/clients.ts',
  ),
  hole(
    'a project’s credits are moved to its client',
    HARD,
    "return isReturn(state, move, target) ? null : ownersOnly('move_to_owners_limit', to);",
    'return null;',
    'src/ledger/rights/check-move.ts',
  ),
  hole(
    'what comes back to a client is not what it gave away',
    'two clients that refuse',
    'return Math.max(moved(to), sum) + amountCredits <= 0;',
    'return moved(to) + amountCredits <= 0;',
    'src/ledger/rights/check-move.ts',
  ),
  hole(
    'credits of a closed client are moved to an open one',
    HARD,
    'state.clients.get(source.clientId)?.closedAt !== null',
    'state.clients.get(source.clientId)?.closedAt === 0',
    'src/ledger/rights/check-move.ts',
  ),
  hole(
    'credits are moved from a limit that asks to one that refuses',
    ASKS,
    'return softnessOf(state, from, window) > softnessOf(state, to, window)',
    'return softnessOf(state, from, window) > 9',
    'src/ledger/rights/check-move.ts',
  ),
  hole(
    'an approver draws on the extra credits that they gave',
    ONE_ASKS,
    "members.get(memberId)?.role === 'owner' ? null : memberId",
    "members.get(memberId)?.role === 'owner' ? memberId : null",
  ),
  hole(
    'a delegate gives more than one request needs, for whom they stand in to draw on',
    ONE_ASKS,
    "return isOwnSay ? checkLifted(state, by, lacking) : ownersOnly('lasting_as_delegate', first);",
    'return checkLifted(state, by, lacking);',
    'src/ledger/rights/approval-authority.ts',
  ),
  hole(
    'an approval over a limit that asks lifts one that refuses',
    SEVERAL,
    "return lifted === undefined ? null : ownersOnly('also_refuses', lifted);",
    'return null;',
  ),
  hole(
    'a manager lifts a suspension by an owner',
    HARD,
    "const isOwners = isBound(state, by) && suspendedBy?.role === 'owner';",
    'const isOwners = false;',
    'src/ledger/decide/status.ts',
  ),
  hole(
    'a person is removed while their images are being made, and the client’s limit is free again',
    'one client that refuses',
    'const isMaking = isBound(state, by) && holdsOf(state, memberId).length > 0;',
    'const isMaking = false;',
    'src/ledger/decide/status.ts',
  ),
  hole(
    'managers move credits to themselves',
    ASKS,
    "action === 'set_people_limit' || action === 'move_budget'",
    "action === 'set_people_limit'",
    'src/ledger/rights/rights.ts',
  ),
  hole('managers invite owners', HARD, 'onlyHelpers(state, command) ??', '', 'src/ledger/decide/members.ts'),
  hole(
    'managers raise the limits of clients',
    HARD,
    "set_limit: ['owner'],",
    "set_limit: ['owner', 'manager_of'],",
    'src/ledger/rights/actions.ts',
  ),
  hole(
    'managers give extra credits',
    HARD,
    "grant: ['owner'],",
    "grant: ['owner', 'manager'],",
    'src/ledger/rights/actions.ts',
  ),
  hole(
    'managers say who is in which team',
    HARD,
    "set_teams: ['owner'],",
    "set_teams: ['owner', 'manager'],",
    'src/ledger/rights/actions.ts',
  ),
  hole(
    'people approve their own requests',
    ONE_ASKS,
    "const own = by === request.memberId ? refuse({ reason: 'own_request', requestId: request.requestId }) : null;",
    'const own = null;',
    'src/ledger/rights/approval-authority.ts',
  ),
  hole(
    'a delegate decides about the request of whom they stand in for',
    ONE_ASKS,
    'each.memberId !== askedBy &&',
    '',
    'src/ledger/rights/rights.ts',
  ),
];
