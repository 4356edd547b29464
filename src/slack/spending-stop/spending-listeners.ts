import { clicks } from '../kit/form/form.ts';
import { showHereAndInHome } from '../kit/form/home-answer.ts';
import { ACTIONS } from '../kit/ids.ts';
import { deliveryId } from '../platform/delivery.ts';
import type { Deps } from '../platform/deps.ts';
import type { Routes } from '../platform/routes.ts';
import { resumedParagraphs } from './stop-card.ts';

/** The button of a stop, on its card and in Home. */
export function registerSpending(routes: Routes, deps: Deps): void {
  routes.click(ACTIONS.spendingResume, resume(deps));
}

/** A long ledger takes a while to read. */
const resume = (deps: Deps) =>
  clicks(async ({ value: stopId = '', ...clicked }) => {
    const { by, body } = clicked;
    const resumed = await deps.app.resumeSpending({ deliveryId: deliveryId(body), by, stopId });
    await showHereAndInHome(deps, clicked, resumed.kind === 'refused' ? resumed : { said: resumedParagraphs(resumed) });
  });
