import { isAccount } from '../../ledger/accounts.ts';
import type { Balance, Line } from '../../ledger/lines.ts';
import { type Check, count, listOf, object, orAbsent, orNull, type Shape, text, whole } from './check.ts';
import { JournalFault } from './journal.ts';
import * as shape from './shapes.ts';

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
  account: shape.account,
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
  previousHash: orAbsent(text),
  kind,
  balances: listOf(balance),
};

type Shapes = { [Kind in Line['kind']]: Shape<Extract<Line, { kind: Kind }>> };

const { account, spend, stage } = shape;
const ofMember = { ...head, memberId: text };
const ofTeam = { ...head, teamId: text, name: text };
const ofClient = { ...head, clientId: text };
const ofProject = { ...head, projectId: text };
const ofRequest = { ...head, ...spend, requestId: text };
const ended = { ...head, ...spend, heldCredits: count, holdId: text };
const holding = { ...head, ...spend, channelId: text, holds: shape.holds, work: shape.work, deadlineAt: whole };

const SHAPES: Shapes = {
  workspace_opened: {
    ...head,
    ownerId: text,
    timeZone: text,
    weekStartsOn: count,
    creditValueMicroUsd: count,
    markupBasisPoints: count,
    defaultRole: shape.role,
  },
  policy_set: { ...head, policy: shape.policy },
  member_added: { ...ofMember, role: shape.role },
  role_set: { ...ofMember, role: shape.role },
  manages_set: { ...ofMember, clientIds: listOf(text), teamIds: listOf(text) },
  teams_set: { ...ofMember, teamIds: listOf(text) },
  member_suspended: { ...ofMember, reason: text },
  member_resumed: ofMember,
  member_removed: { ...ofMember, reason: text },
  member_brought_back: { ...ofMember, role: shape.role },
  owner_appointed: { ...ofMember, how: shape.appointedHow },
  delegate_set: { ...head, toId: orNull(text), untilAt: orNull(whole) },
  team_created: ofTeam,
  team_renamed: ofTeam,
  client_created: { ...ofClient, name: text },
  client_renamed: { ...ofClient, name: text },
  client_closed: ofClient,
  client_reopened: ofClient,
  approvals_channel_set: { ...ofClient, channelId: orNull(text) },
  channel_bound: { ...head, channelId: text, clientId: orNull(text), before: orAbsent(orNull(text)) },
  channel_id_changed: { ...head, channelId: text, toChannelId: text },
  project_created: { ...ofProject, clientId: text, name: text, dueAt: orNull(whole), stage },
  project_changed: { ...ofProject, name: text, dueAt: orNull(whole), stage },
  project_closed: ofProject,
  project_reopened: ofProject,
  project_bound: { ...head, channelId: text, threadTs: orNull(text), projectId: orNull(text) },
  limit_set: {
    ...head,
    account,
    window: shape.window,
    limitCredits: orNull(count),
    over: shape.over,
    rollOverMaxCredits: orNull(count),
    before: orAbsent(shape.figures),
  },
  rule_set: { ...head, scope: shape.scope, rule: orNull(shape.rule) },
  budget_moved: { ...head, from: account, to: account, window: shape.window, amountCredits: count },
  granted: { ...head, grantId: text, account, amountCredits: count, expiresAt: orNull(whole), reason: text },
  spending_stopped: { ...head, brokenSeq: count, problem: text, brokenHash: orAbsent(text) },
  spending_resumed: { ...head, stopId: text },
  clock_corrected: { ...head, wrongAt: whole },
  held: { ...holding, warnings: listOf(shape.exceeded) },
  captured: { ...ended, capturedCredits: count, costMicroUsd: count, chargedTo: shape.chargedTo },
  voided: { ...ended, reason: shape.voidReason },
  slipped: ended,
  asked: {
    ...ofRequest,
    channelId: text,
    imagesCount: count,
    eachCredits: count,
    requestedCredits: count,
    work: shape.work,
    timeoutMs: count,
    exceeded: listOf(shape.exceeded),
    escalatesAt: whole,
    lapsesAt: whole,
  },
  approved: { ...holding, requestId: text, how: shape.how, grants: shape.grants },
  denied: { ...ofRequest, reason: text },
  withdrawn: ofRequest,
  escalated: ofRequest,
  lapsed: ofRequest,
  refused: {
    ...head,
    wish: shape.wish,
    // Only ever shown again, never decided on: its shape is the surface's business.
    refusal: object<{ reason: string }>({ reason: text }),
    accounts: listOf(account),
  },
};

const KINDS = Object.fromEntries(
  Object.entries(SHAPES).map(([name, shape]) => [name, object<object>(shape)]),
) as Readonly<Record<Line['kind'], Check>>;
