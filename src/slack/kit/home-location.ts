import type { KnownBlock } from '@slack/types';
import { type HomeLocation, writeMetadata } from './home-metadata.ts';
import { ACTIONS } from './ids.ts';
import { actions, button, context } from './parts.ts';
import { number } from './text.ts';

/** Two lists of twenty leave room for everything else within the 100 blocks that Slack draws. */
export const ROWS_A_PAGE = 20;

export type Page<Row> = { rows: readonly Row[]; pager: KnownBlock[] };

/** Of those that are in front together each has a page of its own; a client’s places have that of the members. */
type List = 'clients' | 'members' | 'projects' | 'places';

/** The rows of one page of a list, and the buttons to the next ones. A page that is no longer there is the last one. */
export function pageOf<Row>(all: readonly Row[], list: List, pages: HomeLocation): Page<Row> {
  const { open } = pages;
  const last = Math.max(0, Math.ceil(all.length / ROWS_A_PAGE) - 1);
  const at = Math.min(
    list === 'projects' ? (open?.page ?? 0) : pages[list === 'clients' ? 'clients' : 'members'],
    last,
  );
  const from = at * ROWS_A_PAGE;
  const rows = all.slice(from, from + ROWS_A_PAGE);
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
  const turn = (to: number) =>
    list === 'projects'
      ? writeMetadata({ ...pages, ...(open ? { open: { ...open, page: to } } : {}) })
      : writeMetadata({ ...pages, [list === 'clients' ? 'clients' : 'members']: to });
  const back = button('‹ Previous', { action: ACTIONS.homePageBack, value: turn(at - 1), label: `Previous ${list}` });
  const on = button('Next ›', { action: ACTIONS.homePage, value: turn(at + 1), label: `Next ${list}` });
  return [context(where), actions(...(at > 0 ? [back] : []), ...(hasMore ? [on] : []))];
}
