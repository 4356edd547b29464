/** What the use cases need from outside, besides the journal, the records, the image providers and the messenger. */

export type Clock = {
  /** Epoch milliseconds. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Calls back once, that much later; what it returns takes that back. */
  after(ms: number, happen: () => void): () => void;
  /** Counts milliseconds whatever the clock is set to; it may stand still while the machine sleeps. */
  elapsedMs?(): number;
  /** What this machine shows and what others say, where they differ: then `now` is not this machine's. Null while they agree. */
  doubt?(): ClockDoubt | null;
  /** Whether a source outside this machine has confirmed the time. */
  isConfirmed?(): boolean;
  /** Asks others what the time is, where there is doubt or nothing was heard for a while. Takes two seconds at most. */
  askAround?(): Promise<void>;
};

export type ClockDoubt = { machineAt: number; outsideAt: number; source: 'slack' | 'database' };

/** Unguessable ids; tests and simulations give predictable ones. */
export type NewId = () => string;

/** Facts for the operator: never a prompt, never a secret. */
export type Log = {
  info(facts: Record<string, unknown>, message: string): void;
  warn(facts: Record<string, unknown>, message: string): void;
  error(facts: Record<string, unknown>, message: string): void;
};

/** A person as Slack knows them now. Facts, not rights: the ledger has the rights. */
export type Person = {
  userId: string;
  name: string;
  kind: 'member' | 'guest' | 'outsider' | 'bot' | 'deactivated';
  /** IANA name. */
  timeZone: string | null;
};

/** Null: Slack does not know the person. Throws a `PeopleFault` where Slack could not be asked. */
export type People = {
  look(userId: string): Promise<Person | null>;
  /** All names of everyone in the workspace that a search may use; up to ten minutes old. */
  names(): Promise<ReadonlyMap<string, string>>;
  forget(userId: string): void;
};

/**
 * Who may read along where something is shown. `internal`: full members of the workspace alone. `shared`: people from
 * outside the agency may, a guest or a client's people; then it is images, allowance and own credits, and nothing of the
 * agency's: no cost, no margin, no other client, no figures of the agency or of its teams. `unsure`: Slack did not say in
 * time who may; it shows what `shared` shows, and says why. `alone`: of a private answer that one full member reads, in a
 * channel with people from outside. It holds all of the channel's client that their role may know, and nothing beyond.
 */
export type Audience = 'internal' | 'alone' | 'shared' | 'unsure';

export type Channels = {
  /**
   * Who is in a channel, now. A channel that came from a form is a hint: people cannot spend in one that they cannot see. Throws
   * a `PeopleFault` where Slack could not be asked.
   */
  has(channelId: string, userId: string): Promise<boolean>;
  /**
   * The face that a reader is shown in a channel or a direct message; in Home and in forms that belong to no channel,
   * where it is null, theirs alone. It is checked again at least once a minute, takes two seconds at most, and never
   * throws: it is `unsure` then.
   */
  audience(channelId: string | null, readerId: string): Promise<Audience>;
  /** Whether people from outside were in a channel when it was last looked at. Asks no one. */
  hasOutsiders?(channelId: string): boolean;
  /**
   * Looks at the first few of these channels of which it is not known who is in them, for `hasOutsiders`. Takes a second at most,
   * and never throws.
   */
  lookAt?(channelIds: readonly string[]): Promise<void>;
  /** The id that a channel has now, where it is known that Slack gave it another one. */
  now?(channelId: string): string;
  /** Slack says that a channel, or a person, is not what it was: nothing that is remembered of it counts any more. */
  forget(changed: { channelId: string } | { userId: string }): void;
};

export class PeopleFault extends Error {
  override name = 'PeopleFault';
  readonly code = 'unavailable';
}

/** Slack could not be reached with something that has to be delivered: it is tried again later. */
export class DeliveryFault extends Error {
  override name = 'DeliveryFault';
  constructor(readonly code: string) {
    super(`not delivered: ${code}`);
  }
}
