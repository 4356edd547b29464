import { type AccountId, memberAccount, parseAccount } from '../accounts.ts';
import { INKWELL } from '../commands/commands.ts';
import { principalOf } from '../principal.ts';
import { type Refused, refuse } from '../refusals.ts';
import type { Member, State } from '../state.ts';
import { type Action, RIGHTS, rolesFor, type Who } from './actions.ts';
import { ownersOnly, whoseLimit } from './ceilings.ts';
import { delegatorsOf, managesAccount } from './manages.ts';

/** What an action is about, and when: delegates decide until a moment, and never about what the one they stand in for asked. */
export type About = { account?: AccountId | null; at?: number; askedBy?: string };

/** Whether a person may, by the ledger's own roles, now. The product itself may do all that is left to it. */
export function may(state: State, by: string, action: Action, about: About = {}): boolean {
  const who = principalOf(by);
  if (who.kind !== 'member') return who.kind === 'system';
  const member = state.members.get(who.memberId);
  if (member?.status !== 'active') return false;
  return RIGHTS[action].some((who) => is({ state, member, action, about }, who));
}

/** Null where `by` may; else the refusal that says who could. */
export function checkRight(state: State, by: string, action: Action, about: About = {}): Refused | null {
  if (may(state, by, action, about)) return null;
  const who = principalOf(by);
  if (who.kind === 'api_key') return refuse({ reason: 'key_without_rights', keyId: who.keyId });
  const member = state.members.get(by);
  if (member && member.status !== 'active') {
    return refuse({ reason: 'member_not_active', memberId: by, status: member.status });
  }
  const account = about.account ?? null;
  const manages = member && account && changesLimits(action) && managesAccount(state, member, account);
  const why = manages ? whoseLimit(state, by, account) : null;
  if (why && account) return ownersOnly(why, account);
  return refuse({ reason: 'not_allowed', action, role: member?.role ?? null, roles: rolesFor(action), account });
}

/** Null where there is something about which `by` may: what is decided before it is known what it is about. */
export function checkAtAll(state: State, by: string, action: Action): Refused | null {
  const member = state.members.get(by);
  if (by === INKWELL || (member?.status === 'active' && RIGHTS[action].some((who) => couldBe(member, who))))
    return null;
  return checkRight(state, by, action);
}

function couldBe(member: Member, who: Who): boolean {
  switch (who) {
    case 'owner':
    case 'manager':
    case 'creator':
    case 'viewer':
      return member.role === who;
    case 'manager_of':
      return member.role === 'manager';
    case 'delegate_of':
      return member.role !== 'viewer';
    case 'self':
      return true;
  }
}

type Asking = { state: State; member: Member; action: Action; about: About };

function is({ state, member, action, about }: Asking, who: Who): boolean {
  const { account = null, at = state.lastAt, askedBy } = about;
  switch (who) {
    case 'owner':
    case 'manager':
    case 'creator':
    case 'viewer':
      return member.role === who;
    case 'self':
      return account === memberAccount(member.memberId);
    case 'manager_of':
      return (
        account !== null &&
        managesAccount(state, member, account) &&
        !(changesLimits(action) && whoseLimit(state, member.memberId, account))
      );
    case 'delegate_of':
      return (
        member.role !== 'viewer' &&
        delegatorsOf(state, member.memberId, at).some((each) => {
          return (
            each.memberId !== askedBy &&
            RIGHTS[action].some((of) => of !== 'delegate_of' && is({ state, member: each, action, about }, of))
          );
        })
      );
  }
}

/** A manager changes what others may use, and neither their own account nor an owner's or another manager's. */
const changesLimits = (action: Action): boolean => action === 'set_people_limit' || action === 'move_budget';

/** Limits of people and projects are a manager's business too; those of clients, teams and the agency are an owner's. */
export const limitAction = (account: AccountId): Action => (isOfPeople(account) ? 'set_people_limit' : 'set_limit');

function isOfPeople(account: AccountId): boolean {
  const kind = parseAccount(account)?.kind;
  return kind === 'member' || kind === 'member_in_client' || kind === 'project';
}
