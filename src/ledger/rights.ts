import { type Action, INKWELL } from './commands.ts';
import { type Decision, refuse } from './refusals.ts';
import type { Role, State } from './state.ts';

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
  see_client: ['owner', 'manager', 'creator', 'viewer'],
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
