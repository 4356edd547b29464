import type { Greeting } from '../../app/clients/greeting-view.ts';
import { COMMANDS } from '../kit/ids.ts';
import { type Message, message } from '../kit/message.ts';
import { bold, code, type Inline, name } from '../kit/parts.ts';

/** Stands in a channel, for everyone there: people of the client read neither names nor what the agency has to do. */
export function greetingMessage({ audience, client }: Greeting): Message {
  if (audience !== 'internal') return message([WHAT_SHARED, HOW]);
  return message([WHAT, HOW, whatOf(client)]);
}

const WHAT: Inline[] = ['Inkwell makes AI images in this channel, with the credits of its client.'];
const WHAT_SHARED: Inline[] = ['Inkwell makes AI images in this channel, for people of the agency.'];

const HOW: Inline[] = [
  'Type ',
  code(`${COMMANDS.imagine} a red fox at dusk`),
  ', or ',
  code(COMMANDS.imagine),
  ' alone for a form. In a thread, begin with a mention of Inkwell, or choose ',
  bold('Make an image here'),
  ' in a message’s menu.',
];

function whatOf(client: Greeting['client']): Inline[] {
  if (client === 'undecided')
    return [
      bold('One thing is missing:'),
      ' this channel doesn’t belong to a client yet. The first ',
      code(COMMANDS.imagine),
      ' here asks which one. Owners can link it in Inkwell’s Home, too.',
    ];
  if (client === 'none')
    return [
      bold('Images can’t be made here:'),
      ' it was decided that this channel has no client. Owners can link one in Inkwell’s Home.',
    ];
  if (client.isClosed)
    return ['It belongs to ', name(client.name), ', which is closed, so no images are made until it’s reopened.'];
  return ['It belongs to ', name(client.name), '. ', code(COMMANDS.credits), ' shows what’s left.'];
}
