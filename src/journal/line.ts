import { z } from 'zod';
import { type AccountId, parseAccount } from '../ledger/accounts.ts';
import { STAGES } from '../ledger/commands.ts';
import type { Line } from '../ledger/lines.ts';
import type { Refusal } from '../ledger/refusals.ts';
import { ROLES } from '../ledger/state.ts';
import { WINDOWS } from '../ledger/windows.ts';
import { JournalFault } from './journal.ts';

const text = z.string();
const count = z.int().nonnegative();
const role = z.enum(ROLES);
const account = z.custom<AccountId>((value) => typeof value === 'string' && parseAccount(value) !== null);

const head = {
  workspace: text,
  seq: z.int().positive(),
  at: z.int(),
  by: text,
  commandId: text,
  commandHash: text,
  balances: z.array(
    z.object({
      account,
      window: text,
      usedCredits: z.int(),
      heldCredits: z.int(),
      availableCredits: z.int().nullable(),
    }),
  ),
};

const whose = { memberId: text, clientId: text, heldCredits: count };

const line = z.discriminatedUnion('kind', [
  z.object({
    ...head,
    kind: z.literal('workspace_opened'),
    ownerId: text,
    timeZone: text,
    weekStartsOn: count,
    creditValueMicroUsd: count,
    markupBasisPoints: count,
    defaultRole: role,
  }),
  z.object({ ...head, kind: z.literal('member_added'), memberId: text, role }),
  z.object({ ...head, kind: z.literal('role_set'), memberId: text, role }),
  z.object({ ...head, kind: z.literal('client_created'), clientId: text, name: text }),
  z.object({ ...head, kind: z.literal('client_renamed'), clientId: text, name: text }),
  z.object({ ...head, kind: z.literal('channel_bound'), channelId: text, clientId: text.nullable() }),
  z.object({ ...head, kind: z.literal('limit_set'), account, window: z.enum(WINDOWS), limitCredits: count.nullable() }),
  z.object({
    ...head,
    kind: z.literal('granted'),
    grantId: text,
    account,
    amountCredits: count,
    expiresAt: z.int().nullable(),
    reason: text,
  }),
  z.object({
    ...head,
    kind: z.literal('held'),
    memberId: text,
    clientId: text,
    channelId: text,
    holds: z.array(
      z.object({
        holdId: text,
        amountCredits: count,
        draws: z.array(z.object({ account, grantId: text, credits: count })),
      }),
    ),
    work: z.object({
      model: text,
      size: text,
      quality: text,
      stage: z.enum(STAGES),
      rateCardId: text,
      boundMicroUsd: count,
    }),
    deadlineAt: z.int(),
  }),
  z.object({
    ...head,
    ...whose,
    kind: z.literal('captured'),
    holdId: text,
    capturedCredits: count,
    costMicroUsd: count,
  }),
  z.object({
    ...head,
    ...whose,
    kind: z.literal('voided'),
    holdId: text,
    reason: z.enum(['refused', 'rejected', 'transient', 'account_stop', 'not_started', 'unreachable', 'withdrawn']),
  }),
  z.object({ ...head, ...whose, kind: z.literal('slipped'), holdId: text }),
  z.object({
    ...head,
    kind: z.literal('refused'),
    wish: z.enum([
      'open_workspace',
      'add_member',
      'set_role',
      'create_client',
      'rename_client',
      'bind_channel',
      'set_limit',
      'grant',
      'hold',
      'capture',
      'void',
      'slip',
    ]),
    // A refusal is only ever shown again, never decided on: its shape is the surface's business.
    refusal: z.custom<Refusal>((value) => typeof value === 'object' && value !== null && 'reason' in value),
    accounts: z.array(account),
  }),
]);

/** One stored line. Throws a `JournalFault` (`corrupt`) that names where it stood. */
export function parseLine(json: string, where: string): Line {
  const parsed = line.safeParse(parseJson(json, where));
  if (parsed.success) return parsed.data;
  throw new JournalFault('corrupt', { message: `${where} is not a line: ${z.prettifyError(parsed.error)}` });
}

function parseJson(json: string, where: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new JournalFault('corrupt', { cause, message: `${where} is not JSON` });
  }
}
