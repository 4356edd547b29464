import type { CreditsView } from '../../app/home/credits-view.ts';
import { listedUpTo } from '../../words/parts.ts';
import { COMMANDS } from '../kit/ids.ts';
import { type Message, words } from '../kit/message.ts';
import { bold, code, cutTo, type Inline, person, plain, richLines } from '../kit/parts.ts';

/** Lists the commands, the terms and who can help. `unknown` is a word that `/credits` does not know. */
export function creditsHelp({
  helperIds,
  unknown,
}: Pick<CreditsView, 'helperIds'> & { unknown: string | null }): Message {
  const said = unknown === null ? [] : [notKnown(unknown)];
  const help = [...commands, ...meanings, ...helpers(helperIds)];
  return {
    text: words([...said.map(({ text }) => [text.text]), ...help]),
    blocks: [...said, richLines(...commands), richLines(...meanings), richLines(...helpers(helperIds))],
  };
}

const notKnown = (typed: string) => ({
  type: 'section' as const,
  text: plain(`${COMMANDS.credits} doesn’t know “${cutTo(typed, 100)}”. Here’s what it does:`),
});

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
