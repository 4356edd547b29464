import { PROVIDERS } from '../../images/providers.ts';
import { describe } from '../../ports/describe-error.ts';
import type { AppContext } from '../context.ts';
import { withRight } from '../limits/limit-contacts.ts';
import { postCardTo } from '../once/post-card.ts';
import { placeOf, postOnce } from '../once/post-once.ts';
import { dayKey, openKey, TROUBLE_KINDS, type Trouble, type TroubleCard } from './trouble.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Cards older than this are not drawn again. */
const DAYS_BACK = 14;

/**
 * Tells every owner of it, once a day; the sweeper tells those who could not be told. Never throws: it is told beside the work
 * that met it, and the work goes on.
 */
export async function tellTrouble(context: AppContext, met: Trouble): Promise<void> {
  const trouble = { ...met, since: openIn(context).get(openKey(met))?.since ?? met.since };
  const { of, kind, status, code, requestId, what } = trouble;
  try {
    const { workspace } = context.book;
    const at = context.clock.now();
    openIn(context).set(openKey(trouble), trouble);
    const day = { workspace, key: dayKey(trouble, at), value: JSON.stringify(trouble), at };
    if ((await context.records.marks.put(day)) === 'taken') return;
    context.log.error(
      { of, kind, status, code, requestId, ...(what ? { what } : {}) },
      'an operator needs to fix this',
    );
    await context.records.marks.put({ ...day, key: openKey(trouble) });
    await tellOwners(context, trouble, at);
  } catch (error) {
    context.log.warn({ of, kind, error: describe(error) }, 'could not yet tell owners');
  }
}

/** Owners who have not been told of what is still open, and what an earlier process left. */
export async function tendTroubles(context: AppContext): Promise<void> {
  await readOpen(context);
  for (const trouble of openIn(context).values()) await tellOwners(context, trouble, context.clock.now());
}

/** What `isMended` says works again is told on the cards that stand; those that Slack does not take are tried next time. */
export async function mendTroubles(context: AppContext, isMended: (trouble: Trouble) => boolean): Promise<void> {
  for (const [key, trouble] of [...openIn(context)]) {
    if (!isMended(trouble)) continue;
    // Taken out first: what goes well meanwhile has nothing to mend.
    openIn(context).delete(key);
    try {
      if (!(await redraw(context, trouble))) openIn(context).set(key, trouble);
      else await context.records.marks.remove({ workspace: context.book.workspace, key });
      context.log.info({ of: trouble.of, kind: trouble.kind }, 'works again');
    } catch (error) {
      openIn(context).set(key, trouble);
      context.log.warn({ kind: trouble.kind, error: describe(error) }, 'could not yet tell owners that it works again');
    }
  }
}

async function tellOwners(context: AppContext, trouble: Trouble, at: number): Promise<void> {
  // A day on which it was not met again is not told of.
  const key = dayKey(trouble, at);
  if ((await context.records.marks.get({ workspace: context.book.workspace, key })) === null) return;
  for (const ownerId of withRight(context.book.now(), 'set_limit')) {
    const card: TroubleCard = { kind: 'trouble_card', at, trouble, mendedAt: null };
    const posted = await postOnce(context, `${key}/to/${ownerId}`, (onceKey) =>
      postCardTo(context, ownerId, card, onceKey),
    );
    if (!posted) context.log.warn({ ownerId, kind: trouble.kind }, 'could not tell owner, will retry');
  }
}

/** Every card of it; an owner who could not be told while it lasted hears now that it did. */
async function redraw(context: AppContext, trouble: Trouble): Promise<boolean> {
  const { records, book, messenger, clock } = context;
  const now = clock.now();
  const card: TroubleCard = { kind: 'trouble_card', at: now, trouble, mendedAt: now };
  let isDrawn = true;
  for (const key of daysSince(trouble, now)) {
    if ((await records.marks.get({ workspace: book.workspace, key })) === null) continue;
    for (const ownerId of withRight(book.now(), 'set_limit')) {
      const to = `${key}/to/${ownerId}`;
      const place = await placeOf(context, to);
      isDrawn &&= place
        ? (await messenger.redrawCard(place, card)).kind !== 'failed'
        : await postOnce(context, to, (onceKey) => postCardTo(context, ownerId, card, onceKey));
    }
  }
  return isDrawn;
}

function daysSince(trouble: Trouble, now: number): string[] {
  const daysCount = Math.min(DAYS_BACK, Math.ceil((now - trouble.since) / DAY_MS) + 1);
  const keys = Array.from({ length: daysCount }, (_, daysAgo) => dayKey(trouble, now - daysAgo * DAY_MS));
  return [...new Set(keys)];
}

/** Once in a process: from then on it knows what it met itself, and another one what it met. */
async function readOpen(context: AppContext): Promise<void> {
  if (read.has(context)) return;
  const { workspace } = context.book;
  const names = new Set([...Object.keys(PROVIDERS), ...context.providers.names]);
  for (const kind of TROUBLE_KINDS) {
    for (const of of kind === 'slack' ? ['slack'] : names) {
      const key = openKey({ of, kind });
      const value = await context.records.marks.get({ workspace, key });
      if (value !== null && !openIn(context).has(key)) openIn(context).set(key, JSON.parse(value) as Trouble);
    }
  }
  read.add(context);
}

function openIn(context: AppContext): Map<string, Trouble> {
  const known = open.get(context) ?? new Map<string, Trouble>();
  open.set(context, known);
  return known;
}

const open = new WeakMap<AppContext, Map<string, Trouble>>();
const read = new WeakSet<AppContext>();
