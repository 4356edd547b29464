import type { ModelRate } from './rates/card.ts';

/**
 * The port to the services that make images.
 *
 * One call of `make` sends at most one paid request and never throws for what a provider may answer: every end of the
 * call is one of the outcomes below. Only `transient` proves that nothing was started, so only it may be tried again.
 * The signal is the caller's deadline; when it fires, the outcome is `unknown`, unless nothing had been sent yet.
 */
export type ImageProvider = {
  make(request: ImageRequest, options: { signal: AbortSignal }): Promise<ImageOutcome>;
};

/** One image, at the rate that it was priced from. `size` is `<width>x<height>` in pixels; neither size nor quality is ever `auto`. */
export type ImageRequest = {
  rate: ModelRate;
  size: string;
  quality: string;
  prompt: string;
  /** An HMAC of workspace and member, so that a provider can tell abusers apart without learning who they are. */
  safetyId: string;
  /** The image's position among those of one command: a provider that draws alike for like prompts varies by it. */
  variation?: number;
};

/** A `detail` is for logs and owners: a status, a code, a request id; never a key, never a word of the prompt. */
export type ImageOutcome =
  | ImageDone
  /** The provider's content policy says no. Nothing was charged. */
  | { kind: 'refused'; detail: string; said?: Said }
  /** Our request or configuration is wrong (bad key, unknown model). Nothing was charged. `trouble`: whose to mend. */
  | { kind: 'rejected'; detail: string; said?: Said; trouble?: Trouble }
  /**
   * Proven not started: it may be sent again after `retryAfterMs`. `isNamed`: the provider has named that time, and takes
   * nothing before it.
   */
  | { kind: 'transient'; detail: string; retryAfterMs: number; isNamed?: boolean; said?: Said }
  /** The agency's own account with the provider is out of quota; owners have to act. Nothing was charged. */
  | { kind: 'account_stop'; detail: string; said?: Said }
  /** It may have been made and billed. Never charged to the client. */
  | { kind: 'unknown'; detail: string; said?: Said };

/** What only an operator can mend: the key, what the key may do, the model's name, or a part of the request. */
export type Trouble = 'key' | 'forbidden' | 'model' | 'parameter';

/** How a provider answered, for the log: identifiers and figures alone. */
export type Said = { status: number | null; code: string | null; param: string | null; requestId: string | null };

export type ImageDone = {
  kind: 'done';
  bytes: Uint8Array;
  /** As the bytes say. What Slack does not show is kept as a file (`picture/format.ts`). */
  contentType: string;
  /** What was made besides, though one image was asked for. */
  more?: readonly { bytes: Uint8Array; contentType: string }[];
  /**
   * What the provider charges the agency for it, from the usage it returned; integer micro-USD. It is reported as it
   * came, even above the bound that was held: the use case caps what the client pays, the agency sees what it lost.
   */
  costMicroUsd: number;
};
