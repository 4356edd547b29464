import { type AccountId, parseAccount, type Spend } from '../accounts.ts';
import type { Change } from '../kinds/kind.ts';
import type { EntryOf } from '../lines.ts';
import type { ExceededLimit, Hold, State } from '../state.ts';
import { countBlocked, dateOf } from '../tally/blocked.ts';
import { countedOf, findImage, type MadeImage, putImage, sumsOf } from '../tally/made-images.ts';
import { type Counted, count, minus, type Sums } from '../tally/tally.ts';
import { windowKeysAt } from '../usage/windows.ts';
import type { Work } from '../work.ts';

/** A request that got as far as the limits, and those that stopped it. */
export function tallyRequest(
  state: State,
  request: Spend & { work: Work; at: number },
  exceeded: readonly ExceededLimit[],
): Change {
  return tallyAsked(state, { at: request.at, counted: ofWork(request, request.work), exceeded });
}

/** A refusal over a limit says which client it was for. What was to be made is not on its line. */
export function tallyRefused(state: State, { wish, refusal, accounts, at }: EntryOf<'refused'>): Change {
  if (wish !== 'hold' || refusal.reason !== 'limit_exceeded') return {};
  const spend = spendOfAccounts(accounts);
  if (!spend) return {};
  const counted = { ...spend, model: null, quality: null, stage: null, mark: null };
  return tallyAsked(state, { at, counted, exceeded: refusal.exceeded });
}

function tallyAsked(
  state: State,
  { at, counted, exceeded }: { at: number; counted: Counted; exceeded: readonly ExceededLimit[] },
): Change {
  if (!state.settings) throw new Error('a request before the workspace was opened');
  const date = dateOf(windowKeysAt(at, state.settings));
  const blockedCount = exceeded.length > 0 ? 1 : 0;
  return {
    tally: count(state.tally, date, counted, { requestsCount: 1, blockedCount }),
    blocked: countBlocked(state.blocked, date, exceeded),
  };
}

/** An image counts on the date that its credits were held, as it does in every window. */
export function tallyCapture(state: State, hold: Hold, line: EntryOf<'captured'>): Change {
  const { memberId, teamIds, clientId, projectId, work, heldAt } = hold;
  const isAgencys = line.chargedTo === 'agency';
  const image: MadeImage = {
    memberId,
    teamIds,
    clientId,
    projectId,
    model: work.model,
    quality: work.quality,
    stage: work.stage,
    isStageGuessed: work.isStageGuessed ?? false,
    credits: isAgencys ? 0 : line.capturedCredits,
    agencyCredits: isAgencys ? line.capturedCredits : 0,
    costMicroUsd: line.costMicroUsd,
    heldAt,
    marked: null,
  };
  const date = dateOf(hold.keys);
  return {
    tally: count(state.tally, date, countedOf(image), sumsOf(image)),
    images: putImage(state.images, date, hold.holdId, image),
  };
}

/** A hold that ended without an image. */
export const tallyEnd = (state: State, hold: Hold, added: Partial<Sums>): Change => ({
  tally: count(state.tally, dateOf(hold.keys), ofWork(hold, hold.work), added),
});

/** Counts an image for what is now said of it, and no longer for what was said before. */
export function tallyChange(state: State, holdId: string, changed: (image: MadeImage) => MadeImage): Change {
  const found = findImage(state.images, holdId);
  if (!found) throw new Error(`image ${holdId} is not known`);
  const { date, image } = found;
  const next = changed(image);
  const without = count(state.tally, date, countedOf(image), minus(sumsOf(image)));
  return {
    tally: count(without, date, countedOf(next), sumsOf(next)),
    images: putImage(state.images, date, holdId, next),
  };
}

const ofWork = (
  { clientId, projectId, memberId, teamIds }: Spend,
  { model, quality, stage }: Pick<Work, 'model' | 'quality' | 'stage'>,
): Counted => ({ clientId, projectId, memberId, teamIds, model, quality, stage, mark: null });

/** Null where the line names no client: it was refused before the channel's client was known. */
function spendOfAccounts(accounts: readonly AccountId[]): Spend | null {
  let clientId: string | null = null;
  let memberId: string | null = null;
  let projectId: string | null = null;
  const teamIds: string[] = [];
  for (const account of accounts.map(parseAccount)) {
    if (account?.kind === 'client') clientId = account.clientId;
    if (account?.kind === 'project') projectId = account.projectId;
    if (account?.kind === 'member') memberId = account.memberId;
    if (account?.kind === 'team') teamIds.push(account.teamId);
  }
  return clientId === null || memberId === null ? null : { memberId, teamIds, clientId, projectId };
}
