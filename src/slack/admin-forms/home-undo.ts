import type { SetupView } from '../../app/messenger.ts';
import type { HomeBanner } from '../kit/home-banner.ts';
import { readUndo, type Undoable } from '../kit/home-metadata.ts';
import type { Inline } from '../kit/parts.ts';
import { deliveryId } from '../platform/delivery.ts';
import type { ClickListener } from '../platform/routes.ts';
import { describeChange, isSame, makeChange, membersIn, withCurrent } from './set-up-changes.ts';
import { hintIn } from './set-up-open.ts';
import { isAboutSomebodyElse, refusedNotice, type SetUpDeps } from './set-up-save.ts';

/**
 * Takes back what was saved last. The button only carries a hint of what stood there before: it is asked of the ledger
 * like any other change, and only while nobody has changed it since.
 */
export const undoInHome =
  (deps: SetUpDeps): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const by = body.user.id;
    const { pages, changes } = readUndo(hintIn(action));
    const id = deliveryId(body);
    const notices: HomeBanner[] = [];
    for (const [index, change] of changes.entries()) {
      notices.push(await undo(deps, change, { by, deliveryId: `${id}/${index + 1}` }));
    }
    const nothing: HomeBanner = { kind: 'said', said: [['There is nothing to undo any more.']] };
    await deps.publish(client, by, { pages, notices: notices.length > 0 ? notices : [nothing] });
    for (const change of changes) {
      if (isAboutSomebodyElse(change, by)) await deps.publish(client, change.memberId);
    }
  };

async function undo(
  { app }: SetUpDeps,
  change: Undoable,
  who: { by: string; deliveryId: string },
): Promise<HomeBanner> {
  const { setup } = await app.showHome({ by: who.by, about: membersIn([change]) });
  const now = setup && withCurrent(setup, change);
  if (now && isSame(now.before, change.after)) return undone(setup, change);
  if (!now || !isSame(now.before, change.before)) return changedSince(setup, now ?? change);
  const changed = await makeChange(app, change, who);
  return changed.ok
    ? undone((await app.showHome({ by: who.by })).setup, change)
    : refusedNotice(setup, who.by, changed.refusal);
}

const undone = (setup: SetupView | null, change: Undoable): HomeBanner => ({
  kind: 'said',
  said: [['Undone: ', ...describeChange(setup, change), '.']],
});

function changedSince(setup: SetupView | null, now: Undoable): HomeBanner {
  const stands: Inline[] = describeChange(setup, { ...now, after: now.before } as Undoable);
  return { kind: 'said', said: [['Nothing was undone, because somebody has changed it since: ', ...stands, '.']] };
}
