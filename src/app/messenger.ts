import type { OfferRefusal } from '../images/rate-card.ts';
import type { AccountId } from '../ledger/accounts.ts';
import type { Refusal } from '../ledger/refusals.ts';
import type { Audience } from '../ports/ports.ts';
import type { Job } from '../storage/records/job.ts';
import type { MessagePlace } from '../storage/records/job-step.ts';
import type { DelegationView } from './approvals/delegation-view.ts';
import type { ApprovalNote } from './approvals/notes.ts';
import type { Card } from './card.ts';
import type { ProjectProblem } from './clients/find-project.ts';
import type { ClockView } from './clock/clock-view.ts';
import type { CreditsView } from './home/credits-view.ts';
import type { OpenRequests, Overview } from './home/overview-view.ts';
import type { OwnView } from './home/own-view.ts';
import type { SetupView } from './home/setup-view.ts';
import type { ImageSaid } from './images/images-said.ts';
import type { WayNote } from './images/way-notes.ts';
import type { FittingRequest, WaysOut } from './images/ways-out-view.ts';
import type { LimitContactsByAccount } from './limits/limit-contacts.ts';
import type { LimitsView } from './limits/limits-view.ts';
import type { Names } from './names.ts';
import type { ChangesView } from './people/changes-view.ts';
import type { PeopleView } from './people/people-view.ts';
import type { Requester } from './requester.ts';
import type { StopCard } from './self-check/stop-view.ts';

export type { SetLimits, SetupView } from './home/setup-view.ts';
export type { Card };

/**
 * The only way out to people. The use cases say what is to be told; words and blocks are the messenger's. Nothing here
 * throws for what Slack may answer: every end is one of the outcomes.
 */
export type Messenger = {
  /**
   * Posts a job's message for the first time: who asked for what, and nothing about how it ends, because an answer of
   * Slack's may be lost and the message then stands twice. What comes of it is drawn into it by `redraw`.
   */
  announce(view: JobView, to: Destination): Promise<Announced>;
  /** Draws the job as it is now into its message. Safe to repeat. */
  redraw(view: JobView, place: MessagePlace): Promise<Redrawn>;
  /**
   * Bytes into a file of Slack's that is not seen yet; repeated, it leaves a file that is never shown. Or, below a message,
   * into one that stands there to be opened or downloaded.
   */
  upload(file: NewFile): Promise<Uploaded>;
  removeFile(fileId: string): Promise<Delivered>;
  /**
   * A private sentence: where the person typed, else by direct message. It may, rarely, be said twice. With a key it is a new
   * direct message that stands once, wherever they typed: what ends a wait has to be found by a person who is away.
   */
  tell(to: Requester, note: PrivateMessage, once?: { onceKey: string }): Promise<Delivered>;
  /**
   * Posts a card to one person, or in a channel, or redraws it where it stands. `onceKey`: of what is to stand once. Where Slack
   * knows a message with that key, it answers with that one instead of posting another. It cannot be left out by mistake.
   */
  postCard(memberId: string, card: Card, onceKey: string | undefined): Promise<Announced>;
  postCardIn(channelId: string, card: Card, onceKey: string | undefined): Promise<Announced>;
  redrawCard(place: MessagePlace, card: Card): Promise<Redrawn>;
};

export type NewFile = { bytes: Uint8Array; contentType: string; title: string; below?: MessagePlace | null };

/** The channel the image was asked for in, or the person, where the channel cannot be reached any more. */
export type Destination = { in: 'channel' } | { in: 'direct_message' };

/**
 * `unreachable`: Slack says that it can never be posted there as things are. `failed`: not now. `isEarlier`: the message stood
 * there already, from an attempt whose answer was lost, and says something else than it would by now.
 */
export type Announced =
  | { kind: 'posted'; place: MessagePlace; isEarlier?: boolean }
  | { kind: 'unreachable'; code: string }
  | { kind: 'failed'; code: string };

/** `gone`: the message or its channel is no longer there. */
export type Redrawn = { kind: 'drawn' } | { kind: 'gone'; code: string } | { kind: 'failed'; code: string };
export type Uploaded = { kind: 'uploaded'; fileId: string } | { kind: 'failed'; code: string };
export type Delivered = { kind: 'delivered' } | { kind: 'failed'; code: string };

