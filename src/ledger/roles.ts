/** Of a member, by the ledger's own book: Slack does not decide it. */
export const ROLES = ['owner', 'manager', 'creator', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

export const MEMBER_STATUSES = ['active', 'suspended', 'removed'] as const;
export type MemberStatus = (typeof MEMBER_STATUSES)[number];

/** What appointed an owner from outside Slack: the environment variable, or the operator of the machine. */
export const OWNER_APPOINTED_HOW = ['variable', 'operator'] as const;
export type OwnerAppointedHow = (typeof OWNER_APPOINTED_HOW)[number];
