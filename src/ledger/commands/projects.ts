import type { Stage } from '../work.ts';

/** Commands about a client's projects. */

export type CreateProject = {
  kind: 'create_project';
  projectId: string;
  clientId: string;
  name: string;
  /** When it is due; a date people plan by, not one that stops anything. */
  dueAt: number | null;
  /** What its images are for, unless a request says otherwise. */
  stage: Stage;
};
export type ChangeProject = {
  kind: 'change_project';
  projectId: string;
  name: string;
  dueAt: number | null;
  stage: Stage;
};
export type CloseProject = { kind: 'close_project'; projectId: string };
export type ReopenProject = { kind: 'reopen_project'; projectId: string };

/** Images asked for in a channel, or in one thread of it, count for the project; null unbinds. */
export type BindProject = {
  kind: 'bind_project';
  channelId: string;
  threadTs: string | null;
  projectId: string | null;
};

export type ProjectsKinds = {
  project_created: { from: CreateProject };
  project_changed: { from: ChangeProject; setting: true };
  project_closed: { from: CloseProject };
  project_reopened: { from: ReopenProject; setting: true };
  project_bound: { from: BindProject; setting: true };
};
