import type { AppContext } from '../app/context.ts';
import { openWorkspace } from '../app/people/open-workspace.ts';
import { Book } from '../book/book.ts';
import type { Config } from '../config.ts';
import { limitName } from '../ledger/accounts.ts';
import type { CommandBody } from '../ledger/commands/commands.ts';
import { INKWELL } from '../ledger/commands/commands.ts';
import type { Asked, Line } from '../ledger/lines.ts';
import type { Journal } from '../storage/journal/journal.ts';

import { timelessClock } from './real-clock.ts';

/** Where the past is written, and when it ends. `rateCardId`: what its images were priced from. */
export type Past = { journal: Journal; workspace: string; now: number; rateCardId: string };

export const pastOf = ({ book, clock, rateCard }: AppContext, journal: Journal): Past => ({
  journal,
  workspace: book.workspace,
  now: clock.now(),
  rateCardId: rateCard().rateCardId,
});

const DAY_MS = 86_400_000;
const DAYS = 28;
const HOUR_MS = 3_600_000;
/** As the local sample drawer's: a square image at its standard quality. */
const EACH_CREDITS = 6;
/** Designers ask for one image mostly, and for several now and then. */
const COUNTS = [1, 1, 2, 1, 4, 1, 2, 3];
const PEOPLE = ['U0ANA', 'U0BEN', 'U0ANA', 'U0MARCUS', 'U0ANA', 'U0BEN'];
const STAGES = ['concept', 'iteration', 'iteration', 'final'] as const;

/**
 * Four weeks of an agency's images for one client, the same at every start: so that a limit can be rehearsed, and a
 * person's last month be told, on the first day. Lines like any others, written by a book whose clock goes through those weeks.
 */
export async function livePast(
  { journal, workspace, now, rateCardId }: Past,
  opening: { workspace: Config['workspace']; owner: string; commands: readonly DemoCommand[] },
): Promise<void> {
  let at = now - DAYS * DAY_MS;
  const clock = timelessClock(() => at);
  const book = await Book.open({ journal, clock, workspace, alone: true });
  await openWorkspace({ book }, { ...opening.workspace, ownerId: opening.owner });
  for (const { commandId, by, command } of opening.commands) await book.submit({ commandId, by, ...command });
  for (let index = 0; ; index += 1) {
    at += (5 + ((index * 7) % 11)) * HOUR_MS;
    // Leaves today empty for the person who tries things out.
    if (at > now - DAY_MS) break;
    await oneRequest(book, { index, rateCardId });
  }
  await book.close();
}

async function oneRequest(book: Book, { index, rateCardId }: { index: number; rateCardId: string }): Promise<void> {
  const commandId = `demo/past-${index}`;
  const imagesCount = COUNTS[index % COUNTS.length] ?? 1;
  const work = {
    model: 'sketch',
    size: '1024x1024',
    quality: 'standard',
    stage: STAGES[index % STAGES.length] ?? 'concept',
    rateCardId,
    boundMicroUsd: EACH_CREDITS * 10_000,
  };
  const answer = await book.submit({
    commandId,
    by: PEOPLE[index % PEOPLE.length] ?? 'U0ANA',
    kind: 'hold',
    imagesCount,
    eachCredits: EACH_CREDITS,
    channelId: 'C0ATLAS',
    threadTs: null,
    projectId: null,
    work,
    timeoutMs: HOUR_MS,
    contentDigest: commandId,
  });
  const line = answer.ok && answer.line.kind === 'asked' ? await approved(book, answer.line) : answer.line;
  if (line?.kind !== 'held' && line?.kind !== 'approved') return;
  await Promise.all(
    line.holds.map(({ holdId }) => {
      const capture = { kind: 'capture', holdId, capturedCredits: EACH_CREDITS, costMicroUsd: 0 } as const;
      return book.submit({ commandId: `${holdId}/capture`, by: INKWELL, ...capture });
    }),
  );
  const mark = MARKS[index % MARKS.length] ?? null;
  const [first] = line.holds;
  if (first && mark) {
    const { holdId } = first;
    await book.submit({ commandId: `${holdId}/mark`, by: line.memberId, kind: 'mark_image', holdId, mark });
  }
}

/** What becomes of a request's first image: some are kept. */
const MARKS = ['keep', null, null, 'discard', 'keep', null, 'final', null, null] as const;

/** The designer who has a daily limit goes over it now and then, and his manager lets him. */
async function approved(book: Book, { requestId, exceeded }: Asked): Promise<Line | null> {
  const seen = exceeded.map(limitName);
  const command = { kind: 'approve', requestId, how: { kind: 'once' }, seen } as const;
  return (await book.submit({ commandId: `${requestId}/approve`, by: 'U0MARCUS', ...command })).line;
}

export type DemoCommand = { commandId: string; by: string; command: CommandBody };