/** A job with what its message shows; `face`: who may read along in its channel. */
export type JobView = {
  job: Job;
  /** Null once it was erased. */
  prompt: string | null;
  clientName: string | null;
  /** A name of the agency's own. */
  projectName: string | null;
  audience: Audience;
  said: readonly ImageSaid[];
  /** How long images like these usually take; null where too few are known, left out once they have ended. */
  usualMs?: number | null;
  /** Of what is announced: it has to wait before it is sent. */
  isHeldUp?: boolean;
};

/** Something said to one person. */
export type PrivateMessage =
  /** `cheapestCredits`: what the cheapest image costs; `prompt`: what was asked for, to be asked for again. */
  | {
      kind: 'refused';
      refusal: Refusal;
      audience: Audience;
      helpers: readonly string[];
      /** Who can help with each limit that is in the way. */
      helpersBy?: LimitContactsByAccount;
      /** Accounts whose figures are none of the reader's business. */
      hidden: readonly AccountId[];
      clientName: string | null;
      names: Names;
      cheapestCredits: number | null;
      /** What can be done about it by a click; null where there is nothing, left out where it was not looked for. */
      ways?: WaysOut | null;
      prompt: string | null;
    }
  /**
   * The channel belongs to no client yet; a person who can decide has been asked, now or earlier. The prompt is kept, and runs
   * then where it costs no more than `mostCredits`.
   */
  | {
      kind: 'client_asked';
      channelId: string;
      askedIds: readonly string[];
      mostCredits: number;
      prompt: string | null;
    }
  /** A prompt that waited for the client of its channel, and will not run. */
  | ({ kind: 'not_run'; channelId: string; prompt: string | null } & WhyNotRun)
  | { kind: 'no_offer'; refusal: OfferRefusal; prompt: string | null }
  | { kind: 'prompt_wrong'; problem: PromptProblem; prompt: string | null }
  | {
      kind: 'project_wrong';
      problem: ProjectProblem;
      audience: Audience;
      helpers: readonly string[];
      ways?: WaysOut | null;
      prompt: string | null;
    }
  /** The same delivery came with another prompt. */
  | { kind: 'id_reused' }
  | { kind: 'unreachable'; code: string; channelId: string; prompt: string | null }
  /** Nothing was written down: nothing will happen, nothing is charged. */
  | { kind: 'not_begun'; reference: string }
  /** It is written down and goes on by itself. */
  | { kind: 'delayed'; reference: string }
  /** Found too late after a restart to be what the person still waits for. */
  | { kind: 'too_late'; prompt: string | null }
  /** What came of a request, where the message in the channel could be missed. `url`: of that message. */
  | { kind: 'images_ended'; job: Job; url?: string | null }
  | { kind: 'channel_bound'; channelId: string; clientName: string | null; by: string }
  /** A form named a channel that the person is not in. */
  | { kind: 'not_in_channel'; channelId: string; prompt: string | null }
  | { kind: 'image_gone'; why: 'deleted' | 'prompt_erased' | 'not_found' }
  /** It can be deleted once it has come to an end. */
  | { kind: 'not_finished' }
  | WayNote
  | ApprovalNote;

export type WhyNotRun =
  | { why: 'no_client' | 'lapsed' }
  /** In the job of that id it is kept for a day, for a button with the price of now. */
  | { why: 'dearer'; jobId: string; thenCredits: number; fitting: FittingRequest }
  /** What was in the way; null where it is not any more. */
  | { why: 'refused'; because: PrivateMessage | null };

export type PromptProblem = { reason: 'empty' } | { reason: 'too_long'; characters: number; charactersMax: number };

/** What a person's Home shows. */
export type HomeView = {
  memberId: string;
  credits: CreditsView;
  own: OwnView;
  /** How an agency, or a manager’s clients, are doing; null for others, and where another part of Home is in front. */
  overview: Overview | null;
  /** Requests that wait for this person; null as above, and where people from outside the agency may read along. */
  toDecide: OpenRequests | null;
  latest: readonly JobView[];
  /** Null for those who may not set up, and for people who are no full members, whatever their role. */
  setup: SetupView | null;
  /** That spending is stopped, for those who can let it go on. */
  stop: StopCard['stop'] | null;
  /** That a clock is wrong, for those who can mend it. */
  clock: ClockView | null;
  /** Who decides about approvals in whose place; null where that is none of their business. */
  approvals: DelegationView | null;
  /** Null for those who may not see them, and where another part of Home is in front. */
  people: PeopleView | null;
  changes: ChangesView | null;
  /** A page of accounts and their limits, where that part of Home was asked for. */
  limits: LimitsView | null;
};
