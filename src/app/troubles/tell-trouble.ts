import { describe } from '../../ports/describe-error.ts';
import type { World } from '../context.ts';
import { withRight } from '../limits/limit-contacts.ts';
import { placeOf, postOnce } from '../once/post-once.ts';
import { dayKey, openKey, TROUBLE_KINDS, type Trouble, type TroubleCard } from './trouble.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Cards older than this are not drawn again. */
const DAYS_BACK = 14;

/**
 * Tells every owner of it, once a day; whoever could not be told is, by the sweeper. Never throws: it is told beside the work
 * that met it, and the work goes on.
 */
export async function tellTrouble(world: World, met: Trouble): Promise<void> {
  const trouble = { ...met, since: openIn(world).get(openKey(met))?.since ?? met.since };
  const { of, kind, status, code, requestId, what } = trouble;
  try {
    const { workspace } = world.book;
    const at = world.clock.now();
    openIn(world).set(openKey(trouble), trouble);
    const day = { workspace, key: dayKey(trouble, at), value: JSON.stringify(trouble), at };
    if ((await world.records.marks.put(day)) === 'taken') return;
    world.log.error({ of, kind, status, code, requestId, ...(what ? { what } : {}) }, 'an operator has to mend this');
    await world.records.marks.put({ ...day, key: openKey(trouble) });
    await tellOwners(world, trouble, at);
  } catch (error) {
    world.log.warn({ of, kind, error: describe(error) }, 'owners not told of this yet');
  }
}

/** Owners who have not been told of what is still open, and what an earlier process left. */
export async function tendTroubles(world: World): Promise<void> {
  await readOpen(world);
  for (const trouble of openIn(world).values()) await tellOwners(world, trouble, world.clock.now());
}

/** What `isMended` says works again is told on the cards that stand; those that Slack does not take are tried next time. */
export async function mendTroubles(world: World, isMended: (trouble: Trouble) => boolean): Promise<void> {
  for (const [key, trouble] of [...openIn(world)]) {
    if (!isMended(trouble)) continue;
    // Taken out first: what goes well meanwhile has nothing to mend.
    openIn(world).delete(key);
    try {
      if (!(await redraw(world, trouble))) openIn(world).set(key, trouble);
      else await world.records.marks.remove({ workspace: world.book.workspace, key });
      world.log.info({ of: trouble.of, kind: trouble.kind }, 'works again');
    } catch (error) {
      openIn(world).set(key, trouble);
      world.log.warn({ kind: trouble.kind, error: describe(error) }, 'owners not told yet that it works again');
    }
  }
}

async function tellOwners(world: World, trouble: Trouble, at: number): Promise<void> {
  // Of a day on which nobody met it again nothing is told.
  const key = dayKey(trouble, at);
  if ((await world.records.marks.get({ workspace: world.book.workspace, key })) === null) return;
  for (const ownerId of withRight(world.book.now(), 'set_limit')) {
    const card: TroubleCard = { kind: 'trouble_card', at, trouble, mendedAt: null };
    const posted = await postOnce(world, `${key}/to/${ownerId}`, () => world.messenger.postCard(ownerId, card));
    if (!posted) world.log.warn({ ownerId, kind: trouble.kind }, 'owner not told, will be tried again');
  }
}

/** Every card of it; an owner who could not be told while it lasted hears now that it did. */
async function redraw(world: World, trouble: Trouble): Promise<boolean> {
  const { records, book, messenger, clock } = world;
  const now = clock.now();
  const card: TroubleCard = { kind: 'trouble_card', at: now, trouble, mendedAt: now };
  let isDrawn = true;
  for (const key of daysSince(trouble, now)) {
    if ((await records.marks.get({ workspace: book.workspace, key })) === null) continue;
    for (const ownerId of withRight(book.now(), 'set_limit')) {
      const to = `${key}/to/${ownerId}`;
      const place = await placeOf(world, to);
      isDrawn &&= place
        ? (await messenger.redrawCard(place, card)).kind !== 'failed'
        : await postOnce(world, to, () => messenger.postCard(ownerId, card));
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
async function readOpen(world: World): Promise<void> {
  if (read.has(world)) return;
  const { workspace } = world.book;
  for (const kind of TROUBLE_KINDS) {
    for (const of of kind === 'slack' ? (['slack'] as const) : (['openai', 'sketch'] as const)) {
      const key = openKey({ of, kind });
      const value = await world.records.marks.get({ workspace, key });
      if (value !== null && !openIn(world).has(key)) openIn(world).set(key, JSON.parse(value) as Trouble);
    }
  }
  read.add(world);
}

function openIn(world: World): Map<string, Trouble> {
  const known = open.get(world) ?? new Map<string, Trouble>();
  open.set(world, known);
  return known;
}

const open = new WeakMap<World, Map<string, Trouble>>();
const read = new WeakSet<World>();
