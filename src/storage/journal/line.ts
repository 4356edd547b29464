import { isAccount } from '../../ledger/accounts.ts';
import {
  type Check,
  count,
  listOf,
  object,
  orAbsent,
  orNull,
  type Shape,
  text,
  whole,
} from '../../ledger/kinds/check.ts';
import type { AnyKind } from '../../ledger/kinds/kind.ts';
import { KINDS } from '../../ledger/kinds/kinds.ts';
import { account } from '../../ledger/kinds/shapes.ts';
import type { Balance, Envelope, Line } from '../../ledger/lines.ts';
import { statesItsCommand } from '../../ledger/verify/command-of-line.ts';
import { contentHash } from '../../ports/content-hash.ts';
import { JournalFault } from './journal.ts';
import { lineText } from './line-text.ts';

/** One stored line. Throws a `JournalFault` (`corrupt`) that names its seq. */
export function parseLine(json: string, seq: number): Line {
  const value = parseJson(json, seq);
  const problem = checkLine(value, false);
  if (problem) throw new JournalFault('corrupt', { message: `line ${seq} is not a line: ${problem}` });
  return value as Line;
}

/**
 * Throws where a line could not be read back, or would not be as it was written: the next start, or the next check of the
 * ledger, would stop at it. A bug of its caller.
 */
export function assertLine(line: Line): void {
  const problem = checkLine(line, true) ?? brokenText(line) ?? brokenStatement(line);
  if (problem) throw new Error(`line ${line.seq} must not be written: ${problem}`);
}

/** Whether a value that was read elsewhere is a line. */
export const isLine = (value: unknown): value is Line => checkLine(value, false) === null;

function checkLine(value: unknown, isNew: boolean): string | null {
  const check = CHECKS.get((value as Partial<Line> | null)?.kind);
  return check ? check(value, isNew) : 'it is of no known kind';
}

/** JSON writes half a character as `\ud800`, behind an even number of backslashes. A text in UTF-8 cannot have one. */
const HALF_CHARACTER = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;

const brokenText = (line: Line): string | null =>
  HALF_CHARACTER.test(lineText(line)) ? 'it has half a character' : null;

const brokenStatement = (line: Line): string | null =>
  statesItsCommand(line, contentHash) ? null : 'it does not state what its command asked for';

function parseJson(json: string, seq: number): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new JournalFault('corrupt', { cause, message: `line ${seq} is not JSON` });
  }
}

const kind: Check = () => null;

const KEY_LENGTH_MAX = 200;

/** Printable and short, so that two keys that differ never look the same to a store. */
const key: Check = (value) => {
  if (typeof value !== 'string' || value.length === 0 || value.length > KEY_LENGTH_MAX) return 'is not a key';
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if (code < 0x21 || code > 0x7e) return 'is not a key';
  }
  return null;
};

const balanceFields = object<Balance>({
  account: account,
  window: text,
  usedCredits: whole,
  heldCredits: whole,
  availableCredits: orNull(whole),
});

/** A line has several: looked at by hand first, because that is quicker, and field by field to say what is wrong. */
const balance: Check = (value, isNew) => {
  const { account: of, window, usedCredits, heldCredits, availableCredits } = (value ?? {}) as Partial<Balance>;
  const right =
    isAccount(of) &&
    typeof window === 'string' &&
    Number.isSafeInteger(usedCredits) &&
    Number.isSafeInteger(heldCredits) &&
    (availableCredits === null || Number.isSafeInteger(availableCredits));
  return right ? null : balanceFields(value, isNew);
};

const head: Shape<Envelope & Pick<Line, 'kind' | 'balances'>> = {
  workspace: key,
  seq: count,
  at: whole,
  by: key,
  commandId: key,
  commandHash: text,
  previousHash: orAbsent(text),
  kind,
  balances: listOf(balance),
};

const CHECKS: ReadonlyMap<unknown, Check> = new Map(
  Object.entries<AnyKind>(KINDS).map(([name, { shape }]) => [name, object<object>({ ...head, ...shape })]),
);
