import { isAccount } from '../ledger/accounts.ts';
import { STAGES, type VoidReason, type Wish, type Work } from '../ledger/commands.ts';
import type { Balance, Held, Line } from '../ledger/lines.ts';
import { type Draw, ROLES } from '../ledger/state.ts';
import { WINDOWS } from '../ledger/windows.ts';
import { type Check, count, listOf, nameIn, object, oneOf, orNull, type Shape, text, whole } from './check.ts';
import { JournalFault } from './journal.ts';

/** One stored line. Throws a `JournalFault` (`corrupt`) that names its seq. */
export function parseLine(json: string, seq: number): Line {
  const value = parseJson(json, seq);
  const problem = checkLine(value);
  if (problem) throw new JournalFault('corrupt', { message: `line ${seq} is not a line: ${problem}` });
  return value as Line;
}

/** Throws where a line could not be read back: written once, it would stand in the way of every start. */
export function assertLine(line: Line): void {
  const problem = checkLine(line);
  if (problem) throw new Error(`line ${line.seq} must not be written: ${problem}`);
}

function checkLine(value: unknown): string | null {
  const kind = (value as Partial<Line> | null)?.kind;
  const check = kind !== undefined && Object.hasOwn(KINDS, kind) ? KINDS[kind] : null;
  return check ? check(value) : 'it is of no known kind';
}

function parseJson(json: string, seq: number): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new JournalFault('corrupt', { cause, message: `line ${seq} is not JSON` });
  }
}

const role = oneOf(ROLES);

const account: Check = (value) => (isAccount(value) ? null : 'is not an account');

const kind: Check = () => null;

/** Printable and short, so that two keys that differ never look the same to a store. */
const key: Check = (value) => (typeof value === 'string' && /^[\x21-\x7e]{1,200}$/.test(value) ? null : 'is not a key');

const balanceFields = object<Balance>({
  account,
  window: text,
  usedCredits: whole,
  heldCredits: whole,
  availableCredits: orNull(whole),
});

/** A line has several: looked at by hand first, because that is quicker, and field by field to say what is wrong. */
const balance: Check = (value) => {
  const { account: of, window, usedCredits, heldCredits, availableCredits } = (value ?? {}) as Partial<Balance>;
  const right =
    isAccount(of) &&
    typeof window === 'string' &&
    Number.isSafeInteger(usedCredits) &&
    Number.isSafeInteger(heldCredits) &&
    (availableCredits === null || Number.isSafeInteger(availableCredits));
  return right ? null : balanceFields(value);
};

const head = {
  workspace: key,
  seq: count,
  at: whole,
  by: key,
  commandId: key,
  commandHash: text,
  kind,
  balances: listOf(balance),
};

const whose = { memberId: text, clientId: text, heldCredits: count };

const holds = listOf(
  object<Held['holds'][number]>({
    holdId: text,
    amountCredits: count,
    draws: listOf(object<Draw>({ account, grantId: text, credits: count })),
  }),
);

const work = object<Work>({
  model: text,
  size: text,
  quality: text,
  stage: oneOf(STAGES),
  rateCardId: text,
  boundMicroUsd: count,
});

const wish = nameIn<Wish['kind']>({
  open_workspace: true,
  add_member: true,
  set_role: true,
  create_client: true,
  rename_client: true,
  bind_channel: true,
  set_limit: true,
  grant: true,
  hold: true,
  capture: true,
  void: true,
  slip: true,
});

const voidReason = nameIn<VoidReason>({
  refused: true,
  rejected: true,
  transient: true,
  account_stop: true,
  not_started: true,
  unreachable: true,
  withdrawn: true,
});

type Shapes = { [Kind in Line['kind']]: Shape<Extract<Line, { kind: Kind }>> };

const SHAPES: Shapes = {
  workspace_opened: {
    ...head,
    ownerId: text,
    timeZone: text,
    weekStartsOn: count,
    creditValueMicroUsd: count,
    markupBasisPoints: count,
    defaultRole: role,
  },
  member_added: { ...head, memberId: text, role },
  role_set: { ...head, memberId: text, role },
  client_created: { ...head, clientId: text, name: text },
  client_renamed: { ...head, clientId: text, name: text },
  channel_bound: { ...head, channelId: text, clientId: orNull(text) },
  limit_set: { ...head, account, window: oneOf(WINDOWS), limitCredits: orNull(count) },
  granted: { ...head, grantId: text, account, amountCredits: count, expiresAt: orNull(whole), reason: text },
  held: { ...head, memberId: text, clientId: text, channelId: text, holds, work, deadlineAt: whole },
  captured: { ...head, ...whose, holdId: text, capturedCredits: count, costMicroUsd: count },
  voided: { ...head, ...whose, holdId: text, reason: voidReason },
  slipped: { ...head, ...whose, holdId: text },
  refused: {
    ...head,
    wish,
    // Only ever shown again, never decided on: its shape is the surface's business.
    refusal: object<{ reason: string }>({ reason: text }),
    accounts: listOf(account),
  },
};

const KINDS = Object.fromEntries(
  Object.entries(SHAPES).map(([name, shape]) => [name, object<object>(shape)]),
) as Readonly<Record<Line['kind'], Check>>;
