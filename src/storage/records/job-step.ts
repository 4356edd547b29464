import type { Place } from '../../ledger/lists/channel-ids.ts';
import type { Pricing } from '../../ledger/policy.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import type { Stage } from '../../ledger/work.ts';
import type { ReplyAddress } from '../../ports/reply-address.ts';

/**
 * An image job, written down step by step: a step's number is taken once, so of two processes that want to go on with
 * the same job one comes second and stops. The job itself is what its steps add up to.
 */
export type JobStep = {
  workspace: string;
  jobId: string;
  /** From 0, without gaps. */
  stepNo: number;
  at: number;
  /** The process that wrote it, and until when it alone goes on with the job. */
  owner: string;
  leaseUntilAt: number;
} & JobFact;

export type JobFact =
  | ({ kind: 'asked' } & JobRequest)
  /** Another process goes on with the job, or the same one extends its lease. */
  | { kind: 'claimed' }
  /** `approvedAt`: when a request over a limit was approved, after it waited. */
  | { kind: 'held'; clientId: string; projectId: string | null; holdDeadlineAt: number; approvedAt?: number }
  /** The ledger asks for an approval. What becomes of that stands on its lines, and is read there each time. */
  | { kind: 'asking' }
  /** The requester and the approvers were told. */
  | { kind: 'everybody_asked' }
  /**
   * The ledger said no. Steps of earlier versions leave out why: it stands on the ledger's line. `notRun`: its prompt was kept
   * then, and will not run; the requester is told that, too.
   */
  | { kind: 'declined'; refusal?: Refusal; notRun?: NotRun }
  /**
   * The requester was told why. What is left is to erase the request: at once, or after `keptUntilAt`, where they were offered
   * buttons that need the prompt. Where its channel has no client yet, it is kept until it has one.
   */
  | { kind: 'told_declined'; keptUntilAt?: number }
  | { kind: 'announced'; place: MessagePlace }
  /** The channel cannot be posted to; nothing was sent to a provider. */
  | { kind: 'unreachable'; code: string }
  /** Written before the call: from here on it may have been paid for. */
  | { kind: 'sending'; imageNo: number; attemptId: string }
  | { kind: 'answered'; imageNo: number; outcome: ImageAnswer }
  | {
      kind: 'settled';
      imageNo: number;
      as: 'captured' | 'voided' | 'slipped';
      credits: number;
      clientLeftCredits: number | null;
    }
  /** `inThread`: Slack draws no such picture; it stands below the message, as a file. `moreFileIds`: those besides, there too. */
  | { kind: 'uploaded'; imageNo: number; fileId: string; inThread?: boolean; moreFileIds?: readonly string[] }
  /** The message shows how it ended, or that it is being checked. */
  | { kind: 'shown'; place: MessagePlace; final: boolean }
  | { kind: 'finished' }
  /** It is to be deleted: written before anything of it is taken away. */
  | { kind: 'deleted'; by: string }
  /** All of it is gone; or what could not be taken away for a day is left to another click. */
  | { kind: 'deletion_ended' };

/** `refused`: what was asked for cannot be had as things are by then. `dearer`: what it would be made as, and for how much. */
export type NotRun =
  | { readonly why: 'no_client' | 'lapsed' | 'refused' }
  | {
      readonly why: 'dearer';
      readonly model: string;
      readonly size: string;
      readonly quality: string;
      readonly nowCredits: number;
    };

/** What a person chose of the images, and no more: null, or left out, is for the rules of the moment to fill in. */
export type Choices = {
  options: { model?: string | undefined; size?: string | undefined; quality?: string | undefined };
  stage: Stage | null;
  guess?: Stage | undefined;
  /** A project's name as typed, or its id. */
  project: string | null;
};

/** Everything about a request but its prompt, which is kept where it can be erased. */
export type JobRequest = {
  memberId: string;
  /** Where it was asked for. Stored as `channelId` and `threadTs`. */
  place: Place;
  /** Where the requester is answered; null: by direct message. */
  replyTo: ReplyAddress | null;
  model: string;
  size: string;
  quality: string;
  stage: Stage;
  /** Neither the request nor a project said it. Steps of earlier versions leave it out. */
  isStageGuessed?: true;
  /** The project that was asked for by name; null: whatever the place is bound to. */
  namedProjectId: string | null;
  /** The default quality or model that a rule did not allow; the request named none. */
  insteadOf: string | null;
  imagesCount: number;
  eachCredits: number;
  boundMicroUsd: number;
  rateCardId: string;
  /** The rate of that card, as it was; requests of earlier versions leave it out. */
  rate?: { readonly [field: string]: unknown };
  /** What it was priced with; requests of earlier versions do not say, and are charged with what counts now. */
  pricing?: Pricing;
  contentDigest: string;
  /** Where its channel had no client yet: what it runs with once there is one. */
  choices?: Choices;
  /** The job in which its prompt was kept, until the channel had a client. */
  keptInJobId?: string;
};

/** Where a message stands in Slack. */
export type MessagePlace = { channelId: string; ts: string };

export type ImageAnswer =
  /** `isKept`: false where its bytes could not be stored. `moreCount`: images that came besides. */
  | { kind: 'done'; costMicroUsd: number; isKept?: boolean; moreCount?: number }
  | { kind: 'refused' | 'rejected' | 'account_stop'; detail: string }
  /** The requester was removed before it was sent. */
  | { kind: 'withdrawn'; detail: string }
  /** `isNamed`: the provider has said how long it is to be left alone. */
  | { kind: 'transient'; detail: string; retryAfterMs: number; isNamed?: boolean }
  | { kind: 'unknown'; detail: string };
