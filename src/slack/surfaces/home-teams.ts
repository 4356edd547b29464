import type { KnownBlock } from '@slack/types';
import type { PeopleView, TeamRow } from '../../app/people/people-view.ts';
import { ACTIONS } from '../ids.ts';
import { credits, number } from '../text.ts';
import { type Pages, writeHint } from './home-hints.ts';
import { button, context, plain, title } from './parts.ts';
import { limitsInShort } from './person-words.ts';

/** The teams that somebody may see the figures of. */
export function teamsBlocks(view: PeopleView, pages: Pages): KnownBlock[] {
  const { teams, teamsCount, mayCreateTeams, mayRenameTeams } = view;
  if (teamsCount === 0 && !mayCreateTeams) return [];
  const create = button('Create a team', { action: ACTIONS.peopleCreateTeam, value: writeHint(pages) });
  const more = teamsCount - teams.length;
  return [
    title(`Teams · ${number(teamsCount)}`, mayCreateTeams ? create : undefined),
    ...(teamsCount === 0 ? [context('None yet. A team has a limit of its own, and managers who look after it.')] : []),
    ...teams.map((team) => teamBlock(team, mayRenameTeams, pages)),
    ...(more > 0 ? [context(`${number(more)} more. Find them by name above.`)] : []),
  ];
}

function teamBlock(
  { id, name, membersCount, standings, usedThisMonthCredits }: TeamRow,
  mayRename: boolean,
  pages: Pages,
): KnownBlock {
  const members = membersCount === 1 ? '1 member' : `${number(membersCount)} members`;
  const rename = button('Rename', { action: ACTIONS.peopleTeam, value: writeHint(pages, id), label: `Rename ${name}` });
  return {
    type: 'section',
    block_id: `team.${id}`,
    text: plain(name),
    fields: [plain(`${members} · ${credits(usedThisMonthCredits)} used this month`), plain(limitsInShort(standings))],
    ...(mayRename ? { accessory: rename } : {}),
  };
}
