import type { AccountId, Spend } from './accounts.ts';
import type * as Wishes from './commands/commands.ts';
import type { Command, CommandBody, Work } from './commands/commands.ts';
import type { ExceededLimit, Refusal } from './refusals.ts';
import type { Draw, Limit } from './state.ts';

/** What a line states: the fact that an accepted command became, or that it was refused. */
export type Facts =
  | Fact<'workspace_opened', Wishes.OpenWorkspace>
  | Fact<'policy_set', Wishes.SetPolicy>
  | Fact<'member_added', Wishes.AddMember>
  | Fact<'role_set', Wishes.SetRole>
  | Fact<'manages_set', Wishes.SetManages>
  | Fact<'teams_set', Wishes.SetTeams>
  | Fact<'member_suspended', Wishes.SuspendMember>
  | Fact<'member_resumed', Wishes.ResumeMember>
  | Fact<'member_removed', Wishes.RemoveMember>
  | Fact<'member_brought_back', Wishes.BringBackMember>
  | Fact<'owner_appointed', Wishes.AppointOwner>
  | Fact<'delegate_set', Wishes.SetDelegate>
  | Fact<'team_created', Wishes.CreateTeam>
  | Fact<'team_renamed', Wishes.RenameTeam>
  | Fact<'client_created', Wishes.CreateClient>
  | Fact<'client_renamed', Wishes.RenameClient>
  | Fact<'client_closed', Wishes.CloseClient>
  | Fact<'client_reopened', Wishes.ReopenClient>
  | Fact<'approvals_channel_set', Wishes.SetApprovalsChannel>
  | ChannelBound
  | Fact<'channel_id_changed', Wishes.ChangeChannelId>
  | Fact<'project_created', Wishes.CreateProject>
  | Fact<'project_changed', Wishes.ChangeProject>
  | Fact<'project_closed', Wishes.CloseProject>
  | Fact<'project_reopened', Wishes.ReopenProject>
  | Fact<'project_bound', Wishes.BindProject>
  | LimitSet
  | Fact<'rule_set', Wishes.SetRule>
  | Fact<'budget_moved', Wishes.MoveBudget>
  | Fact<'granted', Wishes.GrantCredits>
  | Fact<'spending_stopped', Wishes.StopSpending>
  | Fact<'spending_resumed', Wishes.ResumeSpending>
  | Fact<'clock_corrected', Wishes.CorrectClock>
  | Held
  | Ended<'captured', Wishes.CaptureHold & { chargedTo: ChargedTo }>
  | Ended<'voided', Wishes.VoidHold>
  | Ended<'slipped', Wishes.SlipHold>
  | Asked
  | Approved
  | (Fact<'denied', Wishes.Deny> & Spend)
  | (Fact<'withdrawn', Wishes.Withdraw> & Spend)
  | (Fact<'escalated', Wishes.Escalate> & Spend)
  | (Fact<'lapsed', Wishes.Lapse> & Spend)
  | Refused;

/** `before`: the limit until then, where there was one. Lines of earlier versions do not say. */
export type LimitSet = Fact<'limit_set', Wishes.SetLimit> & { before?: LimitFigures };
export type LimitFigures = Pick<Limit, 'limitCredits' | 'over' | 'rollOverMaxCredits'>;

/** `before`: whose it was until then, null where it was to belong to no client; absent where nobody had decided. */
export type ChannelBound = Fact<'channel_bound', Omit<Wishes.BindChannel, 'ifUnbound'>> & { before?: string | null };

type Fact<Kind extends string, Of extends { kind: string }> = { kind: Kind } & Omit<Of, 'kind'>;

/** Whose hold it was stands on the line again, so that a line can be read, and found, by itself. */
type Ended<Kind extends string, Of extends { kind: string }> = Fact<Kind, Of> & Spend & { heldCredits: number };

/** Everybody it was held for; or the agency alone, where the member was removed meanwhile. */
export type ChargedTo = 'all' | 'agency';

export type HeldPart = { holdId: string; amountCredits: number; draws: readonly Draw[] };

/** Credits set aside, whatever allowed it. */
export type Holding = Spend & {
  channelId: string;
  holds: readonly HeldPart[];
  work: Work;
  deadlineAt: number;
};

export type Held = Holding & {
  kind: 'held';
  /** Limits that only warn, and that this went over. */
  warnings: readonly ExceededLimit[];
};

/** Over a limit that asks: nothing is held until somebody approves. */
export type Asked = Spend & {
  kind: 'asked';
  requestId: string;
  channelId: string;
  imagesCount: number;
  eachCredits: number;
  /** Both together, said once more: nothing is held that would show a changed figure. */
  requestedCredits: number;
  work: Work;
  timeoutMs: number;
  exceeded: readonly ExceededLimit[];
  escalatesAt: number;
  lapsesAt: number;
};

/** The line that approves also holds: nobody else gets at what was made room for. */
export type Approved = Holding & {
  kind: 'approved';
  requestId: string;
  how: Wishes.ApproveHow;
  grants: readonly {
    grantId: string;
    account: AccountId;
    amountCredits: number;
    expiresAt: number;
    reason: string;
  }[];
};

export type Refused = {
  kind: 'refused';
  wish: CommandBody['kind'];
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
  /** Of the line before, with all its fields. The book adds it; lines of earlier versions do not have it. */
  previousHash?: string;
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

/**
 * Without a line where the burst limit turned it away. What is so already is as it was asked for, and its line states no
 * deed: it is a refusal, `nothing_changed`.
 */
export type Answer = { ok: true; line: Line } | { ok: false; refusal: Refusal; line: Line | null };

/** What a stored line says to whoever sent its command, now or again. */
export const answerOf = (line: Line): Answer =>
  line.kind === 'refused' && line.refusal.reason !== 'nothing_changed'
    ? { ok: false, refusal: line.refusal, line }
    : { ok: true, line };

/** The part of a command that must be the same when its id comes again. */
export function contentOf(command: Command): Omit<Command, 'commandId'> {
  const { commandId: _, ...content } = command;
  return content;
}
