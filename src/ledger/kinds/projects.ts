import { clientAccount, projectAccount } from '../accounts.ts';
import {
  bindProject as bound,
  changeProject as changed,
  createProject as created,
  setProject,
} from '../apply/projects.ts';
import type { ProjectsKinds } from '../commands/projects.ts';
import { isSame } from '../decide/already-so.ts';
import {
  bindProject,
  changeProject,
  createProject,
  isSameProject,
  projectsOfBinding,
  setProjectClosed,
} from '../decide/projects.ts';
import { channelNow, placeKey } from '../lists/channel-ids.ts';
import { orNull, text, whole } from './check.ts';
import { type Entries, NOTHING_WRONG } from './kind.ts';
import { stage } from './shapes.ts';

const ofProject = ({ projectId }: { projectId: string }) => [projectAccount(projectId)];

export const projectsKinds: Entries<ProjectsKinds> = {
  project_created: {
    command: 'create_project',
    about: ({ clientId }) => [clientAccount(clientId)],
    decide: createProject,
    shape: { projectId: text, clientId: text, name: text, dueAt: orNull(whole), stage },
    accounts: ({ clientId, projectId }) => [clientAccount(clientId), projectAccount(projectId)],
    apply: created,
    invariant: NOTHING_WRONG,
  },
  project_changed: {
    command: 'change_project',
    about: ofProject,
    decide: changeProject,
    isAlreadySo: isSameProject,
    shape: { projectId: text, name: text, dueAt: orNull(whole), stage },
    accounts: ofProject,
    apply: setProject,
    invariant: NOTHING_WRONG,
  },
  project_closed: {
    command: 'close_project',
    about: ofProject,
    decide: setProjectClosed,
    shape: { projectId: text },
    accounts: ofProject,
    apply: (state, { projectId, at }) => changed(state, projectId, { closedAt: at }),
    invariant: NOTHING_WRONG,
  },
  project_reopened: {
    command: 'reopen_project',
    about: ofProject,
    decide: setProjectClosed,
    isAlreadySo: (state, { projectId }) => state.projects.get(projectId)?.closedAt === null,
    shape: { projectId: text },
    accounts: ofProject,
    apply: (state, { projectId }) => changed(state, projectId, { closedAt: null }),
    invariant: NOTHING_WRONG,
  },
  project_bound: {
    command: 'bind_project',
    about: projectsOfBinding,
    action: (_, accounts) => (accounts.length > 0 ? 'bind_project' : 'set_up'),
    decide: bindProject,
    isAlreadySo: (state, facts) => {
      const channelId = channelNow(state, facts.channelId);
      return isSame(state.places.get(placeKey({ channelId, threadId: facts.threadTs })) ?? null, facts.projectId);
    },
    shape: { channelId: text, threadTs: orNull(text), projectId: orNull(text) },
    accounts: ({ projectId }) => (projectId === null ? [] : [projectAccount(projectId)]),
    apply: bound,
    invariant: NOTHING_WRONG,
  },
};
