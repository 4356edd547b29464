import type { InputBlock, ModalView } from '@slack/types';
import type { SetupView } from '../../app/messenger.ts';
import { STAGES } from '../../ledger/work.ts';
import { saveAndShow, showOutcome } from '../admin-forms/set-up-save.ts';
import { STAGE_WORDS } from '../imagine/imagine-fields.ts';
import { channelField, creditsField, dayInput, input, modal, nameField, option, selectInput } from '../kit/fields.ts';
import { defineForm, type Show, showWithSetup } from '../kit/form/form.ts';
import type { HomeLocation } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { cutTo } from '../kit/parts.ts';
import {
  changesOf,
  NOTHING,
  PROJECT_FIELDS,
  type ProjectShown,
  readProject,
  readProjectMetadata,
  said,
  withoutUntouched,
} from './read-project.ts';

const showIn = (build: (setup: SetupView, id: string, pages: HomeLocation) => ModalView | null): Show =>
  showWithSetup((setup, { pages, words: [id = ''] }) => build(setup, id, pages));

/** A new project of a client, and in the same go its budget and a channel. */
export const createProjectForm = defineForm({
  id: VIEWS.createProject,
  opens: { [ACTIONS.homeCreateProject]: showIn((...look) => createProjectModal(...look)) },
  metadata: readProjectMetadata,
  read: readProject,
  async submit(deps, { about: { clientId }, typed: { given, channelId }, deliveryId, ...where }) {
    const { budgetCredits } = given;
    const wanted = { clientId, said: said(given), budgetCredits, channelId };
    await showOutcome(deps, where, await deps.app.setUpProject({ by: where.by, deliveryId, ...wanted }));
  },
});

/** What a project is called, when it is due, its stage, budget and channels, and whether it is open. */
export const projectForm = defineForm({
  id: VIEWS.project,
  opens: { [ACTIONS.homeProject]: showIn((...look) => projectModal(...look)) },
  metadata(text) {
    const about = readProjectMetadata(text);
    return about?.projectId === '' ? null : about;
  },
  read: readProject,
  async submit(deps, { about, typed, ...sent }) {
    const { setup } = await deps.app.showHome({ by: sent.by });
    const changes = changesOf(about, typed).map((change) => withoutUntouched(setup, change));
    await saveAndShow(deps, sent, changes);
  },
});

/** Null where the client is gone. */
export function createProjectModal(setup: SetupView, clientId: string, pages: HomeLocation): ModalView | null {
  const client = setup.clients.find((each) => each.clientId === clientId);
  if (!client) return null;
  return modal(
    { callback: VIEWS.createProject, title: 'Create a project', submit: 'Create' },
    JSON.stringify({ pages, clientId, projectId: '', shown: NOTHING }),
    fieldsOf(NOTHING, client.name),
  );
}

export function projectModal(setup: SetupView, projectId: string, pages: HomeLocation): ModalView | null {
  for (const { clientId, name, projects } of setup.clients) {
    const project = projects.find((each) => each.projectId === projectId);
    if (!project) continue;
    const { budgetCredits, isClosed } = project;
    const shown = { ...said(project), budgetCredits, isClosed };
    return modal(
      { callback: VIEWS.project, title: 'Edit project', submit: 'Save' },
      JSON.stringify({ pages, clientId, projectId, shown }),
      [...fieldsOf(shown, name), stateField(shown)],
    );
  }
  return null;
}

const STAGE_OPTIONS = STAGES.map((stage) => option(STAGE_WORDS[stage], stage));

const fieldsOf = ({ name, dueOn, stage, budgetCredits }: ProjectShown, clientName: string): InputBlock[] => [
  nameField(name === '' ? null : name, {
    placeholder: 'Spring launch',
    hint: 'Type it after --project. People outside the agency don’t see it.',
  }),
  creditsField('total', budgetCredits),
  input(PROJECT_FIELDS.due, 'Due', dayInput(undefined, dueOn), {
    optional: true,
    hint: 'A date to plan by. It stops nothing; closing the project does.',
  }),
  input(PROJECT_FIELDS.stage, 'Stage', selectInput(STAGE_OPTIONS, { present: stage }), {
    hint: 'What its images are for, unless a request says otherwise.',
  }),
  channelField({
    initial: null,
    optional: true,
    label: 'Link a channel',
    hint: `Images made there count toward this project unless another is named. Choose a channel of ${cutTo(clientName, 80)}.`,
  }),
];

function stateField({ isClosed }: ProjectShown): InputBlock {
  const states = [option('Open', 'open'), option('Closed', 'closed')];
  return input(PROJECT_FIELDS.state, 'State', selectInput(states, { present: isClosed ? 'closed' : 'open' }), {
    hint: 'When it’s closed, no new images are made for it. You can reopen it.',
  });
}
