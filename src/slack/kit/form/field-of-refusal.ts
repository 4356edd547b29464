import type { Refusal } from '../../../ledger/refusals.ts';
import { capitalized } from '../../../words/figures.ts';
import { refusalParagraphs } from '../../refusals/refusal.ts';
import type { RefusalContext } from '../../refusals/refusal-limit.ts';
import { element, type Inline } from '../parts.ts';
import { type Field, fieldOf, type Values } from './values.ts';

/**
 * The sentences of refusals by the fields that they are about. Null where the form has no field for one of them: Slack takes
 * sentences at fields, or another form, and not both.
 */
export function errorsAt(
  form: Values,
  refusals: readonly Refusal[],
  to: RefusalContext,
): Record<string, string> | null {
  const errors: Record<string, string> = {};
  for (const refusal of refusals) {
    const field = namesOf(refusal)
      .map((name) => onlyFieldOf(form, name))
      .find((found) => found !== null);
    if (!field) return null;
    const [first = []] = refusalParagraphs(refusal, to);
    errors[field.blockId] ??= plainWords(first, refusal.reason === 'channel_decided' ? to.decided?.byName : undefined);
  }
  return errors;
}

/** Where a form has several fields of a name, one for each limit, a sentence that names none of them belongs to no field. */
function onlyFieldOf(form: Values, name: string): Field | null {
  const several = Object.keys(form.state.values).filter((blockId) => blockId.startsWith(`${name}.`));
  return several.length > 1 ? null : fieldOf(form, name);
}

/** The names that the field goes by in the forms that may have it, the likeliest first. */
function namesOf(refusal: Refusal): readonly string[] {
  switch (refusal.reason) {
    case 'name_taken':
    case 'name_in_use':
      return ['name'];
    case 'invalid':
      return OF_INVALID[refusal.field] ?? [];
    case 'above_limit_of':
      return [`limit.${refusal.account} ${refusal.window}`, refusal.window, 'month', 'amount'];
    case 'no_limit':
      return ['member', 'account', 'amount'];
    case 'not_enough_to_move':
      return ['amount'];
    case 'not_one_of_us':
    case 'last_owner':
    case 'not_a_manager':
      return ['role'];
    case 'cannot_delegate_to':
      return ['who'];
    case 'team_unknown':
      return ['teams'];
    case 'client_unknown':
    case 'client_closed':
      return ['client', 'account'];
    case 'project_unknown':
    case 'project_closed':
      return ['account'];
    case 'channel_decided':
    case 'channel_unbound':
    case 'channel_without_client':
    case 'project_of_other_client':
      return ['channel'];
    case 'not_a_member':
    case 'member_not_active':
      return ['person', 'who', 'member'];
    case 'owners_only':
      return refusal.why === 'client_without_limit' ? ['client', 'channel'] : [];
    // No field of a form is about these.
    case 'already_open':
    case 'capture_exceeds_hold':
    case 'channel_moved':
    case 'client_exists':
    case 'clock_not_ahead':
    case 'clock_wrong':
    case 'grant_exists':
    case 'hold_not_open':
    case 'image_unknown':
    case 'key_without_rights':
    case 'limit_exceeded':
    case 'model_not_allowed':
    case 'not_allowed':
    case 'not_open':
    case 'nothing_changed':
    case 'other_limits':
    case 'own_request':
    case 'owner_needed':
    case 'price_too_high':
    case 'project_exists':
    case 'quality_not_allowed':
    case 'request_ended':
    case 'request_not_due':
    case 'request_unknown':
    case 'spending_not_stopped':
    case 'spending_stopped':
    case 'team_exists':
    case 'too_fast':
    case 'too_many_images':
    case 'too_many_requests':
      return [];
  }
}

const OF_INVALID: Readonly<Record<string, readonly string[]>> = {
  amountCredits: ['amount'],
  approvalsCount: ['repeats_count'],
  coachingText: ['coaching'],
  creditValueMicroUsd: ['credit_value'],
  dueAt: ['due'],
  escalateAfterMs: ['escalate_hours'],
  expiresAt: ['until'],
  imagesMax: ['images_max'],
  lapseAfterMs: ['lapse_hours'],
  limitCredits: ['limit', 'total', 'month', 'amount'],
  markupBasisPoints: ['markup'],
  models: ['models'],
  name: ['name'],
  ownerAboveCredits: ['owner_above'],
  percents: ['alerts_percents'],
  priceMaxCredits: ['price_max'],
  qualities: ['qualities'],
  quiet: ['quiet_to'],
  reactions: ['reactions'],
  reason: ['reason'],
  requestsMax: ['burst_count'],
  rollOverMaxCredits: ['roll_over'],
  teamIds: ['teams'],
  timeZone: ['time_zone'],
  untilAt: ['until'],
  withinMs: ['burst_minutes', 'repeats_days'],
};

/** Slack draws plain text alone beside a field, without mentions. `who`: what the person in it is called. */
export function plainWords(pieces: readonly Inline[], who = 'this person'): string {
  const words = pieces.map(element).map((piece) => {
    if (piece.type === 'text') return piece.text;
    if (piece.type === 'user') return who;
    if (piece.type === 'channel') return 'this channel';
    return piece.type === 'date' ? (piece.fallback ?? '') : '';
  });
  return capitalized(words.join('').trim());
}
