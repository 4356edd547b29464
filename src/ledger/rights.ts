import { INKWELL, type Wish } from './commands.ts';
import { type Decision, refuse } from './refusals.ts';
import type { Role, State } from './state.ts';

/** Everything somebody may or may not do: the ledger's own wishes, and the looks that change nothing. */
export type Action = Wish['kind'] | 'see_agency' | 'see_client' | 'see_own' | 'set_up';

/** Default deny: a role that is not listed may not. An empty list is for the product itself. */
export const RIGHTS: Readonly<Record<Action, readonly Role[]>> = {
  open_workspace: [],
  add_member: [],
  set_role: ['owner'],
  create_client: ['owner', 'manager'],
  rename_client: ['owner', 'manager'],
  bind_channel: ['owner', 'manager'],
  set_limit: ['owner'],
  grant: ['owner'],
  hold: ['owner', 'manager', 'creator'],
  capture: [],
  void: [],
  slip: [],
  see_agency: ['owner'],
  see_client: ['owner', 'manager', 'creator'],
  see_own: ['owner', 'manager', 'creator', 'viewer'],
  set_up: ['owner', 'manager'],
};

/** Whether a person may, by the ledger's own roles, now. The product itself may do all that is left to it. */
export function may(state: State, by: string, action: Action): boolean {
  if (by === INKWELL) return true;
  const role = state.members.get(by)?.role;
  return role !== undefined && RIGHTS[action].includes(role);
}

/** Null where `by` may; else the refusal that says who could. */
export function checkRight(state: State, by: string, action: Action): (Decision<never> & { ok: false }) | null {
  if (may(state, by, action)) return null;
  const role = state.members.get(by)?.role ?? null;
  return refuse({ reason: 'not_allowed', action, role, roles: RIGHTS[action] });
}
