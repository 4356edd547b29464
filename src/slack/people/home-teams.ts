import type { KnownBlock } from '@slack/types';
import type { PeopleView, TeamRow } from '../../app/people/people-view.ts';
import { counted, credits, number } from '../../words/figures.ts';
import { limitsAndLess } from '../../words/less.ts';
import { type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import { actions, button, context, plain, title } from '../kit/parts.ts';

/** The teams whose figures the reader may see. */
export function teamsBlocks(view: PeopleView, pages: HomeLocation): KnownBlock[] {
  const { teams, teamsCount, mayCreateTeams, mayRenameTeams } = view;
  if (teamsCount === 0 && !mayCreateTeams) return [];
  const create = button('Create a team', { action: ACTIONS.peopleCreateTeam, value: writeMetadata(pages) });
  const more = teamsCount - teams.length;
  return [
    title(`Teams · ${number(teamsCount)}`, mayCreateTeams ? create : undefined),
    ...(teamsCount === 0 ? [context('No teams yet. A team has its own limit and managers.')] : []),
    ...teams.flatMap((team) => teamBlocks(team, mayRenameTeams, pages)),
    ...(more > 0 ? [context(`${number(more)} more. Find them by name above.`)] : []),
  ];
}

function teamBlocks(team: TeamRow, mayRename: boolean, pages: HomeLocation): KnownBlock[] {
  const { id, name, membersCount, usedThisMonthCredits, mayEditLimits } = team;
  const members = counted(membersCount, 'member');
  const value = writeMetadata(pages, id);
  const buttons = [
    ...(mayEditLimits
      ? [button('Limits…', { action: ACTIONS.peopleTeamLimits, value, label: `Limits of the team ${name}` })]
      : []),
    ...(mayRename ? [button('Edit', { action: ACTIONS.peopleTeam, value, label: `Edit the team ${name}` })] : []),
  ];
  return [
    {
      type: 'section',
      block_id: `team.${id}`,
      text: plain(name),
      fields: [plain(`${members} · ${credits(usedThisMonthCredits)} used this month`), plain(limitsAndLess(team))],
    },
    ...(buttons.length > 0 ? [actions(...buttons)] : []),
  ];
}
