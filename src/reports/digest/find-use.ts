import { clientAccount, memberInClientAccount } from '../../ledger/accounts.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import type { Cell } from '../../ledger/tally/tally.ts';
import { sumOfCells } from '../usage.ts';
import type { ClientWeek } from './client-week.ts';
import { ruleOf } from './find-budgets.ts';
import type { Candidate, Cause, FindingAction } from './finding.ts';
import { EARLIER_WEEKS } from './weeks.ts';

/** A week is far above the usual ones from here on, and by no less than so many credits. */
const SPIKE_RATIO = 1.5;
const SPIKE_MIN_CREDITS = 20;
/** A client that was at rest has no usual week. */
const ACTIVE_WEEKS_MIN = 3;
/** A cause makes up half of a rise, and much more of it than it usually has of all. */
const CAUSE_MIN_SHARE = 0.5;
const CAUSE_MIN_ABOVE_USUAL = 0.2;

const KEPT_IMAGES_MIN = 20;
/** Where nearly no image has a mark, people do not use them. */
const MARKED_MIN = 5;
const KEPT_MAX_SHARE = 0.2;
/** Most work needs several attempts: of what was not kept, half counts as avoidable. */
const NOT_KEPT_WEIGHT = 0.5;

type CellsOf = { week: readonly Cell[]; earlier: readonly Cell[] };

/** A client far above its mean of four weeks, and what explains most of it. */
export function spikeCandidate(state: State, by: string, client: ClientWeek, cells: CellsOf): Candidate | null {
  const { clientId, week, usualCredits, earlierCredits } = client;
  const rise = week.credits - usualCredits;
  const isActive = earlierCredits.filter((credits) => credits > 0).length >= ACTIVE_WEEKS_MIN;
  if (!isActive || rise < SPIKE_MIN_CREDITS || week.credits < usualCredits * SPIKE_RATIO) return null;
  const cause = causeOf(cells);
  return {
    facts: { kind: 'spike', clientId, weekCredits: week.credits, usualCredits, cause },
    about: clientId,
    stakeCredits: rise,
    action: actionFor(state, by, clientId, cause),
  };
}

/** Of several that explain as much, a project says more than a model. */
const DIMENSIONS = ['project', 'member', 'model', 'quality'] as const;

function causeOf({ week, earlier }: CellsOf): Cause | null {
  const [all, usual] = [creditsIn(week), creditsIn(earlier) / EARLIER_WEEKS];
  const causes = DIMENSIONS.flatMap((by): (Cause & { above: number })[] => {
    const before = creditsBy(by, earlier);
    return [...creditsBy(by, week)].map(([value, credits]) => {
      const usually = (before.get(value) ?? 0) / EARLIER_WEEKS;
      const share = (credits - usually) / Math.max(1, all - usual);
      return { by, value, share: Math.min(1, share), above: share - usually / Math.max(1, usual) };
    });
  });
  const [most] = causes
    .filter(({ share, above }) => share >= CAUSE_MIN_SHARE && above >= CAUSE_MIN_ABOVE_USUAL)
    .sort((a, b) => b.above - a.above);
  return most ? { by: most.by, value: most.value, share: most.share } : null;
}

function creditsBy(by: Cause['by'], cells: readonly Cell[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const cell of cells) {
    const value = { project: cell.projectId, member: cell.memberId, model: cell.model, quality: cell.quality }[by];
    if (value !== null && cell.credits > 0) sums.set(value, (sums.get(value) ?? 0) + cell.credits);
  }
  return sums;
}

const creditsIn = (cells: readonly Cell[]) => cells.reduce((sum, { credits }) => sum + credits, 0);

function actionFor(state: State, by: string, clientId: string, cause: Cause | null): FindingAction | null {
  if (cause?.by === 'project' && mayChange(state, by, clientId)) return { kind: 'project', projectId: cause.value };
  if (cause?.by === 'member') {
    const account = memberInClientAccount(cause.value, clientId);
    if (may(state, by, 'set_people_limit', { account })) return { kind: 'limits', account };
  }
  return ruleOf(state, by, clientId);
}

const mayChange = (state: State, by: string, clientId: string) =>
  may(state, by, 'change_project', { account: clientAccount(clientId) });

/** Many images of which few were kept. */
export function fewKeptCandidate(state: State, by: string, client: ClientWeek, cells: CellsOf): Candidate | null {
  const { clientId, week } = client;
  const { imagesCount, keptCount, discardedCount, credits } = week;
  if (imagesCount < KEPT_IMAGES_MIN || keptCount + discardedCount < MARKED_MIN) return null;
  if (keptCount > imagesCount * KEPT_MAX_SHARE) return null;
  const projectId = largestProject(cells.week, imagesCount);
  const ofProject = projectId === null ? null : sumOfCells(cells.week.filter((each) => each.projectId === projectId));
  const [images, kept] = ofProject ? [ofProject.imagesCount, ofProject.keptCount] : [imagesCount, keptCount];
  return {
    facts: { kind: 'few_kept', clientId, projectId, imagesCount: images, keptCount: kept },
    about: clientId,
    stakeCredits: Math.round(credits * (1 - keptCount / imagesCount) * NOT_KEPT_WEIGHT),
    action: ruleOf(state, by, clientId),
  };
}

/** A project with most of the images. */
function largestProject(cells: readonly Cell[], imagesCount: number): string | null {
  const images = new Map<string, number>();
  for (const { projectId, imagesCount: count } of cells) {
    if (projectId !== null) images.set(projectId, (images.get(projectId) ?? 0) + count);
  }
  const [largest] = [...images].sort(([, a], [, b]) => b - a);
  return largest && largest[1] > imagesCount / 2 ? largest[0] : null;
}
