import type { InputBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { ProjectView } from '../../app/clients/projects-view.ts';
import type { SetupView } from '../../app/messenger.ts';
import { STAGES, type Stage } from '../../ledger/work.ts';

import { STAGE_WORDS } from '../imagine/imagine-fields.ts';
import { channelField, creditsField, FIELD, modal, nameField, option } from '../kit/fields.ts';
import { pagesOnWire } from '../kit/form-metadata.ts';
import { FIRST_PAGES, type HomeLocation } from '../kit/home-metadata.ts';
import { VIEWS } from '../kit/ids.ts';
import { cutTo, plain } from '../kit/parts.ts';

export const PROJECT_FIELDS = { due: 'due', stage: 'stage', state: 'state' } as const;

/** What stands in a project's form, so that only what somebody changed in it is changed. */
export type ProjectShown = {
  name: string;
  dueOn: string | null;
  stage: Stage;
  budgetCredits: number | null;
  isClosed: boolean;
};

/** What the form carries in its private metadata: hints, for the ledger authorises. */
export type ProjectHint = { pages: HomeLocation; clientId: string; projectId: string; shown: ProjectShown };

const NOTHING: ProjectShown = { name: '', dueOn: null, stage: 'concept', budgetCredits: null, isClosed: false };

/** A new project of a client, and in the same go its budget and a channel. Null where the client is gone. */
export function createProjectModal(setup: SetupView, clientId: string, pages: HomeLocation): ModalView | null {
  const client = setup.clients.find((each) => each.clientId === clientId);
  if (!client) return null;
  return modal({
    callback: VIEWS.createProject,
    title: 'Create a project',
    submit: 'Create',
    metadata: writeProjectHint({ pages, clientId, projectId: '', shown: NOTHING }),
    blocks: fieldsOf(NOTHING, client.name),
  });
}

export function projectModal(setup: SetupView, projectId: string, pages: HomeLocation): ModalView | null {
  for (const { clientId, name, projects } of setup.clients) {
    const project = projects.find((each) => each.projectId === projectId);
    if (!project) continue;
    const shown = shownOf(project);
    return modal({
      callback: VIEWS.project,
      title: 'Edit a project',
      submit: 'Save',
      metadata: writeProjectHint({ pages, clientId, projectId, shown }),
      blocks: [...fieldsOf(shown, name), stateField(shown)],
    });
  }
  return null;
}

const shownOf = ({ name, dueOn, stage, budgetCredits, isClosed }: ProjectView): ProjectShown => ({
  name,
  dueOn,
  stage,
  budgetCredits,
  isClosed,
});

const fieldsOf = ({ name, dueOn, stage, budgetCredits }: ProjectShown, clientName: string): InputBlock[] => [
  nameField(name === '' ? null : name, {
    placeholder: 'Spring launch',
    hint: 'As it is typed after --project. People from outside the agency are not shown it.',
  }),
  creditsField('total', budgetCredits),
  dueField(dueOn),
  {
    type: 'input',
    block_id: PROJECT_FIELDS.stage,
    label: plain('Stage'),
    element: {
      type: 'static_select',
      action_id: FIELD,
      options: STAGES.map(stageOption),
      initial_option: stageOption(stage),
    },
    hint: plain('What its images are for, unless somebody says otherwise.'),
  },
  channelField({
    initial: null,
    optional: true,
    label: 'Bind a channel to it',
    hint: `Images asked for there count for this project, unless another one is named. It has to be a channel of ${cutTo(clientName, 80)}.`,
  }),
];

const dueField = (dueOn: string | null): InputBlock => ({
  type: 'input',
  block_id: PROJECT_FIELDS.due,
  optional: true,
  label: plain('Due'),
  element: { type: 'datepicker', action_id: FIELD, ...(dueOn === null ? {} : { initial_date: dueOn }) },
  hint: plain('A date to plan by. It stops nothing; closing the project does.'),
});

const stageOption = (stage: Stage) => option(STAGE_WORDS[stage], stage);

function stateField({ isClosed }: ProjectShown): InputBlock {
  const [open, closed] = [option('Open', 'open'), option('Closed', 'closed')];
  return {
    type: 'input',
    block_id: PROJECT_FIELDS.state,
    label: plain('State'),
    element: {
      type: 'static_select',
      action_id: FIELD,
      options: [open, closed],
      initial_option: isClosed ? closed : open,
    },
    hint: plain('Closed, nothing new is made for it from that moment on. It can be reopened.'),
  };
}

const id = z.string().max(120);
const onWire = z.object({
  pages: pagesOnWire,
  clientId: id,
  projectId: id,
  shown: z.object({
    name: z.string().max(200),
    dueOn: z.string().max(20).nullable(),
    stage: z.enum(STAGES),
    budgetCredits: z.int().nullable(),
    isClosed: z.boolean(),
  }),
});

const writeProjectHint = (hint: ProjectHint): string => JSON.stringify(hint);

/** Not ours, or of an earlier version: a form about nothing, which the ledger refuses by name. */
export function readProjectHint(metadata: string): ProjectHint {
  try {
    return onWire.parse(JSON.parse(metadata));
  } catch {
    return { pages: FIRST_PAGES, clientId: '', projectId: '', shown: NOTHING };
  }
}
