import type { ModalView, StaticSelect } from '@slack/types';
import type { SetupView } from '../../../app/messenger.ts';
import { ROLES, type Role } from '../../../ledger/state.ts';
import { ACTIONS, VIEWS } from '../../ids.ts';
import type { Pages } from '../home-hints.ts';
import { plain, plainContext } from '../parts.ts';
import { FIELD, FIELDS, memberField, modal, option } from './fields.ts';
import { setUpHint, writeSetUpHint } from './hints.ts';

const MEANS: Readonly<Record<Role, string>> = {
  owner: 'Sets limits and roles, sees everything, and all below',
  manager: 'Creates clients, binds channels, and all below',
  creator: 'Makes images in client channels, sees the client’s credits',
  viewer: 'Makes none, sees own credits',
};

/** What one person may do. */
export function roleModal({
  setup,
  memberId,
  pages,
}: {
  setup: SetupView;
  memberId: string | null;
  pages: Pages;
}): ModalView {
  const member = setup.members.find((each) => each.memberId === memberId);
  const present = ROLES.find((role) => role === member?.role);
  const select: StaticSelect = {
    type: 'static_select',
    action_id: FIELD,
    placeholder: plain('Choose a role'),
    options: ROLES.map(roleOption),
    ...(present ? { initial_option: roleOption(present) } : {}),
  };
  const now = present ? `The role is ${present} now.` : 'Somebody new has the role your agency gives at first sight.';
  return modal({
    callback: VIEWS.role,
    title: 'A member’s role',
    submit: 'Save',
    metadata: writeSetUpHint(setUpHint({ pages, memberId })),
    blocks: [
      memberField({
        initial: memberId,
        dispatch: ACTIONS.setUpMember,
        hint: 'Roles hold in Inkwell only; Slack’s own admins have none here.',
      }),
      ...(memberId === null
        ? [plainContext('Choose somebody to see and change their role.')]
        : [
            {
              type: 'input' as const,
              block_id: `${FIELDS.role}.${memberId}`,
              label: plain('Role'),
              element: select,
              hint: plain(now),
            },
          ]),
    ],
  });
}

const roleOption = (role: Role) => option(`${role[0]?.toUpperCase()}${role.slice(1)}`, role, MEANS[role]);
