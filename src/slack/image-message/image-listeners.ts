import { z } from 'zod';
import { openImagineModal } from '../imagine/send-imagine.ts';
import { clicks } from '../kit/form/form.ts';
import { ACTIONS } from '../kit/ids.ts';
import { inChannelOf, placeOf, requesterOf } from '../kit/sender.ts';
import type { Deps } from '../platform/deps.ts';
import type { Routes } from '../platform/routes.ts';

export function registerImage(routes: Routes, deps: Deps): void {
  routes.click(ACTIONS.again, again(deps));
  routes.click(ACTIONS.edit, edit(deps));
  routes.click(ACTIONS.delete, remove(deps));
}

/** A job's id comes back from Slack: a hint, which the use case checks against who clicked, and where. */
const jobIdIn = (action: unknown): string =>
  z.object({ value: z.string().regex(/^[\w./-]{1,120}$/) }).parse(action).value;

const again = ({ spend }: Deps) =>
  clicks(async ({ body, action }) => {
    const [sender, jobId] = [inChannelOf(body), jobIdIn(action)];
    await spend.once({ body, wants: jobId }, ({ repeatImage }, deliveryId) =>
      repeatImage({ deliveryId, requester: requesterOf(sender), place: placeOf(sender), jobId }),
    );
  });

/** The form, as the request was; the click's channel is where the new one belongs. */
const edit = (deps: Deps) =>
  clicks(async ({ body, action, client }) => {
    const sender = inChannelOf(body);
    const clicked = { requester: requesterOf(sender), place: placeOf(sender) };
    const view = await deps.app.openImage({ ...clicked, jobId: jobIdIn(action) });
    if (!view) return;
    const { model, size, quality, imagesCount, stage, place } = view.job;
    const project = view.job.projectId ?? view.job.namedProjectId;
    const draft = { prompt: view.prompt ?? '', options: { model, size, quality }, imagesCount, stage, project };
    const at = { ...sender, channelId: place.channelId, threadTs: place.threadId };
    await openImagineModal(deps, client, body.trigger_id, { ...at, draft });
  });

const remove = ({ app }: Deps) =>
  clicks(({ body, action }) => app.deleteImage({ requester: requesterOf(inChannelOf(body)), jobId: jobIdIn(action) }));
