import type { InputBlock, MultiStaticSelect, PlainTextOption, StaticSelect } from '@slack/types';
import type { Named } from '../../app/people/people-view.ts';
import { ROLES, type Role } from '../../ledger/roles.ts';

import { FIELD, option } from '../kit/fields.ts';
import { plain } from '../kit/parts.ts';

/** The fields that forms about people have in common. Blocks are named by whom they are about, as `teams.U1`. */
export const PEOPLE_FIELDS = {
  role: 'role',
  teams: 'teams',
  clients: 'clients',
  leads: 'leads',
  reason: 'reason',
  person: 'person',
} as const;

const MEANS: Readonly<Record<Role, string>> = {
  owner: 'Sets limits and roles, sees everything, and all below',
  manager: 'Looks after clients and teams: their people, limits, approvals',
  creator: 'Makes images in client channels, sees the client’s credits',
  viewer: 'Makes none, sees own credits',
};
const GROUP_MAX = 100;
const GROUPS_MAX = 100;
/** Hundreds of clients, those that are chosen written twice, have to fit into the 250 kilobytes of a form. */
const NAME_UNITS_MAX = 60;

export function roleField({ present, roles = ROLES, hint, key }: RoleField): InputBlock {
  const select: StaticSelect = {
    type: 'static_select',
    action_id: FIELD,
    placeholder: plain('Choose a role'),
    options: roles.map(roleOption),
    ...(present && roles.includes(present) ? { initial_option: roleOption(present) } : {}),
  };
  return { type: 'input', block_id: `role.${key}`, label: plain('Role'), element: select, hint: plain(hint) };
}

type RoleField = { present: Role | null; roles?: readonly Role[]; hint: string; key: string };

const roleOption = (role: Role) => option(`${role[0]?.toUpperCase()}${role.slice(1)}`, role, MEANS[role]);

/** Null where there is nothing to choose. */
export function severalField({ block, label, hint, all, chosen, most }: SeveralField): InputBlock | null {
  if (all.length === 0) return null;
  const present = all.filter(({ id }) => chosen.includes(id)).map(optionOf);
  const element: MultiStaticSelect = {
    type: 'multi_static_select',
    action_id: FIELD,
    placeholder: plain('None'),
    max_selected_items: most,
    ...listed(all),
    ...(present.length > 0 ? { initial_options: present } : {}),
  };
  return { type: 'input', block_id: block, optional: true, label: plain(label), element, hint: plain(hint) };
}

type SeveralField = {
  block: string;
  label: string;
  hint: string;
  all: readonly Named[];
  chosen: readonly string[];
  most: number;
};

const optionOf = ({ id, name }: Named): PlainTextOption => ({ text: plain(name, NAME_UNITS_MAX), value: id });

/** A menu takes a hundred options, or a hundred groups of a hundred. */
function listed(all: readonly Named[]): Pick<MultiStaticSelect, 'options' | 'option_groups'> {
  if (all.length <= GROUP_MAX) return { options: all.map(optionOf) };
  const groups = Array.from({ length: Math.min(GROUPS_MAX, Math.ceil(all.length / GROUP_MAX)) }, (_, index) =>
    all.slice(index * GROUP_MAX, (index + 1) * GROUP_MAX),
  );
  return {
    option_groups: groups.map((group) => ({
      label: plain(`${group[0]?.name.slice(0, 30)} – ${group.at(-1)?.name.slice(0, 30)}`, NAME_UNITS_MAX),
      options: group.map(optionOf),
    })),
  };
}
