import type { KnownBlock } from '@slack/types';
import type { ChangesView } from '../../app/people/changes-view.ts';
import { describeRow } from '../../words/describe-change.ts';
import { number } from '../../words/figures.ts';
import { actor } from '../kit/actor.ts';
import { pagerBlocks } from '../kit/home-location.ts';
import type { HomeLocation } from '../kit/home-metadata.ts';
import { context, dateToken, richLines, title } from '../kit/parts.ts';

const ROWS_A_PAGE = 20;

/** The last changes: who, when, and what, newest first. */
export function changesBlocks(
  { rows, page, hasMore, names, lookedBackEnough }: ChangesView,
  pages: HomeLocation,
): KnownBlock[] {
  const first = page * ROWS_A_PAGE;
  const where = `${number(first + 1)}–${number(first + rows.length)}, newest first`;
  return [
    title('Recent changes'),
    ...(rows.length === 0 ? [context('No recent changes.')] : []),
    ...rows.map((row) =>
      richLines([...describeRow(row, names), '.'], [actor(row.by, 'Start'), ', ', dateToken(row.at)]),
    ),
    ...pagerBlocks({ list: 'changes', where, at: page, hasMore }, { ...pages, members: page }),
    ...(hasMore || lookedBackEnough ? [] : [context('Home doesn’t show changes older than these.')]),
  ];
}
