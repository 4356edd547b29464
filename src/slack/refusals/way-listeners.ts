import { z } from 'zod';
import { openImagineModal } from '../imagine/send-imagine.ts';
import { clicks } from '../kit/form/form.ts';
import { ACTIONS } from '../kit/ids.ts';
import { message } from '../kit/message.ts';
import { placeOf, requesterOf, senderOf } from '../kit/sender.ts';
import { userId } from '../kit/user-id.ts';
import type { Deps } from '../platform/deps.ts';
import type { Routes } from '../platform/routes.ts';
import { readInstead } from './way-buttons.ts';

export function registerWays(routes: Routes, deps: Deps): void {
  routes.click(ACTIONS.insteadFirst, makeInstead(deps));
  routes.click(ACTIONS.insteadSecond, makeInstead(deps));
  routes.click(ACTIONS.otherProject, chooseProject(deps));
  routes.click(ACTIONS.helpAsk, askForHelp(deps));
  routes.click(ACTIONS.roleAsk, askForRole(deps));
  routes.click(ACTIONS.roleKeep, keepRole(deps));
}

/** A request's id comes back from Slack: a hint, which the use case checks against who clicked. */
const jobId = z.string().regex(/^[\w./-]{1,120}$/);

const makeInstead = ({ spend, tell }: Deps) =>
  clicks(async ({ body, value = '' }) => {
    const sender = senderOf(body);
    const wanted = readInstead(value);
    if (!wanted) return await tell(sender, message([[OUT_OF_DATE]]));
    const clicked = { requester: requesterOf(sender), place: placeOf(sender) };
    return await spend.once({ body, wants: value }, ({ makeInstead }, deliveryId) =>
      makeInstead({ deliveryId, ...clicked, ...wanted }),
    );
  });

const OUT_OF_DATE = 'This button is from another version of Inkwell. Nothing was made or charged. Ask again.';

/** The form, as the request was, with the field for the project. */
const chooseProject = (deps: Deps) =>
  clicks(async ({ body, value, client }) => {
    const sender = senderOf(body);
    const refused = await deps.app.openRefused({ requester: requesterOf(sender), jobId: jobId.parse(value) });
    if (!refused) return;
    const { prompt, job } = refused;
    const { model, size, quality, imagesCount, place } = job;
    const stage = job.isStageGuessed ? null : job.stage;
    const draft = { prompt, options: { model, size, quality }, imagesCount, stage, project: null };
    const at = { ...sender, channelId: place.channelId, threadTs: place.threadId };
    await openImagineModal(deps, client, body.trigger_id, { ...at, draft });
  });

const askForHelp = ({ app }: Deps) =>
  clicks(({ body, value }) => app.askForHelp({ requester: requesterOf(senderOf(body)), jobId: jobId.parse(value) }));

const askForRole = ({ app }: Deps) => clicks(({ body }) => app.askForRole({ requester: requesterOf(senderOf(body)) }));

const keepRole = ({ app }: Deps) =>
  clicks(({ body, value }) => {
    const memberId = userId.parse(value);
    return app.declineRole({ requester: requesterOf(senderOf(body)), memberId });
  });
