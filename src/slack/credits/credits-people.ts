import type { PeopleView, PersonRow, TeamRow } from '../../app/people/people-view.ts';
import type { TeamMember, TeamsView } from '../../app/people/show-team.ts';
import type { Audience } from '../../ports/ports.ts';
import { counted, credits, number } from '../../words/figures.ts';
import { limitsAndLess } from '../../words/less.ts';
import { limitsWords, looksAfterWords, teamsWords, usedWords } from '../../words/people.ts';
import { COMMANDS } from '../kit/ids.ts';
import { type Message, message } from '../kit/message.ts';
import { code, context, cutTo, type Inline, name, person } from '../kit/parts.ts';
import { OUTSIDERS_HERE, whyLeftOut } from '../kit/show-to-audience.ts';

/** People and teams for those who type: what Home's tab shows, by the same rights. */

const LINE_UNITS_MAX = 250;
const TEAMS_MAX = 20;

/** `alone`: beside people from outside it is marked, and names no other client. */
export function peopleMessage(
  { rows, foundCount, look, withoutNames }: PeopleView,
  audience: 'internal' | 'alone' = 'internal',
): Message {
  if (rows.length === 0)
    return message([[`No one matches “${cutTo(look.find, 40)}”.`, ...(withoutNames ? [NAMELESS] : [])]]);
  const more = foundCount - rows.length;
  return message(
    [
      ...rows.map((row) => personLine(row, audience)),
      ...(more > 0
        ? [
            [
              `and ${number(more)} more. Type a name after `,
              code(`${COMMANDS.credits} people`),
              ', or open Inkwell’s Home.',
            ],
          ]
        : []),
      ...(withoutNames ? [[NAMELESS]] : []),
    ],
    ...markFor(audience),
  );
}

const markFor = (audience: 'internal' | 'alone') => (audience === 'alone' ? [context(OUTSIDERS_HERE)] : []);

export const personMessage = (row: PersonRow): Message => message([personLine(row, 'internal')]);

const NAMELESS = ' Slack didn’t return names just now. Try again in a minute.';

function personLine(row: PersonRow, audience: 'internal' | 'alone'): Inline[] {
  const status = row.status === 'active' ? [] : [row.status];
  const looksAfter = audience === 'alone' ? null : looksAfterWords(row);
  const more = [limitsWords(row), looksAfter].filter((each) => each !== null);
  const words = [row.role, ...status, teamsWords(row), usedWords(row), ...more];
  return [person(row.memberId), cutTo(`· ${words.join(' · ')}`, LINE_UNITS_MAX).replace(/^/, ' ')];
}

export function teamsMessage(
  { teams, isUnknown }: TeamsView,
  asked: string,
  audience: 'internal' | 'alone' = 'internal',
): Message {
  if (isUnknown) return message([[`You don’t manage a team called “${cutTo(asked, 40)}”.`]]);
  if (teams.length === 0)
    return message([['You don’t manage any teams yet. Owners create them in Inkwell’s Home, under People.']]);
  const more = teams.length - TEAMS_MAX;
  return message(
    [
      ...teams.slice(0, TEAMS_MAX).flatMap((team) => [teamLine(team), ...team.members.map(memberLine)]),
      ...(more > 0 ? [[`and ${number(more)} more.`]] : []),
      ...(teams.some(({ members, membersCount }) => membersCount > members.length)
        ? [[code(`${COMMANDS.credits} team`), ' and a team’s name shows who is in it.']]
        : []),
    ],
    ...markFor(audience),
  );
}

function teamLine(team: TeamRow): Inline[] {
  const { name: called, membersCount, usedThisMonthCredits } = team;
  const members = counted(membersCount, 'member');
  return [name(called), ` · ${members} · ${credits(usedThisMonthCredits)} used this month · ${limitsAndLess(team)}`];
}

const memberLine = ({ memberId, usedThisMonthCredits }: TeamMember): Inline[] => [
  '    ',
  person(memberId),
  ` · ${credits(usedThisMonthCredits)} used this month`,
];

/** Shown where people from outside the agency may read along, and to readers who are no full members. */
export const notHere = (audience: Exclude<Audience, 'internal'>): Message =>
  message([
    [
      `Figures of others aren’t shown here because ${whyLeftOut(audience)}. Ask in an internal channel, or open Inkwell’s Home.`,
    ],
  ]);
