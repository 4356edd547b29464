import type { ApproveChoice } from '../../src/app/approvals/answer-request.ts';

/** What a process of a kill run is told, and what it says. Parent and child share nothing else. */

/** `amid`: on SQLite executed and not committed; on MongoDB, to Slack and to the provider sent and not answered. */
export type Moment = 'before' | 'amid' | 'after';
/** An effect on the world outside the process, and a moment of it: `append:captured:after`. */
export type Label = `${string}:${Moment}`;

/** What a person does, or the product by itself. A delivery's id is the same when it is delivered again. */
export type Act =
  | { kind: 'image'; deliveryId: string; by: string; channelId: string; prompt: string; imagesCount: number }
  | { kind: 'approve'; deliveryId: string; by: string; requestId: string; clientId: string; how: ApproveChoice }
  | { kind: 'deny' | 'withdraw'; deliveryId: string; by: string; requestId: string }
  | { kind: 'bind'; deliveryId: string; by: string; channelId: string; clientId: string }
  | { kind: 'grant'; deliveryId: string; by: string; clientId: string; amountCredits: number }
  | { kind: 'remove'; deliveryId: string; by: string; memberId: string }
  | { kind: 'delete'; by: string; jobId: string }
  /** The process was stopped for a while, or its clock set: so much later it goes on. */
  | { kind: 'later'; ms: number }
  /** It really takes so long. */
  | { kind: 'pause'; ms: number }
  | { kind: 'sweep' }
  /** What is done once a day, if it is due. */
  | { kind: 'cron' }
  /** Everything before it has come to its end; what follows was answered before, and must change nothing. */
  | { kind: 'again' };

/** Acts that follow one another; several threads go on at the same time. */
export type Thread = readonly Act[];

/** When a process dies by its own hand. `waiting`: it is killed from outside, whenever that is. */
export type Doom =
  | { kind: 'label'; label: Label; nth: number }
  | { kind: 'effect'; effectNo: number }
  | { kind: 'waiting' }
  /** It lives, and ends by itself when everything is done. */
  | { kind: 'none' };

export type StoreAt = { kind: 'sqlite'; dataDir: string } | { kind: 'mongo'; uri: string };

export type Life = {
  name: string;
  workspace: string;
  store: StoreAt;
  /** Where Slack and the provider are. */
  outside: string;
  laterMs: number;
  /** No other process works on these records. */
  alone: boolean;
  doom: Doom;
  threads: readonly Thread[];
};

/** A line on a child's standard output; written at once, so that it stands however the process ends. */
export type Said =
  | { say: 'open' }
  /** Durable, as the process was told: the lines and steps that must be there afterwards. */
  | { say: 'line'; seq: number; commandId: string }
  | { say: 'step'; jobId: string; stepNo: number }
  | { say: 'did'; thread: number; act: number }
  | { say: 'threw'; thread: number; act: number; code: string }
  | { say: 'later'; ms: number }
  | { say: 'seq'; seq: number }
  | { say: 'died'; label: Label }
  | { say: 'idle' };

export const WORKSPACE = 'T0KILLS';
/** Stands in every prompt, and nowhere else: a log that has it has a prompt. */
export const PROMPT_MARK = 'lighthouse';
export const SECRET = 'kept-secret-5f1c';
