import type { CreditsFound } from '../../app/home/find-credits.ts';
import { balanceLines } from '../../words/balances.ts';
import { nearest } from '../../words/closest.ts';
import { COMMANDS } from '../kit/ids.ts';
import { type Message, message } from '../kit/message.ts';
import { code, context, cutTo, type Inline, name } from '../kit/parts.ts';
import { OUTSIDERS_HERE, partToShow } from '../kit/show-to-audience.ts';
import { shorten } from '../kit/text.ts';
import { people } from '../refusals/refusal-limit.ts';
import { notHere, peopleMessage, personMessage } from './credits-people.ts';

/** What `/credits` answers about a name. */
export function foundMessage(found: Exclude<CreditsFound, { kind: 'own' | 'report' }>): Message {
  switch (found.kind) {
    case 'account':
      return accountMessage(found);
    case 'person':
      return personMessage(found.person);
    case 'people':
      return peopleMessage(found.people);
    case 'period_or_person':
      return periodOrPerson(found);
    case 'elsewhere':
      return notHere(found.audience);
    case 'unknown':
      return unknownMessage(found);
  }
}

/** What a client, a project or a team has left, for those who may know it. */
export function accountMessage({
  name: called,
  part,
  isClosed,
  isReported,
  makes,
  by: readerId,
  audience,
}: Extract<CreditsFound, { kind: 'account' }>): Message {
  const closed: Inline[][] = isClosed ? [['It’s closed, so no images are made for it.']] : [];
  const more = `\`${COMMANDS.credits} report\` and the name shows who used what.`;
  return message(
    [[name(called)], ...balanceLines(partToShow(part, { audience, readerId }), { makes }), ...closed],
    ...(audience === 'alone' ? [context(OUTSIDERS_HERE)] : []),
    ...(isReported ? [context(more)] : []),
  );
}

/** Asks whether a period or a person is meant. */
const periodOrPerson = ({ typed, memberIds }: Extract<CreditsFound, { kind: 'period_or_person' }>): Message =>
  message([
    [`“${shorten(typed, 60)}” can be a period or a person.`],
    [code(`${COMMANDS.credits} report ${shorten(typed, 60)}`), ' shows the period.'],
    ['For ', ...people(memberIds), ', type ', code(COMMANDS.credits), ' and the person’s mention.'],
  ]);

/** The first words that `/credits` knows. */
export const CREDITS_WORDS = ['project', 'people', 'team', 'report', 'help'] as const;

/** Of a longer name more letters may be wrong. */
const editsFor = (word: string) => Math.max(1, Math.min(4, Math.floor(word.length / 3)));

/** Two lines: what is not known, and what was probably meant. */
export function unknownMessage({ typed, names }: Extract<CreditsFound, { kind: 'unknown' }>): Message {
  const word = typed.toLowerCase();
  const [first = ''] = word.split(/\s+/);
  const command = nearest(first, CREDITS_WORDS, Math.min(2, editsFor(first)));
  const near = nearest(
    word,
    names.map((each) => each.toLowerCase()),
    editsFor(word),
  );
  const meant = names.find((each) => each.toLowerCase() === near);
  const hint: Inline[] =
    meant !== undefined
      ? ['Did you mean ', name(cutTo(meant, 80)), '?']
      : command !== null
        ? ['Did you mean ', code(`${COMMANDS.credits} ${command}`), '?']
        : [code(`${COMMANDS.credits} help`), ' lists what it knows.'];
  return message([
    [`${COMMANDS.credits} knows no command, client, project, team or person “${shorten(typed, 60)}” that you can see.`],
    hint,
  ]);
}
