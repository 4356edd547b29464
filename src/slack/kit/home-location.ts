import type { KnownBlock } from '@slack/types';
import { number } from '../../words/figures.ts';
import { type HomeLocation, writeMetadata } from './home-metadata.ts';
import { ACTIONS } from './ids.ts';
import { actions, button, context } from './parts.ts';

/** Two lists of twenty leave room for everything else within the 100 blocks that Slack draws. */
export const ROWS_A_PAGE = 20;

export type Page<Row> = { rows: readonly Row[]; pager: KnownBlock[] };

/** Of those that are in front together each has a page of its own; a client’s places have that of the members. */
type List = 'clients' | 'members' | 'projects' | 'places';
const PAGE_UNDER = {
  clients: 'clients',
  members: 'members',
  places: 'members',
  changes: 'members',
  projects: 'open',
} as const satisfies Readonly<Record<List | 'changes', keyof HomeLocation>>;

/** The rows of one page of a list, and the buttons to the next ones. A page that is no longer there is the last one. */
export function pageOf<Row>(
  all: readonly Row[],
  list: List,
  pages: HomeLocation,
  rowsMax: number = ROWS_A_PAGE,
): Page<Row> {
  const last = Math.max(0, Math.ceil(all.length / rowsMax) - 1);
  const under = PAGE_UNDER[list];
  const at = Math.min(under === 'open' ? (pages.open?.page ?? 0) : pages[under], last);
  const from = at * rowsMax;
  const rows = all.slice(from, from + rowsMax);
  if (last === 0) return { rows, pager: [] };
  const where = `${number(from + 1)}–${number(from + rows.length)} of ${number(all.length)}`;
  return { rows, pager: pagerBlocks({ list, where, at, hasMore: at < last }, pages) };
}

/** Where one is in a list, and the buttons to the pages beside it. */
export function pagerBlocks(
  { list, where, at, hasMore }: { list: List | 'changes'; where: string; at: number; hasMore: boolean },
  pages: HomeLocation,
): KnownBlock[] {
  if (at === 0 && !hasMore) return [];
  const { open } = pages;
  const under = PAGE_UNDER[list];
  const turn = (page: number) =>
    writeMetadata({ ...pages, ...(under !== 'open' ? { [under]: page } : open ? { open: { ...open, page } } : {}) });
  const back = button('‹ Previous', { action: ACTIONS.homePageBack, value: turn(at - 1), label: `Previous ${list}` });
  const on = button('Next ›', { action: ACTIONS.homePage, value: turn(at + 1), label: `Next ${list}` });
  return [context(where), actions(...(at > 0 ? [back] : []), ...(hasMore ? [on] : []))];
}
