import { type AccountId, parseAccount, type Spend } from '../accounts.ts';
import type { EntryOf } from '../lines.ts';
import type { ExceededLimit, Hold, State } from '../state.ts';
import { dateOf } from '../tally/blocked.ts';
import { countedOf, type MadeImage, sumsOf } from '../tally/made-images.ts';
import { type Counted, minus, type Sums } from '../tally/tally.ts';
import type { TallyDraft } from '../tally/tally-draft.ts';
import { windowKeysAt } from '../usage/windows.ts';
import type { Work } from '../work.ts';

/** A request that got as far as the limits, and those that stopped it. */
export const tallyRequest = (
  state: State,
  request: Spend & { work: Work; at: number; exceeded?: readonly ExceededLimit[] },
  tally: TallyDraft,
): void =>
  tallyAsked(state, request.at, { counted: ofWork(request, request.work), exceeded: request.exceeded ?? [] }, tally);

/** A refusal over a limit says which client it was for. What was to be made is not on its line. */
export function tallyRefused(
  state: State,
  { wish, refusal, accounts, at }: EntryOf<'refused'>,
  tally: TallyDraft,
): void {
  if (wish !== 'hold' || refusal.reason !== 'limit_exceeded') return;
  const spend = spendOfAccounts(accounts);
  if (!spend) return;
  const counted = { ...spend, model: null, quality: null, stage: null, mark: null };
  tallyAsked(state, at, { counted, exceeded: refusal.exceeded }, tally);
}

type Asked = { counted: Counted; exceeded: readonly ExceededLimit[] };

function tallyAsked(state: State, at: number, { counted, exceeded }: Asked, tally: TallyDraft): void {
  if (!state.settings) throw new Error('a request before the workspace was opened');
  const date = dateOf(windowKeysAt(at, state.settings));
  tally.count(date, counted, { requestsCount: 1, blockedCount: exceeded.length > 0 ? 1 : 0 });
  tally.block(date, exceeded);
}

/** An image counts on the date that its credits were held, as it does in every window. */
export function tallyCapture(hold: Hold, line: EntryOf<'captured'>, tally: TallyDraft): void {
  const { holdId, memberId, teamIds, clientId, projectId, work, heldAt } = hold;
  const isAgencys = line.chargedTo === 'agency';
  const image: MadeImage = {
    holdId,
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
  tally.count(date, countedOf(image), sumsOf(image));
  tally.add(date, image);
}

/** A hold that ended without an image. */
export const tallyEnd = (hold: Hold, added: Partial<Sums>, tally: TallyDraft): void =>
  tally.count(dateOf(hold.keys), ofWork(hold, hold.work), added);

/** Counts an image for what is now said of it, and no longer for what was said before. */
export function tallyChange(holdId: string, changed: (image: MadeImage) => MadeImage, tally: TallyDraft): void {
  const found = tally.image(holdId);
  if (!found) throw new Error(`image ${holdId} is not known`);
  const { date, image } = found;
  const next = changed(image);
  tally.count(date, countedOf(image), minus(sumsOf(image)));
  tally.count(date, countedOf(next), sumsOf(next));
  tally.change(date, next);
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
