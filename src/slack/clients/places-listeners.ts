import { withCurrent } from '../../app/changes/present-value.ts';
import { isSame, type SetUpChange } from '../../app/changes/reversible-change.ts';
import { describeChange } from '../admin-forms/set-up-changes.ts';
import { hintIn } from '../admin-forms/set-up-open.ts';
import { type SetUpDeps, showOutcome } from '../admin-forms/set-up-save.ts';
import type { HomeBanner } from '../kit/home-banner.ts';
import { readMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import { type Clicks, createClicks, deliveryId } from '../platform/delivery.ts';
import type { ClickListener, Routes } from '../platform/routes.ts';

/** *Unbind*, beside every channel and thread of a client. */
export function registerPlaces(routes: Routes, deps: SetUpDeps): void {
  const clicks = createClicks();
  routes.click(
    ACTIONS.homeUnbindChannel,
    unbind(deps, clicks, ([clientId = '', channelId = '']) => ({
      kind: 'channel',
      channelId,
      before: clientId,
      after: null,
    })),
  );
  routes.click(
    ACTIONS.homeUnbindProject,
    unbind(deps, clicks, ([projectId = '', channelId = '', threadTs = null]) => ({
      kind: 'place',
      channelId,
      threadTs,
      before: projectId,
      after: null,
    })),
  );
}

/** What somebody has bound elsewhere since stays there: they were shown another button than the one they would get now. */
const unbind =
  (deps: SetUpDeps, clicks: Clicks, changeOf: (words: string[]) => SetUpChange): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const by = body.user.id;
    const { pages, words } = readMetadata(hintIn(action));
    const change = changeOf(words);
    const { setup } = await deps.app.showHome({ by });
    const now = setup && withCurrent(setup, change);
    if (now && now.before !== null && !isSame(now.before, change.before)) {
      const stands = describeChange(setup, { ...now, after: now.before } as SetUpChange);
      const said = [['Nothing was changed, because someone decided otherwise since: ', ...stands, '.']];
      const notice: HomeBanner = { kind: 'said', said };
      return await deps.publish(client, by, { pages, notices: [notice] });
    }
    const { again } = clicks.count(body, JSON.stringify(words));
    // Whoever clicks twice keeps the button that takes it back; after an undo, in the same moment too, it is a new wish.
    const isDone = again && now?.before === null;
    const outcome = isDone
      ? { saved: [{ change, mayUndo: true }], refusals: [] }
      : await deps.app.saveChanges({ by, deliveryId: deliveryId(body), changes: [change] });
    await showOutcome(deps, client, { by, pages, ...outcome });
  };
