import type { Role } from '../../ledger/roles.ts';
import type { FittingRequest } from './ways-out-view.ts';

/** What comes of a click on a button below a refusal or an image. */
export type WayNote =
  /** Not made, because its price rose, or because nothing is in the way any more of what was refused. */
  | { kind: 'instead_offered'; why: 'price_changed' | 'fits_now'; jobId: string; fitting: FittingRequest }
  /** Not made, because its price rose after it was sent in a form, which has closed. */
  | { kind: 'price_rose'; shownCredits: number; totalCredits: number; prompt: string }
  /** Not made again, because its price rose. */
  | { kind: 'again_offered'; jobId: string; totalCredits: number }
  /** It was asked for by another click on the buttons of the same refusal. */
  | { kind: 'already_made' }
  /** Others were asked to do away with what refused a request, or to change the person’s role. Empty: none could be reached. */
  | { kind: 'others_asked'; askedIds: readonly string[]; about: 'request' | 'role' }
  /** An owner answered a person who asked for a role; `role` null: it stays as it is. */
  | { kind: 'role_answered'; by: string; role: Role | null; mayMake: boolean }
  /** To a person who asks for a role that they have by now, and to an owner who answers too late. */
  | { kind: 'role_fits' }
  | { kind: 'role_settled'; memberId: string }
  /** `to`: what they would have done, where it isn’t deleting. */
  | { kind: 'not_yours'; ownerId: string; to?: 'cancel' }
  /** The provider has it, or it has ended. */
  | { kind: 'not_canceled'; why: 'sent' | 'ended' };
