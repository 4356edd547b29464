import type { AffectedRow, ChangeNews } from '../../app/limits/change-news.ts';
import { accountParts, labelFrom } from '../../words/accounts.ts';
import { describeRow, namesOfRow } from '../../words/describe-change.ts';
import { credits, number } from '../../words/figures.ts';
import { WINDOW_WORDS } from '../../words/windows.ts';
import { actor } from '../kit/actor.ts';
import { type Message, message } from '../kit/message.ts';
import { bold, context, dateToken, type Inline } from '../kit/parts.ts';

/** For the people that changes are about: a line each, with who made it and why. */
export function changeNewsMessage({ rows, moreCount, names }: ChangeNews): Message {
  const lines = rows.map((row): Inline[] => [
    ...what(row, names),
    '. ',
    actor(row.by, 'Start'),
    ', ',
    dateToken(row.at),
    '.',
  ]);
  return message(lines, ...(moreCount > 0 ? [context(`And ${number(moreCount)} more before that.`)] : []));
}

function what({ facts, hides, ...row }: AffectedRow, names: ChangeNews['names']): Inline[] {
  if (facts.kind !== 'budget_moved') return describeRow({ facts, ...row }, names);
  const now = `, ${WINDOW_WORDS[facts.window].now}`;
  if (hides === null) return [...describeRow({ facts, ...row }, names), now];
  const way = hides === 'from' ? ' moved to ' : ' moved away from ';
  const own = hides === 'from' ? facts.to : facts.from;
  return [
    bold(credits(facts.amountCredits)),
    way,
    ...accountParts(labelFrom(own, namesOfRow(row, names)), 'Inside'),
    now,
  ];
}
