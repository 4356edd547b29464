import type { RoleAskedCard } from '../../app/people/role-asked-card.ts';
import { actor } from '../kit/actor.ts';
import { FIRST_PAGES, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import { type Message, message } from '../kit/message.ts';
import { actions, bold, button, type Inline, person } from '../kit/parts.ts';
import { A_ROLE } from '../refusals/refusal-rights.ts';

/** For an owner: a person asks to make images, and the form with which they get a role. */
export function roleAskedMessage({ by, role, answer }: RoleAskedCard): Message {
  const lead: Inline[] = [person(by), ' asks to make images.'];
  if (answer) return message([lead, answered(by, answer)]);
  const is: Inline[] = [
    role === null ? 'They have no role in Inkwell.' : `They’re ${A_ROLE[role]}. Creators can make images.`,
  ];
  const change = button('Change role…', {
    action: ACTIONS.peoplePerson,
    value: writeMetadata(FIRST_PAGES, by),
    style: 'primary',
  });
  return message([lead, is], actions(change, button('Keep role', { action: ACTIONS.roleKeep, value: by })));
}

function answered(memberId: string, answer: NonNullable<RoleAskedCard['answer']>): Inline[] {
  const said: Inline[] = [actor(answer.by, 'Start'), ' '];
  return answer.role === null
    ? [...said, 'kept their role as it is. ', person(memberId), ' was told.']
    : [...said, 'made them ', bold(A_ROLE[answer.role]), '. ', person(memberId), ' was told.'];
}
