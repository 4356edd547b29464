import type { WebClient } from '@slack/web-api';
import type { ProjectsLook } from '../../app/clients/show-projects.ts';
import { credits } from '../../words/figures.ts';
import { withChoice } from '../admin-forms/set-up-values.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import type { ReplyTo } from '../kit/sender.ts';
import type { Deps } from '../platform/deps.ts';
import type { ClickListener, FormListener, Routes } from '../platform/routes.ts';
import { offeredFor } from './imagine-choice.ts';
import { IMAGINE } from './imagine-fields.ts';
import { type ImagineLook, imagineModal, nothingOfferedModal } from './imagine-form.ts';
import { PROJECT_BLOCK } from './imagine-project.ts';
import { cleanPrompt, type Draft } from './parse-command.ts';
import { type ImagineForm, imagineErrors, readImagineForm } from './read-imagine-form.ts';
import { createLatestChoices, type LatestChoices, redrawModal } from './redraw-imagine-form.ts';

export function registerImagineModal(routes: Routes, deps: Deps): void {
  routes.click(ACTIONS.choose, chooseInImagineModal(deps, createLatestChoices()));
  routes.form(VIEWS.imagine, submitImagineModal(deps));
}

const EMPTY: Draft = { prompt: '', wish: {}, imagesCount: 1, stage: null, project: null };

/**
 * Opens the form, at once, because a trigger lives three seconds; what is left of the credits follows when it is known.
 * `channelId` null: the form asks which channel.
 */
export async function openImagineModal(
  deps: Deps,
  client: WebClient,
  triggerId: string,
  { draft = {}, ...replyTo }: ReplyTo & { draft?: Partial<Draft> },
): Promise<void> {
  const menu = deps.app.offerImages({ by: replyTo.memberId, channelId: replyTo.channelId });
  const offered = offeredFor(menu, { ...EMPTY, ...draft });
  if (!offered) return void (await client.views.open({ trigger_id: triggerId, view: nothingOfferedModal() }));

  const { memberId, ...hint } = replyTo;
  const look: ImagineLook = {
    hint,
    chosenChannelId: null,
    models: menu.models,
    offered,
    notices: [],
    credits: null,
    projects: null,
  };
  const { view } = await client.views.open({ trigger_id: triggerId, view: imagineModal(look) });
  if (!view?.id || !view.hash) return;

  const { channelId, threadTs } = hint;
  const known = await knownFor(deps, { by: memberId, channelId, threadTs, typed: offered.draft.project });
  if (!known) return;
  const { id: viewId, hash } = view;
  await redrawModal(client, { viewId, hash, view: imagineModal({ ...look, ...known }), isLatest: () => false });
}

/** A choice that changes the price, or whose credits are used. */
const chooseInImagineModal =
  (deps: Deps, choices: LatestChoices): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const { view, user } = body;
    if (!view || !choices.note(view.id, action.action_ts)) return;
    const form = withoutOutdated(readImagineForm(withChoice(view, action)), action.block_id);
    const isLatest = () => choices.isLatest(view.id, action.action_ts);
    const drawn = await draw(deps, form, { by: user.id, notices: [], withLeft: true });
    await redrawModal(client, { viewId: view.id, hash: view.hash, view: drawn, isLatest });
  };

/** Another channel may be another client's, with other projects; and another project has a stage of its own. */
function withoutOutdated(form: ImagineForm, chosenBlock: string): ImagineForm {
  if (chosenBlock === IMAGINE.channel) return { ...form, draft: { ...form.draft, project: null, stage: null } };
  if (chosenBlock.startsWith(`${PROJECT_BLOCK}.`)) return { ...form, draft: { ...form.draft, stage: null } };
  return form;
}

/** Sends the request, unless it would cost more than the form has shown: then the form asks again with the new price. */
const submitImagineModal =
  (deps: Deps): FormListener =>
  async ({ ack, body, view }) => {
    const form = readImagineForm(view);
    const errors = imagineErrors(form);
    if (errors) return await ack({ response_action: 'errors', errors });

    const prompt = cleanPrompt(form.draft.prompt);
    const by = body.user.id;
    const chooser = { by, channelId: form.hint.channelId ?? form.chosenChannelId };
    const offered = offeredFor(deps.app.offerImages(chooser), { ...form.draft, prompt });
    const total = offered?.quote.totalCredits ?? 0;
    if (!offered || offered.dropped.length > 0 || total > form.hint.shownCredits) {
      const notices =
        total > form.hint.shownCredits ? [`This now takes ${credits(total)}. Send it again if that is fine.`] : [];
      return await ack({ response_action: 'update', view: await draw(deps, form, { by, notices, withLeft: false }) });
    }
    await ack();
    const { threadTs, responseUrl } = form.hint;
    const channelId = form.hint.channelId ?? form.chosenChannelId ?? '';
    const reader = { memberId: by, channelId, threadTs, responseUrl };
    const wants = [channelId, threadTs, offered.draft];
    await deps.spend.once({ body, wants, replyTo: reader }, ({ requestImage }, deliveryId) =>
      requestImage({ from: 'form', deliveryId, reader, ...offered.draft }),
    );
  };

type Drawing = { by: string; notices: readonly string[]; withLeft: boolean };

/** The form as it is now. Without what is left before an ack, for which nobody can wait there. */
async function draw(deps: Deps, form: ImagineForm, { by, notices, withLeft }: Drawing) {
  const { draft, chosenChannelId, hint } = form;
  const menu = deps.app.offerImages({ by, channelId: hint.channelId ?? chosenChannelId });
  const offered = offeredFor(menu, draft);
  if (!offered) return nothingOfferedModal();
  const channelId = hint.channelId ?? chosenChannelId;
  const look = { channelId, threadTs: hint.threadTs, typed: draft.project };
  const known = withLeft ? await knownFor(deps, { by, ...look }) : null;
  const { credits: left = null, projects = null } = known ?? {};
  return imagineModal({ hint, chosenChannelId, models: menu.models, offered, notices, credits: left, projects });
}

/** A courtesy: where it cannot be had, the form goes without it, and sending it says what is wrong. */
async function knownFor(
  { app, log }: Deps,
  look: ProjectsLook,
): Promise<Pick<ImagineLook, 'credits' | 'projects'> | null> {
  try {
    const [left, projects] = await Promise.all([app.showCredits(look), app.showProjects(look)]);
    return { credits: left, projects };
  } catch (error) {
    log.warn({ code: (error as { code?: unknown }).code ?? 'unknown' }, 'form drawn without what is left');
    return null;
  }
}
