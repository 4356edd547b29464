import type { InputBlock, MultiUsersSelect, PlainTextOption } from '@slack/types';
import type { Named } from '../../app/people/people-view.ts';
import { ROLES, type Role } from '../../ledger/roles.ts';
import { FIELD, input, listed, option, selectInput, severalInput } from '../kit/fields.ts';
import { neededAt, optionAt, type Values } from '../kit/form/values.ts';
import { plain } from '../kit/parts.ts';

/** The shared fields of forms about people. A block's id ends with its subject, as `teams.U1`. */
export const PEOPLE_FIELDS = {
  role: 'role',
  teams: 'teams',
  clients: 'clients',
  leads: 'leads',
  reason: 'reason',
  person: 'person',
  people: 'people',
} as const;

const MEANS: Readonly<Record<Role, string>> = {
  owner: 'Sets limits and roles, sees and does everything',
  manager: 'Manages clients and teams: their people, limits, approvals',
  creator: 'Makes images in client channels, sees the client’s credits',
  viewer: 'Makes no images, sees own credits',
};
/** Hundreds of clients, those that are chosen written twice, have to fit into the 250 kilobytes of a form. */
const NAME_UNITS_MAX = 60;

type RoleField = { present: Role; roles?: readonly Role[]; hint: string; key: string };

export function roleField({ present, roles = ROLES, hint, key }: RoleField): InputBlock {
  const options = roles.map((role) => option(`${role[0]?.toUpperCase()}${role.slice(1)}`, role, MEANS[role]));
  return input(`role.${key}`, 'Role', selectInput(options, { present, placeholder: 'Choose a role' }), { hint });
}

export const roleAt = (form: Values) => {
  const chosen = optionAt(form, PEOPLE_FIELDS.role);
  return neededAt(
    form,
    PEOPLE_FIELDS.role,
    ROLES.find((role) => role === chosen),
    'Choose a role.',
  );
};

type SeveralField = {
  block: string;
  label: string;
  hint: string;
  all: readonly Named[];
  chosen: readonly string[];
  most: number;
};

/** None where there is nothing to choose. */
export function severalField({ block, label, hint, all, chosen, most }: SeveralField): InputBlock[] {
  if (all.length === 0) return [];
  const lists = { ...listed(all.map(optionOf)), max_selected_items: most };
  const present = all.filter(({ id }) => chosen.includes(id)).map(optionOf);
  return [input(block, label, severalInput('None', lists, present), { optional: true, hint })];
}

const optionOf = ({ id, name }: Named): PlainTextOption => ({ text: plain(name, NAME_UNITS_MAX), value: id });

export const peopleInput = (present: readonly string[]): MultiUsersSelect => ({
  type: 'multi_users_select',
  action_id: FIELD,
  placeholder: plain('No one'),
  ...(present.length > 0 ? { initial_users: [...present] } : {}),
});
