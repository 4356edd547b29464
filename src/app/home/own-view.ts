import type { Tip } from '../../reports/tips.ts';
import type { RequestFacts } from '../approvals/cards.ts';
import type { Part } from './credits-view.ts';

/** What concerns a person alone. */
export type OwnView = {
  access: Access;
  /** Who can change that. */
  ownerIds: readonly string[];
  /** Clients of the latest images, where the person is still in their channel. */
  clients: readonly (Part & { name: string; hasOutsiders?: boolean })[];
  /** Own requests that wait for another person’s decision. */
  requests: readonly (RequestFacts & { approverIds: readonly string[] })[];
  /** From their own images of the last weeks, those about most credits first. */
  tips: readonly Tip[];
};

/** Whether a person may make images, or else why not. */
export type Access = 'makes' | 'looks_on' | 'suspended' | 'removed';
