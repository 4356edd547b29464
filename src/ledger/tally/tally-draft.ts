import type { List } from 'immutable';
import { limitName } from '../accounts.ts';
import type { ExceededLimit, State } from '../state.ts';
import { blockedBy } from './blocked.ts';
import { findImage, forgetOld, type MadeImage, type MadeImages, madeBy, NO_IMAGES } from './made-images.ts';
import { addTo, type Cell, type Counted, countBy, isAbout, isEmpty, NO_SUMS, type Sums } from './tally.ts';

type Tallied = Pick<State, 'tally' | 'images' | 'blocked'>;

/**
 * What lines change of the days' sums: copies of the days they touch, changed in place and not seen elsewhere. A class, because
 * one is made for every line that is written.
 */
export class TallyDraft {
  private readonly days: Day[] = [];

  constructor(private before: Tallied) {}

  count(date: string, counted: Counted, added: Partial<Sums>): void {
    const day = this.day(date);
    day.cells ??= this.before.tally.get(date)?.slice() ?? [];
    const cell = ownCell(day.cells, day.own, counted);
    addTo(cell, added);
    // Its image is counted for something else by now.
    if (isEmpty(cell)) day.cells.splice(day.cells.indexOf(cell), 1);
  }

  /** Counts a request at each limit that it would have gone over. */
  block(date: string, exceeded: readonly ExceededLimit[]): void {
    if (exceeded.length === 0) return;
    const day = this.day(date);
    day.blocked ??= { ...this.before.blocked.get(date) };
    for (const limit of exceeded) day.blocked[limitName(limit)] = (day.blocked[limitName(limit)] ?? 0) + 1;
  }

  /** Null where there is none, or it was charged too long ago to be marked. */
  image(holdId: string): { date: string; image: MadeImage } | null {
    for (const day of this.days) {
      const image = this.imagesOf(day).find((each) => each.holdId === holdId);
      if (image) return { date: day.date, image };
    }
    return findImage(this.before.images, holdId);
  }

  add(date: string, image: MadeImage): void {
    this.day(date).added.push(image);
  }

  /** Puts an image in the place of what it was. */
  change(date: string, image: MadeImage): void {
    const day = this.day(date);
    const all = this.imagesOf(day);
    const index = all.findIndex(({ holdId }) => holdId === image.holdId);
    day.images = all.set(index, image);
  }

  /** What was counted and made on later dates was so on this one: the clock had been wrong. */
  readBy(lastDate: string, at: number): void {
    const { tally, images, blocked } = this.ended();
    this.days.length = 0;
    this.before = {
      tally: countBy(tally, lastDate),
      images: madeBy(images, lastDate, at),
      blocked: blockedBy(blocked, lastDate),
    };
  }

  /** All with what was changed; the draft is of no use afterwards. */
  ended(): Tallied {
    let { tally, images, blocked } = this.before;
    for (const day of this.days) {
      const { date, cells, added } = day;
      if (cells) tally = cells.length > 0 ? tally.set(date, cells) : tally.delete(date);
      if (day.images || added.length > 0) images = withImages(images, date, this.imagesOf(day));
      if (day.blocked) blocked = blocked.set(date, day.blocked);
    }
    return { tally, images, blocked };
  }

  /** With those that were added since: to add them one by one to a list takes longer. */
  private imagesOf(day: Day): List<MadeImage> {
    const { added } = day;
    const images = day.images ?? this.before.images.get(day.date) ?? NO_IMAGES;
    if (added.length === 0) return images;
    const all = added.length === 1 ? images.push(added[0] as MadeImage) : images.concat(added);
    day.images = all;
    day.added = [];
    return all;
  }

  /** Lines are mostly about the newest day. */
  private day(date: string): Day {
    const { days } = this;
    for (let index = days.length - 1; index >= 0; index -= 1) {
      const day = days[index] as Day;
      if (day.date === date) return day;
    }
    const day: Day = { date, cells: null, own: new Set(), images: null, added: [], blocked: null };
    days.push(day);
    return day;
  }
}

/** `own`: the cells that are copies already. */
type Day = {
  date: string;
  cells: Cell[] | null;
  own: Set<Cell>;
  images: List<MadeImage> | null;
  added: MadeImage[];
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
