import type { SetUpChange } from '../../app/changes/reversible-change.ts';
import type { SavedChanges } from '../../app/changes/save-changes.ts';
import { hintIn, openSetUpForm } from '../admin-forms/set-up-open.ts';
import { type SetUpDeps, showOutcome } from '../admin-forms/set-up-save.ts';
import { readMetadata } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { outOfDateAnswer } from '../kit/merge-shown.ts';
import { type Clicks, createClicks, deliveryId } from '../platform/delivery.ts';
import type { ClickListener, FormListener, Routes } from '../platform/routes.ts';
import { withoutUntouched } from './project-changes.ts';
import { createProjectModal, projectModal, readProjectHint } from './project-form.ts';
import { budgetChange, placeChange, readProject, readProjectForm } from './read-project-form.ts';

/** Projects, and the closing of clients, in Home. */
export function registerProjects(routes: Routes, deps: SetUpDeps): void {
  const createForm = openSetUpForm(deps, (setup, { pages, words }) => createProjectModal(setup, words[0] ?? '', pages));
  const editForm = openSetUpForm(deps, (setup, { pages, words }) => projectModal(setup, words[0] ?? '', pages));
  const clicks = createClicks();
  routes.click(ACTIONS.homeCreateProject, createForm);
  routes.click(ACTIONS.homeProject, editForm);
  routes.click(ACTIONS.homeCloseClient, closeClient(deps, clicks, { isClosed: true }));
  routes.click(ACTIONS.homeReopenClient, closeClient(deps, clicks, { isClosed: false }));
  routes.form(VIEWS.createProject, submitCreateProject(deps));
  routes.form(VIEWS.project, submitProject(deps));
}

const submitProject =
  (deps: SetUpDeps): FormListener =>
  async ({ ack, body, view, client }) => {
    const hint = readProjectHint(view.private_metadata);
    if (hint.projectId === '') return await ack(outOfDateAnswer(view));
    const form = readProjectForm(view, hint);
    if (!form.ok) return await ack({ response_action: 'errors', errors: form.errors });
    await ack();
    const by = body.user.id;
    const { setup } = await deps.app.showHome({ by });
    const changes = form.changes.map((change) => withoutUntouched(setup, change));
    const outcome = await deps.app.saveChanges({ by, deliveryId: deliveryId(body), changes });
    await showOutcome(deps, client, { by, pages: hint.pages, ...outcome });
  };

/** The project first, because budget and channel need its id; where it is refused, so is everything else. */
const submitCreateProject =
  (deps: SetUpDeps): FormListener =>
  async ({ ack, body, view, client }) => {
    const hint = readProjectHint(view.private_metadata);
    const form = readProject(view, hint);
    if (!form.ok) return await ack({ response_action: 'errors', errors: form.errors });
    await ack();
    const who = { by: body.user.id, deliveryId: deliveryId(body) };
    const outcome = await createAndSave(deps, { clientId: hint.clientId, form }, who);
    await showOutcome(deps, client, { by: who.by, pages: hint.pages, ...outcome });
  };

async function createAndSave(
  deps: SetUpDeps,
  { clientId, form }: { clientId: string; form: ReturnType<typeof readProject> & { ok: true } },
  who: { by: string; deliveryId: string },
): Promise<SavedChanges> {
  const { given, channelId } = form;
  const { name, dueOn, stage } = given;
  const said = { name, dueOn, stage };
  const created = await deps.app.createProject({ ...who, clientId, ...said });
  if (!created.ok) return { saved: [], refusals: [created.refusal] };
  const { projectId = '' } = created;
  const more = [
    ...budgetChange(projectId, { shown: { budgetCredits: null }, given }),
    ...(channelId === null ? [] : [placeChange(channelId, projectId)]),
  ];
  const outcome = await deps.app.saveChanges({ ...who, changes: more });
  const change: SetUpChange = { kind: 'project', projectId, before: { ...said, name: '' }, after: said };
  return { ...outcome, saved: [{ change, mayUndo: false }, ...outcome.saved] };
}

const closeClient =
  (deps: SetUpDeps, clicks: Clicks, { isClosed }: { isClosed: boolean }): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const by = body.user.id;
    const { pages, words } = readMetadata(hintIn(action));
    const [id = ''] = words;
    const change: SetUpChange = { kind: 'closed', of: 'client', id, before: !isClosed, after: isClosed };
    const { deliveryId: once } = clicks.count(body, JSON.stringify([id, isClosed]));
    const outcome = await deps.app.saveChanges({ by, deliveryId: once, changes: [change] });
    await showOutcome(deps, client, { by, pages, ...outcome });
  };
