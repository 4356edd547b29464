import { clicks } from '../kit/form/form.ts';
import { showHereAndInHome } from '../kit/form/home-answer.ts';
import { ACTIONS } from '../kit/ids.ts';
import { deliveryId } from '../platform/delivery.ts';
import type { Deps } from '../platform/deps.ts';
import type { Routes } from '../platform/routes.ts';

/** The button of a ledger that is dated ahead, on its card and in Home. */
export function registerClock(routes: Routes, deps: Deps): void {
  routes.click(ACTIONS.clockCorrect, correct(deps));
}

const CORRECTED = { said: [['The ledger’s time is right again. Inkwell makes images again.']] };

const correct = (deps: Deps) =>
  clicks(async ({ value, ...clicked }) => {
    const { by, body } = clicked;
    const wrongAt = Number(value) || 0;
    const changed = await deps.app.correctClock({ deliveryId: deliveryId(body), by, wrongAt });
    await showHereAndInHome(deps, clicked, changed.ok ? CORRECTED : changed);
  });
