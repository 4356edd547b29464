import type { BudgetNews, NewsRow } from '../../app/limits/budget-news.ts';
import { describeRow } from '../../words/describe-change.ts';
import { number } from '../../words/figures.ts';
import { actor } from '../kit/actor.ts';
import { FIRST_PAGES, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import { type Message, words } from '../kit/message.ts';
import { actions, bold, button, context, dateToken, type Inline, richLines } from '../kit/parts.ts';

/** For owners: what others changed of what may be spent, each with the form in which it can be changed back. */
export function budgetNewsMessage({ rows, moreCount, names }: BudgetNews): Message {
  const count = rows.length + moreCount;
  const head: Inline[] = [
    bold(
      count === 1
        ? 'A spending change you should know about'
        : `${number(count)} spending changes you should know about`,
    ),
  ];
  const told = rows.map((row): Inline[][] => [
    [...describeRow(row, names), '.'],
    [actor(row.by, 'Start'), ', ', dateToken(row.at)],
  ]);
  return {
    text: words([head, ...told.map(([what = []]) => what)]),
    blocks: [
      richLines(head),
      ...rows.flatMap(({ opens }, index) => [
        richLines(...(told[index] ?? [])),
        ...(opens ? [actions(opening(opens))] : []),
      ]),
      ...(moreCount > 0 ? [context(`${number(moreCount)} more are in Home, under Changes.`)] : []),
    ],
  };
}

const opening = (opens: NonNullable<NewsRow['opens']>) =>
  'account' in opens
    ? button('Limits…', { action: ACTIONS.limitsOpen, value: writeMetadata(FIRST_PAGES, opens.account) })
    : button('Link a channel…', {
        action: ACTIONS.homeBindChannel,
        value: writeMetadata(FIRST_PAGES, opens.channelId),
      });
