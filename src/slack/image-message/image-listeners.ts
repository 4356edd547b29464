import { z } from 'zod';
import { type Mark, STAGES } from '../../ledger/work.ts';
import { openImagineModal } from '../imagine/send-imagine.ts';
import { clicks } from '../kit/form/form.ts';
import { ACTIONS } from '../kit/ids.ts';
import { inChannelOf, placeOf, requesterOf } from '../kit/sender.ts';
import { deliveryId } from '../platform/delivery.ts';
import type { Deps } from '../platform/deps.ts';
import type { Routes } from '../platform/routes.ts';
import { readMark } from './image-marks.ts';

export function registerImage(routes: Routes, deps: Deps): void {
  routes.click(ACTIONS.again, again(deps));
  routes.click(ACTIONS.edit, edit(deps));
  routes.click(ACTIONS.cancel, cancel(deps));
  routes.click(ACTIONS.delete, remove(deps));
  routes.click(ACTIONS.keep, markAs(deps, 'keep'));
  routes.click(ACTIONS.final, markAs(deps, 'final'));
  routes.click(ACTIONS.discard, markAs(deps, 'discard'));
  routes.click(ACTIONS.mark, changeMark(deps));
  routes.click(ACTIONS.stage, changeStage(deps));
}

/** A job's id comes back from Slack: a hint, which the use case checks against who clicked, and where. */
const id = z.string().regex(/^[\w./-]{1,120}$/);
const jobIdIn = (action: unknown): string => z.object({ value: id }).parse(action).value;
const ofImage = z.object({ jobId: id, imageNo: z.coerce.number() });

/** Reads the job that *Again* is about. Where a price was said again, the button carries that too. */
function againIn(action: unknown): { jobId: string; shownCredits?: number } {
  const [jobId, shown] = z.object({ value: z.string() }).parse(action).value.split(' ');
  return { jobId: id.parse(jobId), ...(shown === undefined ? {} : { shownCredits: shownIn.parse(shown) }) };
}
const shownIn = z.coerce.number().int().min(0);

const again = ({ spend }: Deps) =>
  clicks(async ({ body, action }) => {
    const [sender, asked] = [inChannelOf(body), againIn(action)];
    await spend.once({ body, wants: asked.jobId }, ({ repeatImage }, deliveryId) =>
      repeatImage({ deliveryId, requester: requesterOf(sender), place: placeOf(sender), ...asked }),
    );
  });

/** The form, as the request was; the click's channel is where the new one belongs. */
const edit = (deps: Deps) =>
  clicks(async ({ body, action, client }) => {
    const sender = inChannelOf(body);
    const clicked = { requester: requesterOf(sender), place: placeOf(sender) };
    const view = await deps.app.openImage({ ...clicked, jobId: jobIdIn(action) });
    if (!view) return;
    const { model, size, quality, imagesCount, place } = view.job;
    const { stage } = view;
    const project = view.job.projectId ?? view.job.namedProjectId;
    const draft = { prompt: view.prompt ?? '', options: { model, size, quality }, imagesCount, stage, project };
    const at = { ...sender, channelId: place.channelId, threadTs: place.threadId };
    await openImagineModal(deps, client, body.trigger_id, { ...at, draft, guess: 'iteration' });
  });

const cancel = ({ app }: Deps) =>
  clicks(({ body, action }) => app.cancelImages({ requester: requesterOf(inChannelOf(body)), jobId: jobIdIn(action) }));

const remove = ({ app }: Deps) =>
  clicks(({ body, action }) => app.deleteImage({ requester: requesterOf(inChannelOf(body)), jobId: jobIdIn(action) }));

/** A button for one mark; its value is the image's id. */
const markAs = ({ app }: Deps, mark: Mark) =>
  clicks(({ body, value = '' }) => app.markImage({ ...clickOf(body), ...imageIn(value), mark }));

/** The menu beside a mark. */
const changeMark = ({ app }: Deps) =>
  clicks(({ body, value = '' }) => {
    const { mark, imageId } = readMark(value);
    return app.markImage({ ...clickOf(body), ...imageIn(imageId), mark });
  });

const changeStage = ({ app }: Deps) =>
  clicks(({ body, value = '' }) => {
    const [stage, jobId] = value.split(' ');
    return app.setStage({ ...clickOf(body), jobId: id.parse(jobId), stage: z.enum(STAGES).parse(stage) });
  });

function clickOf(body: unknown) {
  const sender = inChannelOf(body);
  return { deliveryId: deliveryId(body), requester: requesterOf(sender), place: placeOf(sender) };
}

function imageIn(imageId: string) {
  return ofImage.parse(/^(?<jobId>.*)\/(?<imageNo>[1-9]\d?)$/.exec(imageId)?.groups);
}
