import { clientAccount } from '../accounts.ts';
import type { Of } from '../commands/commands.ts';
import type { Moment } from '../kinds/kind.ts';
import type { Facts } from '../lines.ts';
import { accept, type Decision, refuse } from '../refusals.ts';
import { isBound, ownersOnly } from '../rights/ceilings.ts';
import type { QualityCap } from '../rules.ts';
import type { State } from '../state.ts';
import { checkUntil } from './alerts.ts';
import { checkNames } from './policy.ts';

const DAY_MS = 86_400_000;
/** As long as the longest window that a budget has; for good there are rules. */
const CAP_MAX_MS = 366 * DAY_MS;

/** A cap only ever takes away: nothing is allowed by it that a rule does not allow. */
export function capQuality(state: State, { by, clientId, cap }: Of<'cap_quality'>, { at }: Moment): Decision<Facts> {
  if (!state.clients.has(clientId)) return refuse({ reason: 'client_unknown', clientId });
  return (
    (cap && (checkNames('qualities', cap.qualities) ?? checkUntil(cap.untilAt, at, CAP_MAX_MS))) ??
    checkOwnersCap(state, { by, clientId, at }) ??
    accept({ kind: 'quality_capped', clientId, cap })
  );
}

export const isSameCap = (present: QualityCap | null, to: QualityCap | null): boolean =>
  present?.untilAt === to?.untilAt && `${present?.qualities.toSorted()}` === `${to?.qualities.toSorted()}`;

/** Binds the client’s managers as its rules do. Not even stricter: the cap would be theirs then, to lift at the next click. */
export function checkOwnersCap(state: State, { by, clientId, at }: { by: string; clientId: string; at: number }) {
  const present = state.clients.get(clientId)?.qualityCap;
  const isOwners = present && present.untilAt > at && !isBound(state, present.by);
  return isOwners && isBound(state, by) ? ownersOnly('client_rule', clientAccount(clientId)) : null;
}
