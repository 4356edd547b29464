import type { Member } from '../../ledger/state.ts';

/** What owners are told when one of them was made an owner from outside Slack. */
export type OwnerCard = { kind: 'owner_card'; memberId: string; isReader: boolean } & NonNullable<Member['appointed']>;
