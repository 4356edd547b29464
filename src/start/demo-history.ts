import type { AppContext } from '../app/context.ts';
import { openWorkspace } from '../app/people/open-workspace.ts';
import { Book } from '../book/book.ts';
import type { Config } from '../config.ts';
import { limitName } from '../ledger/accounts.ts';
import type { CommandBody } from '../ledger/commands/commands.ts';
import { INKWELL } from '../ledger/commands/commands.ts';
import type { Asked, Line } from '../ledger/lines.ts';
import type { State } from '../ledger/state.ts';
import type { Journal } from '../storage/journal/journal.ts';
import { createMemoryJournal } from '../storage/journal/memory.ts';
import { CATALOGUE_DAYS, EACH_CREDITS, PAST_DAYS, type PastRequest, pastRequests } from './demo-past.ts';
import { timelessClock } from './real-clock.ts';

/** Where the past is written, how long it is, and when it ends. `rateCardId`: what its images were priced from. */
export type Past = { journal: Journal; workspace: string; days: number; now: number; rateCardId: string };

export const pastOf = (
  { book, clock, rateCard }: AppContext,
  journal: Journal,
  keptIn: keyof typeof PAST_DAYS,
): Past => ({
  journal,
  days: PAST_DAYS[keptIn],
  workspace: book.workspace,
  now: clock.now(),
  rateCardId: rateCard().rateCardId,
});

export type DemoCommand = { commandId: string; by: string; command: CommandBody };
type Opening = { workspace: Config['workspace']; owner: string; commands: readonly DemoCommand[] };

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const DUE_IN_DAYS = 16;
const LINES_A_WRITE = 256;

/**
 * Some months of an agency's images, so that a digest, a forecast, a report and a rehearsal have something to say on the
 * first day. Every line is decided, by a book whose clock goes through those months. It decides in memory, and the journal
 * gets its lines in a few writes: one write a command took a slow database longer than people wait. Returns what they add
 * up to, for the same reason; null where another process was quicker.
 */
export async function livePast(past: Past, opening: Opening): Promise<State | null> {
  const journal = createMemoryJournal();
  const state = await decidePast(journal, past, opening);
  for (let afterSeq = 0; ; afterSeq += LINES_A_WRITE) {
    const lines = await journal.read({ workspace: past.workspace, afterSeq, linesMax: LINES_A_WRITE });
    if (lines.length === 0) return state;
    // Another process was quicker: it writes the same past.
    if ((await past.journal.append(lines)) === 'taken') return null;
  }
}

async function decidePast(journal: Journal, past: Past, opening: Opening): Promise<State> {
  const { workspace, now, days, rateCardId } = past;
  const { timeZone } = opening.workspace;
  let at = now - (days + 1) * DAY_MS;
  const clock = timelessClock(() => at);
  const book = await Book.open({ journal, clock, workspace, alone: true });
  await openWorkspace({ book }, { ...opening.workspace, ownerId: opening.owner });
  const run = async (commands: readonly DemoCommand[]) => {
    for (const { commandId, by, command } of commands) await book.submit({ commandId, by, ...command });
  };
  await run(opening.commands);
  await run(AT_FIRST);
  let isCatalogue = false;
  for (const [index, request] of pastRequests({ now, days, timeZone }).entries()) {
    at = request.at;
    if (!isCatalogue && at > now - CATALOGUE_DAYS * DAY_MS) {
      await run(catalogueFrom(now));
      isCatalogue = true;
    }
    await oneRequest(book, request, { commandId: `demo/past-${index}`, rateCardId });
  }
  await book.close();
  return book.now();
}

async function oneRequest(
  book: Book,
  { who, channelId, threadTs, quality, stage, marks }: PastRequest,
  { commandId, rateCardId }: { commandId: string; rateCardId: string },
): Promise<void> {
  const eachCredits = EACH_CREDITS[quality];
  const work = { model: 'sketch', size: '1024x1024', quality, stage, rateCardId, boundMicroUsd: eachCredits * 10_000 };
  const answer = await book.submit({
    commandId,
    by: who,
    kind: 'hold',
    imagesCount: marks.length,
    eachCredits,
    channelId,
    threadTs,
    projectId: null,
    work,
    timeoutMs: HOUR_MS,
    contentDigest: commandId,
  });
  const line = answer.ok && answer.line.kind === 'asked' ? await approved(book, answer.line) : answer.line;
  if (line?.kind !== 'held' && line?.kind !== 'approved') return;
  await Promise.all(
    line.holds.map(async ({ holdId }, index) => {
      const capture = { kind: 'capture', holdId, capturedCredits: eachCredits, costMicroUsd: 0 } as const;
      await book.submit({ commandId: `${holdId}/capture`, by: INKWELL, ...capture });
      const mark = marks[index] ?? null;
      if (mark) await book.submit({ commandId: `${holdId}/mark`, by: line.memberId, kind: 'mark_image', holdId, mark });
    }),
  );
}

/** The designer who has a daily limit goes over it now and then, and his manager lets him. */
async function approved(book: Book, { requestId, exceeded }: Asked): Promise<Line | null> {
  const seen = exceeded.map(limitName);
  const command = { kind: 'approve', requestId, how: { kind: 'once' }, seen } as const;
  return (await book.submit({ commandId: `${requestId}/approve`, by: 'U0MARCUS', ...command })).line;
}

const asked = (id: string, command: CommandBody): DemoCommand => ({
  commandId: `demo/past/${id}`,
  by: 'U0OLIVIA',
  command,
});
const bound = (id: string, projectId: string) =>
  asked(id, { kind: 'bind_project', channelId: 'C0ATLAS', threadTs: null, projectId });

/** What Atlas’s channel worked for before; and Northwind reads its week in its own channel. */
const AT_FIRST: readonly DemoCommand[] = [
  asked('lookbook', {
    kind: 'create_project',
    projectId: 'lookbook',
    clientId: 'atlas',
    name: 'Autumn lookbook',
    dueAt: null,
    stage: 'iteration',
  }),
  bound('lookbook-channel', 'lookbook'),
  asked('northwind-week', { kind: 'set_client_digest', clientId: 'northwind', isOn: true }),
];

/** The catalogue gets a date and less than it will take, so that there is a plan to be ahead of. */
const catalogueFrom = (now: number): readonly DemoCommand[] => [
  bound('catalogue-channel', 'catalogue'),
  asked('catalogue-due', {
    kind: 'change_project',
    projectId: 'catalogue',
    name: 'Spring catalogue',
    dueAt: now + DUE_IN_DAYS * DAY_MS,
    stage: 'iteration',
  }),
  asked('catalogue-limit', {
    kind: 'set_limit',
    account: 'project:catalogue',
    window: 'total',
    limitCredits: 800,
    over: 'warn',
    rollOverMaxCredits: null,
  }),
];
