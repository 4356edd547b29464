import type { CreditsView } from '../../app/messenger.ts';
import { COMMANDS } from '../kit/ids.ts';
import { type Message, words } from '../kit/message.ts';
import { bold, code, cutTo, type Inline, listUpTo, person, plain, richLines } from '../kit/parts.ts';

/** What there is to type, what the words mean, and who can help. `unknown` is what somebody typed that is none of it. */
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
  text: plain(`“${cutTo(typed, 100)}” is not something ${COMMANDS.credits} knows yet. Here is what it does know:`),
});

const commands: Inline[][] = [
  [bold('What you can type')],
  [code(COMMANDS.credits), ': what you, this channel’s client and, for owners, the agency have left'],
  [code(`${COMMANDS.credits} project`), ': the client’s projects, and which of them this channel is bound to'],
  [
    code(`${COMMANDS.credits} project Spring launch`),
    ': images asked for here count for that project, for owners and the client’s managers; ',
    code('none'),
    ' ends that',
  ],
  [
    code(`${COMMANDS.credits} people`),
    ', ',
    code(`${COMMANDS.credits} people ana`),
    ': for owners and managers, who uses how much',
  ],
  [
    code(`${COMMANDS.credits} team`),
    ', ',
    code(`${COMMANDS.credits} team Design`),
    ': for owners and managers, teams and who is in them',
  ],
  [code(`${COMMANDS.credits} help`), ': this'],
  [code(`${COMMANDS.imagine} a red fox at dusk`), ': an image, with the credits of this channel’s client'],
  [code(COMMANDS.imagine), ': a form that shows the price as you choose'],
];

const meanings: Inline[][] = [
  [bold('What the words mean')],
  [bold('Credit'), ': what images are paid with, always whole ones. Bigger, better and more images take more of them.'],
  [bold('Client'), ': whom a channel belongs to. An image uses the credits of its channel’s client.'],
  [bold('Project'), ': a job of a client, with a budget of its own. Its images use the client’s credits too.'],
  [
    bold('Limit'),
    ': how many credits may be used, by day, week, month or in total. Yours, the client’s and the agency’s all count.',
  ],
  [bold('Granted'), ': credits that somebody gave on top of a limit.'],
  [bold('Held'), ': set aside while an image is being made, then used or given back.'],
  [
    bold('Balance'),
    ': limit + granted − used. ',
    bold('Available'),
    ': balance − held, which is what can be asked for now.',
  ],
];

function helpers(helperIds: readonly string[]): Inline[][] {
  const title: Inline[] = [bold('Who can help')];
  if (helperIds.length === 0) return [title, ['Ask an owner or a manager of Inkwell at your agency.']];
  return [title, ['Limits are set by ', ...listUpTo(helperIds.map(person), 3), '.']];
}
