import type { AccountId } from './accounts.ts';
import type { AlreadySo } from './commands/commands.ts';
import type { RequestEnd } from './requests.ts';
import type { Action } from './rights/actions.ts';
import type { MemberStatus, Role } from './roles.ts';
import type { RuleScope } from './rules.ts';
import type { ExceededLimit } from './state.ts';
import type { Window } from './usage/windows.ts';

/** An expected "no": a value, from which a surface makes the sentence that a person reads. */
export type Refusal =
  | { reason: 'not_open' }
  | { reason: 'already_open' }
  /** `inSlack`: where Slack says why they can’t be one. */
  | { reason: 'not_a_member'; memberId: string; inSlack?: 'deactivated' | 'bot' | 'unknown' }
  /** No API key may do anything yet. */
  | { reason: 'key_without_rights'; keyId: string }
  /** Suspended, or removed: everything stops with it. */
  | { reason: 'member_not_active'; memberId: string; status: MemberStatus }
  /** `account`: a manager of it could; null where it is not about one. */
  | { reason: 'not_allowed'; action: Action; role: Role | null; roles: readonly Role[]; account: AccountId | null }
  /** Allowed one by one, and together a way past a limit that owners set. */
  | { reason: 'owners_only'; why: OwnersOnly; account: AccountId }
  | { reason: 'last_owner'; memberId: string }
  /** A guest, or a person of another organization, cannot look after the agency. */
  | { reason: 'not_one_of_us'; memberId: string; role: Role }
  | { reason: 'not_a_manager'; memberId: string; role: Role }
  | { reason: 'cannot_delegate_to'; memberId: string }
  | { reason: 'team_unknown'; teamId: string }
  | { reason: 'team_exists'; teamId: string }
  | { reason: 'client_unknown'; clientId: string }
  | { reason: 'client_exists'; clientId: string }
  | { reason: 'client_closed'; clientId: string }
  | { reason: 'name_taken'; name: string; clientId: string }
  | { reason: 'name_in_use'; name: string; of: 'team' | 'project' }
  | { reason: 'project_unknown'; projectId: string }
  | { reason: 'project_exists'; projectId: string }
  | { reason: 'project_closed'; projectId: string }
  | { reason: 'project_of_other_client'; projectId: string; channelId: string }
  | { reason: 'channel_unbound'; channelId: string }
  | { reason: 'channel_decided'; channelId: string; clientId: string | null }
  | { reason: 'channel_without_client'; channelId: string }
  | RuleBroken
  /** The burst limit: counted, not written down. */
  | { reason: 'too_fast'; requestsMax: number; withinMs: number; againAt: number }
  | LimitExceeded
  /** A manager gives people no more than their client or team has itself. */
  | { reason: 'above_limit_of'; account: AccountId; of: AccountId; window: Window; limitCredits: number }
  | { reason: 'no_limit'; account: AccountId; window: Window }
  /** `extraCredits`: of what is left, those that are extra; absent where there are none. */
  | {
      reason: 'not_enough_to_move';
      account: AccountId;
      window: Window;
      availableCredits: number;
      extraCredits?: number;
    }
  /** The ledger failed a check, and an owner has not resumed spending yet. */
  | { reason: 'spending_stopped'; stopId: string; at: number }
  | ClockWrong
  /** The ledger has not come to that time, or is not ahead of the right one. */
  | { reason: 'clock_not_ahead'; wrongAt: number }
  | { reason: 'spending_not_stopped'; stopId: string }
  | { reason: 'hold_not_open'; holdId: string }
  | { reason: 'capture_exceeds_hold'; holdId: string; heldCredits: number; capturedCredits: number }
  /** It was never charged, or longer ago than images can be marked. */
  | { reason: 'image_unknown'; holdId: string; withinDays: number }
  | { reason: 'grant_exists'; grantId: string }
  | { reason: 'too_many_requests'; requestsMax: number }
  | { reason: 'request_unknown'; requestId: string }
  | { reason: 'request_ended'; requestId: string; end: RequestEnd }
  | { reason: 'request_not_due'; requestId: string; dueAt: number }
  | { reason: 'own_request'; requestId: string }
  | { reason: 'owner_needed'; requestId: string; aboveCredits: number }
  /** Other limits bind by now than the approver was shown, or than what they chose makes room for. */
  | { reason: 'other_limits'; requestId: string; requestedCredits: number; exceeded: readonly ExceededLimit[] }
  | { reason: 'channel_moved'; channelId: string }
  /** It is so already: a command that changes nothing is no deed. */
  | { reason: 'nothing_changed'; stands: AlreadySo }
  | { reason: 'invalid'; field: string; problem: string };

