import { AGENCY, memberAccount } from '../accounts.ts';
import { openWorkspace as opened, setPolicy as policySet } from '../apply/workspace.ts';
import type { WorkspaceKinds } from '../commands/workspace.ts';
import { isSame } from '../decide/already-so.ts';
import { openWorkspace } from '../decide/members.ts';
import { setPolicy } from '../decide/policy.ts';
import { count, text } from './check.ts';
import { type Entries, NO_ACCOUNTS, NOTHING_WRONG } from './kind.ts';
import { policy, role } from './shapes.ts';

export const workspaceKinds: Entries<WorkspaceKinds> = {
  workspace_opened: {
    command: 'open_workspace',
    about: NO_ACCOUNTS,
    decide: openWorkspace,
    shape: {
      ownerId: text,
      timeZone: text,
      weekStartsOn: count,
      creditValueMicroUsd: count,
      markupBasisPoints: count,
      defaultRole: role,
    },
    accounts: ({ ownerId }) => [AGENCY, memberAccount(ownerId)],
    apply: opened,
    members: ({ ownerId }) => [ownerId],
    invariant: (_, { before }) => (before.settings ? 'opens the workspace a second time' : null),
  },
  policy_set: {
    command: 'set_policy',
    about: NO_ACCOUNTS,
    decide: setPolicy,
    isAlreadySo: ({ settings }, { policy: { name, value } }) => isSame(settings?.[name], value),
    shape: { policy },
    accounts: () => [AGENCY],
    apply: policySet,
    invariant: NOTHING_WRONG,
  },
};
