import { withCurrent } from '../../app/changes/present-value.ts';
import { isSame, type SetUpChange } from '../../app/changes/reversible-change.ts';
import { describeChange } from '../../words/describe-change.ts';
import { saveAndShow, showOutcome } from '../admin-forms/set-up-save.ts';
import { clicks } from '../kit/form/form.ts';
import { namesOf, saidBanner, showInHome } from '../kit/form/home-answer.ts';
import { ACTIONS } from '../kit/ids.ts';
import { type Clicks, createClicks, deliveryId } from '../platform/delivery.ts';
import type { Deps } from '../platform/deps.ts';
import type { Routes } from '../platform/routes.ts';

/** What is done at once from Home's list of clients: *Unbind*, beside every channel and thread, and *Close*. */
export function registerPlaces(routes: Routes, deps: Deps): void {
  const counted = createClicks();
  const channelOf = ([clientId = '', channelId = '']: readonly string[]) =>
    ({ kind: 'channel', channelId, before: clientId, after: null }) as const;
  const placeOf = ([projectId = '', channelId = '', threadTs = null]: readonly (string | null)[]) =>
    ({ kind: 'place', channelId: channelId ?? '', threadTs, before: projectId, after: null }) as const;
  routes.click(ACTIONS.homeUnbindChannel, unbind(deps, counted, channelOf));
  routes.click(ACTIONS.homeUnbindProject, unbind(deps, counted, placeOf));
  routes.click(ACTIONS.homeCloseClient, closeClient(deps, counted, true));
  routes.click(ACTIONS.homeReopenClient, closeClient(deps, counted, false));
}

/** Leaves a place alone that has been linked elsewhere since: the button meant another link. */
const unbind = (deps: Deps, counted: Clicks, changeOf: (words: readonly string[]) => SetUpChange) =>
  clicks(async ({ words, body, ...where }) => {
    const { by } = where;
    const change = changeOf(words);
    const { setup } = await deps.app.showHome({ by });
    const now = setup && withCurrent(setup, change);
    if (now && now.before !== null && !isSame(now.before, change.before)) {
      const stands = describeChange({ ...now, after: now.before } as SetUpChange, namesOf(setup));
      const since = 'Nothing was changed, because someone decided otherwise since: ';
      return await showInHome(deps, where, saidBanner(since, ...stands, '.'));
    }
    const { again } = counted.count(body, JSON.stringify(words));
    // A second click keeps the Undo button. After an undo, even within the same moment, the click is a new change.
    const isDone = again && now?.before === null;
    const outcome = isDone
      ? { saved: [{ change, mayUndo: true }], refusals: [] }
      : await deps.app.saveChanges({ by, deliveryId: deliveryId(body), changes: [change] });
    await showOutcome(deps, where, outcome);
  });

const closeClient = (deps: Deps, counted: Clicks, isClosed: boolean) =>
  clicks(async ({ words: [id = ''], body, ...where }) => {
    const { deliveryId: once } = counted.count(body, JSON.stringify([id, isClosed]));
    const change = { kind: 'closed', of: 'client', id, before: !isClosed, after: isClosed } as const;
    await saveAndShow(deps, { ...where, deliveryId: once }, [change]);
  });
