import { z } from 'zod';
import { openImagineModal } from '../imagine/send-imagine.ts';
import { clicks } from '../kit/form/form.ts';
import { ACTIONS } from '../kit/ids.ts';
import { requesterOf } from '../kit/sender.ts';
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
    const [reader, jobId] = [requesterOf(body), jobIdIn(action)];
    await spend.once({ body, wants: jobId }, ({ repeatImage }, deliveryId) =>
      repeatImage({ deliveryId, reader, jobId }),
    );
  });

/** The form, as the request was; the click's channel is where the new one belongs. */
const edit = (deps: Deps) =>
  clicks(async ({ body, action, client }) => {
    const reader = requesterOf(body);
    const view = await deps.app.openImage({ reader, jobId: jobIdIn(action) });
    if (!view) return;
    const { model, size, quality, imagesCount, stage, channelId, threadTs } = view.job;
    const project = view.job.projectId ?? view.job.namedProjectId;
    const draft = { prompt: view.prompt ?? '', wish: { model, size, quality }, imagesCount, stage, project };
    await openImagineModal(deps, client, body.trigger_id, { ...reader, channelId, threadTs, draft });
  });

const remove = ({ app }: Deps) =>
  clicks(({ body, action }) => app.deleteImage({ reader: requesterOf(body), jobId: jobIdIn(action) }));
