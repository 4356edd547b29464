import type { AccountId, LimitName } from '../../src/ledger/accounts.ts';
import type { CommandBody, PolicyChange } from '../../src/ledger/commands/commands.ts';
import type { Policy, Pricing } from '../../src/ledger/policy.ts';
import type { Role } from '../../src/ledger/roles.ts';
import type { QualityCap, Rule, RuleScope } from '../../src/ledger/rules.ts';
import type { Calendar } from '../../src/ledger/usage/windows.ts';
import type { Mark, Stage } from '../../src/ledger/work.ts';
import { type Asked, CREATOR, MANAGER, OWNER } from './fixtures.ts';

/** Wishes about teams, projects, people, rules and requests, as short as a test wants to say them. */
type Of<Kind extends CommandBody['kind']> = Asked & { kind: Kind };

export const team = (teamId: string, name = teamId): Of<'create_team'> => ({ kind: 'create_team', teamId, name });

export const deleteTeam = (teamId: string): Of<'delete_team'> => ({ kind: 'delete_team', teamId });
export const restoreTeam = (teamId: string): Of<'restore_team'> => ({ kind: 'restore_team', teamId });

export const teamsOf = (memberId: string, ...teamIds: string[]): Of<'set_teams'> => ({
  kind: 'set_teams',
  memberId,
  teamIds,
});

export const manages = (
  memberId: string,
  { clientIds = [], teamIds = [] }: { clientIds?: string[]; teamIds?: string[] },
): Of<'set_manages'> => ({ kind: 'set_manages', memberId, clientIds, teamIds });

export const project = (
  projectId: string,
  clientId: string,
  change: Partial<Of<'create_project'>> = {},
): Of<'create_project'> => ({
  kind: 'create_project',
  projectId,
  clientId,
  name: projectId,
  dueAt: null,
  stage: 'concept',
  ...change,
});

export const bindProject = (
  channelId: string,
  projectId: string | null,
  change: Partial<Of<'bind_project'>> = {},
): Of<'bind_project'> => ({ kind: 'bind_project', channelId, threadTs: null, projectId, ...change });

export const closeProject = (projectId: string): Of<'close_project'> => ({ kind: 'close_project', projectId });
export const closeClient = (clientId: string): Of<'close_client'> => ({ kind: 'close_client', clientId });

export const suspend = (memberId: string): Of<'suspend_member'> => ({ kind: 'suspend_member', memberId, reason: '' });
export const resume = (memberId: string): Of<'resume_member'> => ({ kind: 'resume_member', memberId });
export const remove = (memberId: string): Of<'remove_member'> => ({ kind: 'remove_member', memberId, reason: '' });
export const bringBack = (memberId: string, role: Role = 'creator'): Of<'bring_back_member'> => ({
  kind: 'bring_back_member',
  memberId,
  role,
});

export const appoint = (
  memberId: string,
  how: Of<'appoint_owner'>['how'],
  change: Partial<Of<'appoint_owner'>> = {},
): Of<'appoint_owner'> => ({ kind: 'appoint_owner', memberId, how, ...change });

export const delegate = (toId: string | null, untilAt: number | null, by = MANAGER): Of<'set_delegate'> => ({
  kind: 'set_delegate',
  toId,
  untilAt,
  by,
});

const ANYTHING: Rule = { imagesMax: null, priceMaxCredits: null, models: null, qualities: null };

export const rule = (scope: RuleScope, change: Partial<Rule> | null): Of<'set_rule'> => ({
  kind: 'set_rule',
  scope,
  rule: change && { ...ANYTHING, ...change },
});

type Settable = Policy & Calendar & Pricing;
export const policy = <Name extends keyof Settable>(name: Name, value: Settable[Name]): Of<'set_policy'> => ({
  kind: 'set_policy',
  policy: { name, value } as PolicyChange,
});

export const move = (
  from: AccountId,
  to: AccountId,
  amountCredits: number,
  change: Partial<Of<'move_budget'>> = {},
): Of<'move_budget'> => ({ kind: 'move_budget', from, to, window: 'month', amountCredits, ...change });

/** Once, by the manager, who saw these limits. */
export const approve = (
  requestId: string,
  seen: readonly LimitName[],
  change: Partial<Of<'approve'>> = {},
): Of<'approve'> => ({ kind: 'approve', requestId, how: { kind: 'once' }, seen, by: MANAGER, ...change });

export const deny = (requestId: string, change: Partial<Of<'deny'>> = {}): Of<'deny'> => ({
  kind: 'deny',
  requestId,
  reason: '',
  by: MANAGER,
  ...change,
});

export const mark = (holdId: string, as: Mark | null, by = CREATOR): Of<'mark_image'> => ({
  kind: 'mark_image',
  holdId,
  mark: as,
  by,
});

export const capQuality = (clientId: string, cap: QualityCap | null, by = MANAGER): Of<'cap_quality'> => ({
  kind: 'cap_quality',
  clientId,
  cap,
  by,
});

export const mute = (account: AccountId, untilAt: number | null, by = MANAGER): Of<'mute_alerts'> => ({
  kind: 'mute_alerts',
  account,
  untilAt,
  by,
});

export const expect = (account: AccountId, untilAt: number, by = MANAGER): Of<'expect_use'> => ({
  kind: 'expect_use',
  account,
  hourMaxCredits: 40,
  untilAt,
  by,
});

export const stageOf = (holdId: string, stage: Stage, by = CREATOR): Of<'set_stage'> => ({
  kind: 'set_stage',
  holdId,
  stage,
  by,
});

export const stop = (change: Partial<Of<'stop_spending'>> = {}): Of<'stop_spending'> => ({
  kind: 'stop_spending',
  brokenSeq: 1,
  problem: 'is not what it was',
  ...change,
});
export const goOn = (stopId: string, by = OWNER): Of<'resume_spending'> => ({ kind: 'resume_spending', stopId, by });

export const withdraw = (requestId: string, by: string): Of<'withdraw'> => ({ kind: 'withdraw', requestId, by });
export const escalate = (requestId: string, at: number): Of<'escalate'> => ({ kind: 'escalate', requestId, at });
export const lapse = (requestId: string, at: number): Of<'lapse'> => ({ kind: 'lapse', requestId, at });

/** At the moment that is right. */
export const correctClock = (wrongAt: number, at: number, by = OWNER): Of<'correct_clock'> => ({
  kind: 'correct_clock',
  wrongAt,
  at,
  by,
});
