import type { ViewOutput } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { ROLES, type Role } from '../../ledger/roles.ts';
import type { Person } from '../../ports/ports.ts';
import type { Closing } from '../kit/form/closing.ts';
import { withAsked } from '../kit/form-metadata.ts';
import { section } from '../kit/parts.ts';
import { mention } from '../kit/text.ts';
import type { Deps } from '../platform/deps.ts';

type Outside = Extract<Person['kind'], 'guest' | 'outsider'>;
type Given = { memberId: string; role: Role; had: Role | null };
type Asking = { view: ViewOutput; about: { asked: string | null }; closing: Closing };

/**
 * Asks once more, in words, before someone from outside the agency gets more than they had. True: the form stays open with
 * the question, and sent again as it is, it means yes. `submit` is what its button says then.
 */
export async function askedAboutOutside(
  { people }: Pick<Deps, 'people'>,
  { memberId, role, had }: Given,
  { view, about, closing, submit }: Asking & { submit: string },
): Promise<boolean> {
  const asked = `${memberId} ${role}`;
  if (about.asked === asked || !isMore(role, had)) return false;
  const kind = (await people.look(memberId))?.kind;
  // Such people never become managers or owners: the use case says so.
  if ((kind !== 'guest' && kind !== 'outsider') || role === 'owner' || role === 'manager') return false;
  const question = outsideQuestion({ memberId, role, kind, submit });
  await closing.ask(question, { submit, metadata: withAsked(view.private_metadata, asked) });
  return true;
}

/** Roles are listed from the one that may do most. */
const isMore = (role: Role, had: Role | null): boolean => had === null || ROLES.indexOf(role) < ROLES.indexOf(had);

type Question = { memberId: string; role: 'creator' | 'viewer'; kind: Outside; submit: string };

export const outsideQuestion = ({ memberId, role, kind, submit }: Question): KnownBlock[] => [
  section(`*${mention(memberId)} ${WHO[kind]}.*\n${CAN[role]}\nSelect *${submit}* to confirm.`),
];

const WHO: Readonly<Record<Outside, string>> = {
  guest: 'is a guest in this workspace',
  outsider: 'is from another organization',
};

const CAN = {
  creator:
    'As a creator, they can make images in every client channel they’re in, charged to that client’s budget. They see that budget and their own credits. They don’t see costs, other clients or the agency’s numbers.',
  viewer:
    'As a viewer, they can’t make images. They see their own credits, and the budget of the client whose channel they’re in.',
} as const;
