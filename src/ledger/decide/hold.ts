import { accountsOf, type Spend } from '../accounts.ts';
import type { Of } from '../commands/commands.ts';
import type { Moment } from '../kinds/kind.ts';
import type { Facts } from '../lines.ts';
import { channelNow, type Place, placeKey } from '../lists/channel-ids.ts';
import { accept, type Decision, refuse } from '../refusals.ts';
import { requestedCredits } from '../requests.ts';
import type { ExceededLimit, State } from '../state.ts';
import { exceededBy, tightest } from '../usage/exceeded.ts';
import { ask } from './ask.ts';
import { CREDITS_MAX, checkCount, checkId } from './checks.ts';

import { checkBurst, checkRules } from './rules.ts';
import { checkSpending } from './spending.ts';
import { splitHold } from './split-hold.ts';

export const IMAGES_MAX = 10;
const TIMEOUT_MIN_MS = 1_000;
const TIMEOUT_MAX_MS = 24 * 60 * 60_000;

/**
 * Credits for every image of a request at once, or for none: each account, each window, on one state. Over a limit that
 * refuses it is refused; over one that asks, and none that refuses, approvers are asked; a limit that warns lets it through.
 */
export function hold(state: State, command: Of<'hold'>, moment: Moment): Decision<Facts> {
  const { commandId: requestId, by: memberId, imagesCount, eachCredits, work, timeoutMs } = command;
  const channelId = channelNow(state, command.channelId);
  const { at, calendar } = moment;
  const wrong = checkHold(command) ?? checkSpending(state);
  if (wrong) return wrong;

  const spend = spendOf(state, command);
  if (!spend.ok) return spend;
  const { clientId } = spend.facts;
  const broken =
    checkRules(state, { memberId, clientId, imagesCount, eachCredits, work }, at) ?? checkBurst(state, memberId, at);
  if (broken) return broken;

  const requested = requestedCredits(command);
  const accounts = accountsOf(spend.facts);
  const exceeded = exceededBy(state, { accounts, requestedCredits: requested, at, calendar, memberId });
  const warnings = exceeded.filter(({ over }) => over === 'warn');
  const binding = exceeded.filter(({ over }) => over !== 'warn');
  if (binding.length === 0) {
    const holds = splitHold(state, { requestId, accounts, eachCredits, imagesCount, at, memberId });
    return accept({ kind: 'held', ...spend.facts, channelId, holds, work, warnings, deadlineAt: at + timeoutMs });
  }
  const asked =
    binding.every(({ over }) => over === 'ask') &&
    ask(state, command, { ...moment, ...spend.facts, exceeded: binding });
  return asked || refuseFor(binding, requested);
}

function refuseFor(exceeded: readonly ExceededLimit[], requested: number): Decision<Facts> {
  const binding = tightest(exceeded);
  if (!binding) throw new Error('refused without a limit that binds');
  return refuse({ reason: 'limit_exceeded', requestedCredits: requested, binding, exceeded });
}

function checkHold({ commandId, eachCredits, imagesCount, timeoutMs }: Of<'hold'>) {
  return (
    checkId('commandId', commandId) ??
    checkCount('eachCredits', eachCredits, { min: 0, max: CREDITS_MAX }) ??
    checkCount('imagesCount', imagesCount, { min: 1, max: IMAGES_MAX }) ??
    checkCount('timeoutMs', timeoutMs, { min: TIMEOUT_MIN_MS, max: TIMEOUT_MAX_MS })
  );
}

/**
 * The credits that a request uses: those of the channel's client, and of the project that was named, or else that the
 * thread or the channel is bound to. A binding to a project that is closed by now stops like the project itself.
 */
export function spendOf(
  state: State,
  {
    by: memberId,
    channelId: givenId,
    threadTs,
    projectId: named,
  }: Pick<Of<'hold'>, 'by' | 'channelId' | 'threadTs' | 'projectId'>,
): Decision<Spend> {
  const channelId = channelNow(state, givenId);
  const clientId = state.channels.get(channelId);
  if (clientId === undefined) return refuse({ reason: 'channel_unbound', channelId });
  if (clientId === null) return refuse({ reason: 'channel_without_client', channelId });
  return spendFor(state, {
    memberId,
    channelId,
    clientId,
    projectId: named ?? boundProject(state, { channelId, threadId: threadTs }, clientId),
  });
}

/** What was said and what is bound is known: whether it may be spent there now. */
export function spendFor(
  state: State,
  {
    memberId,
    channelId,
    clientId,
    projectId,
  }: { memberId: string; channelId: string; clientId: string; projectId: string | null },
): Decision<Spend> {
  const client = state.clients.get(clientId);
  if (client && client.closedAt !== null) return refuse({ reason: 'client_closed', clientId });
  const { teamIds = [] } = state.members.get(memberId) ?? {};
  if (projectId === null) return accept({ memberId, teamIds, clientId, projectId });
  const project = state.projects.get(projectId);
  if (!project) return refuse({ reason: 'project_unknown', projectId });
  if (project.clientId !== clientId) return refuse({ reason: 'project_of_other_client', projectId, channelId });
  if (project.closedAt !== null) return refuse({ reason: 'project_closed', projectId });
  return accept({ memberId, teamIds, clientId, projectId });
}

/** The thread's before the channel's. A channel that went to another client leaves its old bindings behind. */
export function boundProject(state: State, place: Place, clientId: string): string | null {
  for (const each of [place, { ...place, threadId: null }]) {
    const projectId = state.places.get(placeKey(each));
    if (projectId !== undefined && state.projects.get(projectId)?.clientId === clientId) return projectId;
  }
  return null;
}