/** A rule about single requests: whose it is, and what it allows. */
export type RuleBroken = OneRuleBroken & {
  /** What else is broken, in the same order: models, qualities, numbers, prices; the strictest rule of a kind first. */
  also?: readonly OneRuleBroken[];
};

type OneRuleBroken =
  | { reason: 'model_not_allowed'; scope: RuleScope; model: string; models: readonly string[] }
  /** `untilAt`: the end of what does not allow it, where it has one. */
  | {
      reason: 'quality_not_allowed';
      scope: RuleScope;
      quality: string;
      qualities: readonly string[];
      untilAt?: number;
    }
  | { reason: 'too_many_images'; scope: RuleScope; imagesCount: number; imagesMax: number }
  | { reason: 'price_too_high'; scope: RuleScope; requestedCredits: number; priceMaxCredits: number };

/** Nothing is spent while the time is in doubt: a machine's clock, or that of the ledger's last line. Counted, not written down. */
export type ClockWrong = { reason: 'clock_wrong'; whose: 'machine' | 'ledger'; shownAt: number; rightAt: number };

/** The tightest limit, with the arithmetic a person can check, and every other limit that is in the way too. */
export type LimitExceeded = {
  reason: 'limit_exceeded';
  requestedCredits: number;
  binding: ExceededLimit;
  exceeded: readonly ExceededLimit[];
};

/**
 * What the table of rights alone would let through: acts that are allowed one by one and lead together past a limit that
 * only owners may raise. Law 7 in the README gives the reasons.
 */
export type OwnersOnly =
  /** A limit of the person who acts, or credits moved to or from it. */
  | 'own_limit'
  /** The same of an owner or of another manager. */
  | 'limit_of_leader'
  /** To loosen a limit where no other limit that stops covers the account. */
  | 'limit_uncovered'
  /** To loosen a rule of a client: it binds the managers of that client as well. */
  | 'client_rule'
  /** To move credits to an account whose limit is an owner's, from one of another kind. */
  | 'move_to_owners_limit'
  /** To move credits from a limit that can be gone over to one that cannot. */
  | 'move_from_softer_limit'
  | 'move_from_closed'
  /** To bind a channel to a client that no limit stops, where limits stop others. */
  | 'client_without_limit'
  /** As a delegate, to give more than this one request needs. */
  | 'lasting_as_delegate'
  /** Extra credits for an account that has a limit that refuses, too: they would lift that one. */
  | 'also_refuses'
  | 'suspended_by_owner'
  /** To remove a person whose images in progress would then be charged to the agency, and no longer to the client. */
  | 'images_in_progress';

export type Decision<Facts> = { ok: true; facts: Facts } | { ok: false; refusal: Refusal };
export type Refused = { ok: false; refusal: Refusal };

export const refuse = (refusal: Refusal): Refused => ({ ok: false, refusal });
export const accept = <Facts>(facts: Facts): { ok: true; facts: Facts } => ({ ok: true, facts });
export const invalid = (field: string, problem: string) => refuse({ reason: 'invalid', field, problem });

/**
 * Names the count that a refused request adds to. Requests that a rule refuses have a count of their own: people ask again at
 * once, as the rule allows.
 */
export const countOf = ({ reason }: Refusal, memberId: string): string =>
  OF_RULES.has(reason) ? `rules/${memberId}` : memberId;

const OF_RULES: ReadonlySet<Refusal['reason']> = new Set<RuleBroken['reason']>([
  'model_not_allowed',
  'quality_not_allowed',
  'too_many_images',
  'price_too_high',
]);
