/** What Slack's refusals mean for a message. */

/** The app's own token or installation is broken. An operator will mend it; the work goes on afterwards. */
const OUR_STANDING = new Set([
  'account_inactive',
  'ekm_access_denied',
  'invalid_auth',
  'missing_scope',
  'not_allowed_token_type',
  'not_authed',
  'org_login_required',
  'team_access_not_granted',
  'token_expired',
  'token_revoked',
  'two_factor_setup_required',
]);

/** The message, its channel, or the right to change it is no longer there. */
const GONE = new Set([
  'cant_update_message',
  'channel_not_found',
  'edit_window_closed',
  'is_archived',
  'is_inactive',
  'message_not_found',
  'not_in_channel',
]);

const OUR_MISTAKES = new Set([
  'invalid_arguments',
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_too_long',
  'no_text',
]);

export const isOurFault = (code: string) => OUR_STANDING.has(code);
export const isGone = (code: string) => GONE.has(code);
export const isOurMistake = (code: string) => OUR_MISTAKES.has(code) || code.startsWith('msg_blocks_');
