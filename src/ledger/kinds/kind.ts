import type { AccountId } from '../accounts.ts';
import type { Command, CommandBody, DeedKinds, From } from '../commands/commands.ts';
import type { EntryOf, Facts, FactsOf, Line } from '../lines.ts';
import type { Decision } from '../refusals.ts';
import type { Action } from '../rights/actions.ts';
import type { State } from '../state.ts';
import type { TallyDraft } from '../tally/tally-draft.ts';
import type { UsageDraft } from '../usage/usage-draft.ts';
import type { Calendar } from '../usage/windows.ts';
import type { Shape } from './check.ts';

/** When a command is decided, and in which calendar. */
export type Moment = { at: number; calendar: Calendar };

/** What accounts use, and the days' sums: changed in place. */
export type Draft = UsageDraft & { tally: TallyDraft };

/** What a line changes of a state, besides what is in the draft. */
export type Change = Partial<Omit<State, 'use' | 'tally' | 'images' | 'blocked'>>;

/** The states before and after a line. */
export type Around = { before: State; next: State };

/** A command's content, as its hash was made of it. */
export type Content = CommandBody & { by: string };

/**
 * All that the ledger knows of one kind of line. Every part has to be said for every kind; what is forgotten does not
 * compile. Methods, so that a line of any kind can be given to the entry of its own kind.
 */
export type LineKind<Kind extends Facts['kind']> = {
  readonly shape: Shape<Omit<FactsOf<Kind>, 'kind'>>;
  /** Every account that it touches: those it is found by, and whose balances it carries. */
  accounts(facts: FactsOf<Kind>): readonly AccountId[];
  /** Trusts the line: it was decided before it was written. What is in the draft is read and changed there alone. */
  apply(state: State, line: EntryOf<Kind>, draft: Draft): Change;
  /** The only members that it changes, besides those whose delegate they are. Absent: it may change any. */
  members?(line: EntryOf<Kind>): readonly string[];
  /** What no decision allows, seen from the line itself. Null where nothing is wrong. */
  invariant(line: Line & FactsOf<Kind>, around: Around): string | null;
};

type OfCommand<Kind extends keyof DeedKinds> = {
  readonly command: From<Kind>['kind'];
  /** The accounts that its right is asked for: each of them. None where the right is about no account. */
  about(command: Command & From<Kind>, state: State): readonly AccountId[];
  /** What it is called in the table of rights, where that is not its own name. */
  action?(command: Command & From<Kind>, accounts: readonly AccountId[]): Action;
  /** Looks at nothing but rules: whether the person has the right was asked before. */
  decide(state: State, command: Command & From<Kind>, moment: Moment): Decision<Facts>;
};

type OfSetting<Kind extends Facts['kind']> = {
  /** Whether what a command asked for is so already: it changes nothing, and is refused instead. */
  isAlreadySo(state: State, facts: FactsOf<Kind>, asked: { by: string; at: number }): boolean;
};

type OfOwnStatement<Kind extends Facts['kind']> = {
  /** The commands that it may come from: several where the line leaves a value open, none where it leaves more. */
  commands(line: Line & FactsOf<Kind>): readonly Content[];
};

type Always<Kind extends keyof DeedKinds> = LineKind<Kind> &
  (DeedKinds[Kind] extends { from: unknown } ? OfCommand<Kind> : unknown) &
  (DeedKinds[Kind] extends { setting: true } ? OfSetting<Kind> : unknown) &
  (DeedKinds[Kind] extends { states: unknown } ? OfOwnStatement<Kind> : unknown);

/** The entries of a family of kinds. */
export type Entries<Kinds extends Partial<DeedKinds>> = {
  readonly [Kind in keyof Kinds & keyof DeedKinds]: Always<Kind>;
};

/** An entry, whatever its kind. */
export type AnyKind = LineKind<Facts['kind']> &
  Partial<OfCommand<keyof DeedKinds> & OfSetting<Facts['kind']> & OfOwnStatement<Facts['kind']>>;
export type FromCommand = AnyKind & OfCommand<keyof DeedKinds>;

export const NO_ACCOUNTS = (): readonly AccountId[] => [];
export const NOTHING_WRONG = (): string | null => null;
