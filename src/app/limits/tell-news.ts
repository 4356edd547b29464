import { elapsedMs } from '../../book/clock-doubt.ts';
import type { Line } from '../../ledger/lines.ts';
import type { State } from '../../ledger/state.ts';
import type { Audience } from '../../ports/ports.ts';
import type { AppContext } from '../context.ts';
import type { Card } from '../messenger.ts';
import { onceMarker, putOnceMarker } from '../once/once-markers.ts';
import { postCardTo } from '../once/post-card.ts';
import { placeOf, postOnce } from '../once/post-once.ts';

/** Lines of the ledger that are news to some people, and how each of them hears of it. */
export type News<Of extends Line> = {
  /** Begins the keys of its marks. */
  name: string;
  /** Between two messages to one person. What comes within this is told together, after it. */
  pauseMs: number;
  lines(context: AppContext, state: State): Promise<readonly Of[]>;
  /** The people who have to hear of a line. Asked once for each line, right after it. */
  readersOf(state: State, line: Of): readonly string[];
  /** Null where none of it is for them any more: they lost the right to know, or are guests now. */
  cardFor(state: State, lines: readonly Of[], reader: NewsReader): Card | null;
};

export type NewsReader = { memberId: string; audience: Audience };

/** Begins the keys of marks about news. They are of use for a day. */
export const CHANGE_NEWS = 'change-news';
export const BUDGET_NEWS = 'budget-news';

/** News that could not be told within this is told to no one: the log names it, and Home shows the change. */
const TRIED_FOR_MS = 12 * 3_600_000;

/**
 * Tells the last day's news that its readers have not heard, one new message to each: an edited message is not unread. Safe to
 * repeat, in any number of processes: which lines a message tells of is written down before it is posted.
 */
export async function tellNews<Of extends Line>(context: AppContext, news: News<Of>): Promise<void> {
  const state = await context.book.read();
  const byReader = new Map<string, Of[]>();
  for (const line of await news.lines(context, state)) {
    for (const memberId of await readersOnce(context, { news, state, line })) {
      byReader.set(memberId, [...(byReader.get(memberId) ?? []), line]);
    }
  }
  for (const [memberId, lines] of byReader) await tellReader(context, { news, state, memberId, lines });
}

/** The people who were responsible when it changed. A later one finds the change in Home, and is not told of old news. */
async function readersOnce<Of extends Line>(
  context: AppContext,
  { news, state, line }: { news: News<Of>; state: State; line: Of },
): Promise<readonly string[]> {
  const key = `${news.name}/${line.seq}/readers`;
  const known = await onceMarker(context, key);
  if (known !== null) return JSON.parse(known) as string[];
  const readers = news.readersOf(state, line);
  if ((await putOnceMarker(context, key, JSON.stringify(readers))) === 'put') return readers;
  return JSON.parse((await onceMarker(context, key)) ?? '[]') as string[];
}

type ToReader<Of extends Line> = { news: News<Of>; state: State; memberId: string; lines: readonly Of[] };

async function tellReader<Of extends Line>(context: AppContext, { lines, ...to }: ToReader<Of>): Promise<void> {
  const { news, state, memberId } = to;
  const { untold, lastToldAt } = await untoldOf(context, { ...to, lines });
  const [first] = untold;
  if (!first) return;
  const key = `${news.name}/${first.seq}/to/${memberId}`;
  const isBegun = (await onceMarker(context, `${key}/lines`)) !== null;
  if (!isBegun && lastToldAt !== null && elapsedMs(context.clock, lastToldAt) < news.pauseMs) return;
  const audience = await context.channels.audience(null, memberId);
  if (audience === 'unsure') return;
  const told = await linesOnce(context, { key, lines, untold });
  const card = news.cardFor(state, told, { memberId, audience });
  if (card && !(await stands(context, { key, memberId, card }))) return;
  const at = card ? String(context.clock.now()) : '';
  // Its first line comes last: cut off before that, the message is found again by it.
  for (const { seq } of told.toReversed()) await putOnceMarker(context, toldKey(news, seq, memberId), at);
}

/** What a person has not heard, oldest first, and when they heard the last of it. */
async function untoldOf<Of extends Line>(context: AppContext, { news, memberId, lines }: ToReader<Of>) {
  const untold: Of[] = [];
  let lastToldAt: number | null = null;
  for (const line of lines) {
    const toldAt = await onceMarker(context, toldKey(news, line.seq, memberId));
    if (toldAt !== null) lastToldAt = toldAt === '' ? lastToldAt : Math.max(lastToldAt ?? 0, Number(toldAt));
    else if (elapsedMs(context.clock, line.at) < TRIED_FOR_MS) untold.push(line);
    else await giveUp(context, { news, memberId, seq: line.seq });
  }
  return { untold, lastToldAt };
}

async function giveUp(
  context: AppContext,
  { news, memberId, seq }: { news: Pick<News<Line>, 'name'>; memberId: string; seq: number },
): Promise<void> {
  if ((await putOnceMarker(context, toldKey(news, seq, memberId), '')) !== 'put') return;
  context.log.error({ news: news.name, memberId, seq }, 'could not tell about a change within half a day, gave up');
}

/** The lines that a message tells of: those of the process that came to it first. */
async function linesOnce<Of extends Line>(
  context: AppContext,
  { key, lines, untold }: { key: string; lines: readonly Of[]; untold: readonly Of[] },
): Promise<readonly Of[]> {
  await putOnceMarker(context, `${key}/lines`, JSON.stringify(untold.map(({ seq }) => seq)));
  const seqs = new Set(JSON.parse((await onceMarker(context, `${key}/lines`)) ?? '[]') as number[]);
  return lines.filter(({ seq }) => seqs.has(seq));
}

/** Whether the message stands. One that another process is at may still fail. */
async function stands(
  context: AppContext,
  { key, memberId, card }: { key: string; memberId: string; card: Card },
): Promise<boolean> {
  const isPosted = await postOnce(context, key, (onceKey) => postCardTo(context, memberId, card, onceKey));
  if (!isPosted) context.log.warn({ memberId }, 'could not tell about a change, will retry');
  return isPosted && (await placeOf(context, key)) !== null;
}

const toldKey = ({ name }: Pick<News<Line>, 'name'>, seq: number, memberId: string) =>
  `${name}/${seq}/told/${memberId}`;
