import type { List } from 'immutable';
import { limitName } from '../accounts.ts';
import type { ExceededLimit, State } from '../state.ts';
import { blockedBy } from './blocked.ts';
import { findImage, forgetOld, type MadeImage, type MadeImages, madeBy, NO_IMAGES } from './made-images.ts';
import { addTo, type Cell, type Counted, countBy, isAbout, isEmpty, NO_SUMS, type Sums } from './tally.ts';

type Tallied = Pick<State, 'tally' | 'images' | 'blocked'>;

/** What lines change of the days' sums: copies of the days they touch, changed in place and not seen elsewhere. */
export type TallyDraft = {
  count(date: string, counted: Counted, added: Partial<Sums>): void;
  /** Counts a request at each limit that it would have gone over. */
  block(date: string, exceeded: readonly ExceededLimit[]): void;
  /** Null where there is none, or it was charged too long ago to be marked. */
  image(holdId: string): { date: string; image: MadeImage } | null;
  add(date: string, image: MadeImage): void;
  /** Puts an image in the place of what it was. */
  change(date: string, image: MadeImage): void;
  /** What was counted and made on later dates was so on this one: the clock had been wrong. */
  readBy(lastDate: string, at: number): void;
  /** All with what was changed; the draft is of no use afterwards. */
  ended(): Tallied;
};

export function draftTally(state: Tallied): TallyDraft {
  let { tally, images, blocked }: Tallied = state;
  let days = new Map<string, Day>();

  const dayOf = (date: string): Day => {
    const known = days.get(date);
    if (known) return known;
    const day: Day = { cells: null, own: new Set(), images: null, blocked: null };
    days.set(date, day);
    return day;
  };
  const ended = (): Tallied => {
    for (const [date, day] of days) {
      if (day.cells) tally = day.cells.length > 0 ? tally.set(date, day.cells) : tally.delete(date);
      if (day.images) images = withImages(images, date, day.images);
      if (day.blocked) blocked = blocked.set(date, day.blocked);
    }
    return { tally, images, blocked };
  };
  return {
    count(date, counted, added) {
      const day = dayOf(date);
      day.cells ??= [...(tally.get(date) ?? [])];
      const cell = ownCell(day.cells, day.own, counted);
      addTo(cell, added);
      // Its image is counted for something else by now.
      if (isEmpty(cell)) day.cells.splice(day.cells.indexOf(cell), 1);
    },
    block(date, exceeded) {
      if (exceeded.length === 0) return;
      const day = dayOf(date);
      day.blocked ??= { ...blocked.get(date) };
      for (const limit of exceeded) day.blocked[limitName(limit)] = (day.blocked[limitName(limit)] ?? 0) + 1;
    },
    image(holdId) {
      for (const [date, day] of days) {
        const image = day.images?.find((each) => each.holdId === holdId);
        if (image) return { date, image };
      }
      return findImage(images, holdId);
    },
    add(date, image) {
      const day = dayOf(date);
      day.images = (day.images ?? images.get(date) ?? NO_IMAGES).push(image);
    },
    change(date, image) {
      const day = dayOf(date);
      const all = day.images ?? images.get(date) ?? NO_IMAGES;
      const index = all.findIndex(({ holdId }) => holdId === image.holdId);
      day.images = all.set(index, image);
    },
    readBy(lastDate, at) {
      ended();
      days = new Map();
      tally = countBy(tally, lastDate);
      images = madeBy(images, lastDate, at);
      blocked = blockedBy(blocked, lastDate);
    },
    ended,
  };
}

/** `own`: the cells that are copies already. */
type Day = {
  cells: Cell[] | null;
  own: Set<Cell>;
  images: List<MadeImage> | null;
  blocked: Record<string, number> | null;
};

function ownCell(cells: Cell[], own: Set<Cell>, counted: Counted): Cell {
  for (let index = 0; index < cells.length; index += 1) {
    const cell = cells[index] as Cell;
    if (!isAbout(cell, counted)) continue;
    if (own.has(cell)) return cell;
    const copy = { ...cell };
    cells[index] = copy;
    own.add(copy);
    return copy;
  }
  const { clientId, projectId, memberId, teamIds, model, quality, stage, mark } = counted;
  const added = { ...NO_SUMS, clientId, projectId, memberId, teamIds, model, quality, stage, mark };
  cells.push(added);
  own.add(added);
  return added;
}

/** Images are forgotten when a day begins: to look more often would cost more than it saves. */
function withImages(images: MadeImages, date: string, ofDate: List<MadeImage>): MadeImages {
  const isNew = !images.has(date);
  const all = images.set(date, ofDate);
  return isNew ? forgetOld(all) : all;
}
