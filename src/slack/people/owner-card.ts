import type { OwnerCard } from '../../app/people/owner-card-view.ts';
import { type Message, message } from '../kit/message.ts';
import { bold, dateToken, type Inline, person } from '../kit/parts.ts';

/** For owners: one of them was made an owner from outside Slack. */
export function ownerCard({ memberId, isReader, how, at }: OwnerCard): Message {
  const who: Inline[] = [isReader ? 'You' : person(memberId), ' became an '];
  const next = isReader
    ? 'Open Inkwell’s Home to set up clients, limits and people.'
    : 'An owner can change this in Home → People. If it surprises you, ask who runs that machine.';
  return message([[...who, bold('owner'), ' of Inkwell, ', dateToken(at), '.'], [HOW[how]], [next]]);
}

const HOW = {
  variable: 'No owner was left in Slack, so Inkwell’s configuration named one (INKWELL_OWNER_ID).',
  operator: 'It was done with a command on the machine that Inkwell runs on.',
} as const;
