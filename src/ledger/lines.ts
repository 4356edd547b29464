import type { AccountId } from './accounts.ts';
import type {
  AddMember,
  BindChannel,
  CaptureHold,
  Command,
  CreateClient,
  GrantCredits,
  OpenWorkspace,
  RenameClient,
  SetLimit,
  SetRole,
  SlipHold,
  VoidHold,
  Wish,
  Work,
} from './commands.ts';
import type { Refusal } from './refusals.ts';
import type { Draw } from './state.ts';

/** What a line states: the fact that an accepted command became, or that it was refused. */
export type Facts =
  | Fact<'workspace_opened', OpenWorkspace>
  | Fact<'member_added', AddMember>
  | Fact<'role_set', SetRole>
  | Fact<'client_created', CreateClient>
  | Fact<'client_renamed', RenameClient>
  | Fact<'channel_bound', Omit<BindChannel, 'ifUnbound'>>
  | Fact<'limit_set', SetLimit>
  | Fact<'granted', GrantCredits>
  | Held
  | Ended<'captured', CaptureHold>
  | Ended<'voided', VoidHold>
  | Ended<'slipped', SlipHold>
  | Refused;

type Fact<Kind extends string, Of extends { kind: string }> = { kind: Kind } & Omit<Of, 'kind'>;

/** Whose hold it was stands on the line again, so that a line can be read, and found, by itself. */
type Ended<Kind extends string, Of extends { kind: string }> = Fact<Kind, Of> & {
  memberId: string;
  clientId: string;
  heldCredits: number;
};

export type Held = {
  kind: 'held';
  memberId: string;
  clientId: string;
  channelId: string;
  holds: readonly { holdId: string; amountCredits: number; draws: readonly Draw[] }[];
  work: Work;
  deadlineAt: number;
};

export type Refused = {
  kind: 'refused';
  wish: Wish['kind'];
  refusal: Refusal;
  /** The accounts the wish would have touched, as far as they are known: a history shows what was asked in vain, too. */
  accounts: readonly AccountId[];
};

/** One answered command. Never changed, never removed. */
export type Line = {
  workspace: string;
  seq: number;
  at: number;
  by: string;
  commandId: string;
  commandHash: string;
  /** What the line left behind on every account it touched, as on a bank statement. */
  balances: readonly Balance[];
} & Facts;

export type Balance = {
  account: AccountId;
  /** The window's key, such as `month:2026-11`; `total` where the account has no limit. */
  window: string;
  usedCredits: number;
  heldCredits: number;
  /** Limit plus grants minus used minus held; null where nothing limits the account. */
  availableCredits: number | null;
};

export type Answer = { ok: true; line: Line } | { ok: false; refusal: Refusal; line: Line };

/** What a stored line says to whoever sent its command, now or again. */
export const answerOf = (line: Line): Answer =>
  line.kind === 'refused' ? { ok: false, refusal: line.refusal, line } : { ok: true, line };

/** The part of a command that must be the same when its id comes again. */
export function contentOf(command: Command): Omit<Command, 'commandId'> {
  const { commandId: _, ...content } = command;
  return content;
}
