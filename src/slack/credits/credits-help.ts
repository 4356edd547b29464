import type { CreditsView } from '../../app/home/credits-view.ts';
import { listedUpTo } from '../../words/parts.ts';
import { ACTIONS, COMMANDS } from '../kit/ids.ts';
import { type Message, message, words } from '../kit/message.ts';
import { actions, bold, button, code, type Inline, person, richLines } from '../kit/parts.ts';

/** What `/credits` answers, in a few lines. *More* has the terms, and who can help. */
export function creditsHelp(): Message {
  return message(SHORT, actions(button('More', { action: ACTIONS.creditsMore })));
}

const SHORT: Inline[][] = [
  [code(COMMANDS.credits), ' shows what’s left for you and for this channel’s client.'],
  [code(`${COMMANDS.credits} last month`), ' shows what was used: a week, a month or any days.'],
  [
    code(`${COMMANDS.credits} Northwind Coffee`),
    ' or ',
    code(`${COMMANDS.credits} @Ben`),
    ' shows a client, project, team or person.',
  ],
  [
    code(`${COMMANDS.credits} project`),
    ', ',
    code('people'),
    ', ',
    code('team'),
    ' and ',
    code('report'),
    ' list projects, people, teams and figures.',
  ],
];

/** Lists the commands, the terms and who can help. */
export function creditsHelpMore({ helperIds }: Pick<CreditsView, 'helperIds'>): Message {
  const help = [...commands, ...meanings, ...helpers(helperIds)];
  return {
    text: words(help),
    blocks: [richLines(...commands), richLines(...meanings), richLines(...helpers(helperIds))],
  };
}

const commands: Inline[][] = [
  [bold('Commands')],
  [code(COMMANDS.credits), ' shows what’s left for you, this channel’s client and, for owners, the agency.'],
  [
    code(`${COMMANDS.credits} project`),
    ' lists the client’s projects. Owners and the client’s managers can add a name to link this channel, or ',
    code('none'),
    ' to unlink it.',
  ],
  [
    code(`${COMMANDS.credits} people`),
    ' and ',
    code(`${COMMANDS.credits} team`),
    ' show who uses how much (owners and managers). Add a name to narrow it down.',
  ],
  [
    code(`${COMMANDS.credits} report`),
    ' shows what was used in a week, a month or any days: by person, client or model. ',
    code(`${COMMANDS.credits} report help`),
    ' has examples.',
  ],
  [
    code(`${COMMANDS.imagine} a red fox at dusk`),
    ' makes an image with this client’s credits. ',
    code(COMMANDS.imagine),
    ' alone opens a form that shows the price.',
  ],
];

const meanings: Inline[][] = [
  [bold('Terms')],
  [bold('Credit'), ': what images cost. Larger, better or more images cost more.'],
  [
    bold('Limit'),
    ': the most credits that can be used per day, week, month or in total. A client’s or project’s limit is its budget. All limits that apply count: yours, the client’s, the agency’s.',
  ],
  [
    bold('Extra'),
    ': credits added on top of a limit. ',
    bold('On hold'),
    ': set aside while an image is made, then used or returned.',
  ],
  [bold('Left'), ': limit + extra − used − on hold.'],
  [bold('Project'), ': a client’s job with its own budget. Its images also use the client’s credits.'],
];

function helpers(helperIds: readonly string[]): Inline[][] {
  const title = bold('Who can help');
  if (helperIds.length === 0) return [[title, ': ask an owner or manager at your agency.']];
  return [[title, ': Limits are set by ', ...listedUpTo(helperIds.map(person), 3), '.']];
}
