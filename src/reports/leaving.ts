import type { Line } from '../ledger/lines.ts';

const DAY_MS = 86_400_000;
export const LAST_DAYS = 30;
export const LAST_DAYS_MS = LAST_DAYS * DAY_MS;

export type Images = { imagesCount: number; credits: number };

/** What a removed person used lately, and what became of their open work. */
export type Leaving = {
  removal: Line & { kind: 'member_removed' };
  used: Images & { requestsCount: number; byClient: readonly (Images & { clientId: string })[] };
  /** Given back: not begun, or not made. */
  givenBack: Images;
  /** Finished after they had left, and paid by the agency. */
  finished: Images;
  beingMade: Images;
  /** When the last of them came to its end; null where none has since. */
  settledAt: number | null;
  withdrawnCount: number;
  broughtBack: { by: string; at: number } | null;
};

/** From the lines of their own account, in order; null where they do not tell of the removal at that time. */
export function leavingOf(lines: readonly Line[], removedAt: number): Leaving | null {
  const at = lines.findIndex(({ kind, at: writtenAt }) => kind === 'member_removed' && writtenAt === removedAt);
  const removal = lines[at];
  if (removal?.kind !== 'member_removed') return null;
  const [before, after] = [lines.slice(0, at), lines.slice(at + 1)];
  const back = after.find(({ kind }) => kind === 'member_brought_back');
  return {
    removal,
    used: usedIn(before.filter((line) => line.at >= removedAt - LAST_DAYS_MS)),
    ...openWork(before, after),
    withdrawnCount: openRequests(before).size,
    broughtBack: back ? { by: back.by, at: back.at } : null,
  };
}

function usedIn(lines: readonly Line[]): Leaving['used'] {
  const byClient = new Map<string, Images>();
  for (const line of lines) {
    if (line.kind !== 'captured') continue;
    byClient.set(line.clientId, plus(byClient.get(line.clientId), line.capturedCredits));
  }
  return {
    requestsCount: lines.filter(({ kind }) => kind === 'held' || kind === 'approved').length,
    imagesCount: sum([...byClient.values()].map(({ imagesCount }) => imagesCount)),
    credits: sum([...byClient.values()].map(({ credits }) => credits)),
    byClient: [...byClient]
      .map(([clientId, images]) => ({ clientId, ...images }))
      .sort((a, b) => b.credits - a.credits || a.clientId.localeCompare(b.clientId)),
  };
}

/** What became of each hold that was open when they left. */
function openWork(
  before: readonly Line[],
  after: readonly Line[],
): Pick<Leaving, 'givenBack' | 'finished' | 'beingMade' | 'settledAt'> {
  const open = new Map<string, number>();
  for (const line of before) {
    if (line.kind === 'held' || line.kind === 'approved') {
      for (const { holdId, amountCredits } of line.holds) open.set(holdId, amountCredits);
    } else if (line.kind === 'captured' || line.kind === 'voided' || line.kind === 'slipped') open.delete(line.holdId);
  }
  let [givenBack, finished] = [NONE, NONE];
  let settledAt: number | null = null;
  for (const line of after) {
    if (line.kind !== 'captured' && line.kind !== 'voided' && line.kind !== 'slipped') continue;
    if (!open.delete(line.holdId)) continue;
    settledAt = line.at;
    if (line.kind === 'captured') finished = plus(finished, line.capturedCredits);
    else givenBack = plus(givenBack, line.heldCredits);
  }
  const beingMade = { imagesCount: open.size, credits: sum([...open.values()]) };
  return { givenBack, finished, beingMade, settledAt };
}

function openRequests(before: readonly Line[]): ReadonlySet<string> {
  const open = new Set<string>();
  for (const line of before) {
    if (line.kind === 'asked') open.add(line.requestId);
    else if (ENDS.has(line.kind) && 'requestId' in line) open.delete(line.requestId);
  }
  return open;
}

const ENDS: ReadonlySet<Line['kind']> = new Set(['approved', 'denied', 'withdrawn', 'lapsed'] as const);
const NONE: Images = { imagesCount: 0, credits: 0 };
const plus = (images: Images = NONE, credits: number): Images => ({
  imagesCount: images.imagesCount + 1,
  credits: images.credits + credits,
});
const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
