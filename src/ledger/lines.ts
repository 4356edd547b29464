import type { AccountId } from './accounts.ts';
import type { Command, CommandBody, Deed, DeedKinds, DeedOf } from './commands/commands.ts';
import type { Refusal } from './refusals.ts';

/** What a line states: the fact that an accepted command became, or that it was refused. */
export type Facts = Deed | Refused;
export type FactsOf<Kind extends Facts['kind']> = {
  [Each in Kind]: Each extends keyof DeedKinds ? DeedOf<Each> : Refused;
}[Kind];

export type LimitSet = FactsOf<'limit_set'>;
export type Asked = FactsOf<'asked'>;
export type Approved = FactsOf<'approved'>;

export type Refused = {
  kind: 'refused';
  /** The kind of its command. Stored lines call it so. */
  wish: CommandBody['kind'];
  refusal: Refusal;
  /** The accounts that the command would have touched, as far as they are known: a history shows what was asked in vain, too. */
  accounts: readonly AccountId[];
};

/** What every line says of itself. */
export type Envelope = {
  workspace: string;
  seq: number;
  at: number;
  by: string;
  commandId: string;
  commandHash: string;
  /** Of the line before, with all its fields. The book adds it; lines of earlier versions do not have it. */
  previousHash?: string;
};

/** A line without its balances: all that a state is made of. */
export type Entry = Envelope & Facts;
export type EntryOf<Kind extends Facts['kind']> = Envelope & FactsOf<Kind>;

/** One answered command. Never changed, never removed. */
export type Line = Entry & {
  /** What the line left behind on every account it touched, as on a bank statement. */
  balances: readonly Balance[];
};

export type Balance = {
  account: AccountId;
  /** The window's key, such as `month:2026-11`; `total` where the account has no limit. */
  window: string;
  usedCredits: number;
  heldCredits: number;
  /** Limit plus grants minus used minus held; null where nothing limits the account. */
  availableCredits: number | null;
};

/**
 * Without a line where the burst limit turned it away. What is so already is as it was asked for, and its line states no
 * deed: it is a refusal, `nothing_changed`.
 */
export type Answer = { ok: true; line: Line } | { ok: false; refusal: Refusal; line: Line | null };

/** What a stored line answers to the sender of its command, now or again. */
export const answerOf = (line: Line): Answer =>
  line.kind === 'refused' && line.refusal.reason !== 'nothing_changed'
    ? { ok: false, refusal: line.refusal, line }
    : { ok: true, line };

/** The part of a command that must be the same when its id comes again. */
export function contentOf(command: Command): Omit<Command, 'commandId'> {
  const { commandId: _, ...content } = command;
  return content;
}
