import type { AccountId } from '../../ledger/accounts.ts';
import type { Line } from '../../ledger/lines.ts';

/**
 * Where a workspace's lines are kept, in order, for ever.
 *
 * Words: a line's `seq` counts from 1 without gaps; `(workspace, seq)` and `(workspace, commandId)` are unique. These two
 * keys are all that settles a race: there is no lock, no conditional update and no transaction over several writers.
 */
export type Journal = {
  /**
   * Writes lines that follow one another, and answers when they are durable.
   *
   * `taken`: some line's seq or command id stands already. The lines before it may have been written, so the writer has
   * to read back. A `JournalFault` is thrown where the store failed; its code says whether anything may stand. Lines that
   * would leave a gap are never written: their sender has seen lines that this journal lost (`corrupt`).
   */
  append(lines: readonly Line[]): Promise<'appended' | 'taken'>;

  /** Lines after a seq, in order, at most `linesMax`. */
  read(query: { workspace: string; afterSeq: number; linesMax: number }): Promise<Line[]>;

  /** The lines that answered these commands; those never answered are left out. */
  findCommands(query: { workspace: string; commandIds: readonly string[] }): Promise<Line[]>;

  /** 0 where there are none yet. */
  lastSeq(workspace: string): Promise<number>;

  /** The lines that touched an account, newest first; `beforeSeq` pages on. */
  history(query: HistoryQuery): Promise<Line[]>;

  /** Every workspace that has a line, in order of their ids. */
  workspaces(): Promise<string[]>;

  /** What has become of the place where it is kept, looked at afresh; null where all is well. A database looks after itself. */
  trouble?(): Promise<Trouble | null>;

  close(): Promise<void>;
};

/** Why nothing can be entrusted to it any more. `moved`: no start will find what is written there from now on. */
export type Trouble = { kind: 'moved' | 'damaged'; problem: string };

export type HistoryQuery = {
  workspace: string;
  account: AccountId;
  /** Inclusive. */
  fromAt: number;
  /** Exclusive. */
  toAt: number;
  beforeSeq?: number;
  /** Of no earlier line. Between the two time must not go back: where a clock was corrected one asks twice. */
  sinceSeq?: number;
  linesMax: number;
};

/**
 * The store failed. `unavailable` and `full`: nothing was written. `uncertain`: the lines may or may not stand.
 * `corrupt`: what was read is not a line of ours.
 */
export class JournalFault extends Error {
  override name = 'JournalFault';
  constructor(
    readonly code: 'unavailable' | 'full' | 'uncertain' | 'corrupt',
    options: { cause?: unknown; message?: string } = {},
  ) {
    super(options.message ?? `journal: ${code}`, { cause: options.cause });
  }
}

/** The first of lines that follow one another in one workspace; null for none. Throws where they do not: a bug of ours. */
export function firstOf(lines: readonly Line[]): Line | null {
  const [first] = lines;
  if (!first) return null;
  for (const [index, { workspace, seq }] of lines.entries()) {
    if (workspace !== first.workspace || seq !== first.seq + index) throw new Error(`line ${seq} is out of order`);
  }
  return first;
}

export const gapBefore = (line: Line) =>
  new JournalFault('corrupt', { message: `line ${line.seq} of ${line.workspace} has no line before it` });
