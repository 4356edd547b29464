import type { ReversibleChange, SetUpChange } from '../../app/changes/reversible-change.ts';
import type { Undone } from '../../app/changes/undo-change.ts';
import type { SetupView } from '../../app/messenger.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { describeChange } from '../../words/describe-change.ts';
import { clicks } from '../kit/form/form.ts';
import { namesOf, refusedNotice, saidBanner, showInHome } from '../kit/form/home-answer.ts';
import type { HomeBanner } from '../kit/home-banner.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Inline } from '../kit/parts.ts';
import { readUndo } from '../kit/undo-metadata.ts';
import type { Deps } from '../platform/deps.ts';
import type { Routes } from '../platform/routes.ts';
import { limitsBanner, movedBanner, settingsBanner } from './saved-banners.ts';
import { isAboutSomebodyElse } from './set-up-save.ts';

/** *Undo*, on whatever was saved last. */
export function registerUndo(routes: Routes, deps: Deps): void {
  for (const action of [ACTIONS.homeUndo, ACTIONS.limitsUndo, ACTIONS.moveUndo, ACTIONS.calendarPricesUndo]) {
    routes.click(action, undo(deps));
  }
}

const undo = (deps: Deps) =>
  clicks(async ({ client, by, value, body }) => {
    const { pages, changes } = readUndo(value);
    const where = { client, by, pages };
    if (changes.length === 0) return await showInHome(deps, where, saidBanner('There’s nothing left to undo.'));
    const use: Parameters<typeof deps.spend.once>[1] = async ({ undoChange }, id) => {
      const notices: HomeBanner[] = [];
      for (const [index, change] of changes.entries()) {
        const undone = await undoChange({ deliveryId: `${id}/${index + 1}`, by, change });
        const { setup } = await deps.app.showHome({ by });
        notices.push(...bannersOf(setup, by, undone));
      }
      await showInHome(deps, where, ...notices);
      for (const change of changes.filter(isOfSetUp)) {
        if (isAboutSomebodyElse(change, by)) await deps.publish(client, change.memberId);
      }
      return notices.every(({ kind }) => kind !== 'refused');
    };
    // Credits would move back twice. Everything else is undone already, the second time.
    const isMove = changes.some(({ kind }) => kind === 'moved');
    await (isMove ? deps.spend.once({ body, wants: changes }, use) : deps.spend.each(body, use));
  });

const isOfSetUp = (change: ReversibleChange): change is SetUpChange =>
  change.kind !== 'limits' && change.kind !== 'moved' && change.kind !== 'settings';

function bannersOf(setup: SetupView | null, by: string, undone: Undone): HomeBanner[] {
  const refused = (refusals: readonly Refusal[]) => refusals.map((refusal) => refusedNotice(setup, by, refusal));
  switch (undone.kind) {
    case 'undone':
      return [saidBanner('Undone: ', ...describeChange(undone.change, namesOf(setup)), '.')];
    case 'moved_back':
      return [movedBanner(undone.change, undone, { isBack: true })];
    case 'limits':
      return orNothing([...limitsBanner(undone.outcome), ...refused(undone.outcome.refusals)]);
    case 'settings':
      return orNothing([...settingsBanner(undone.change, undone.outcome), ...refused(undone.outcome.refusals)]);
    case 'changed_since': {
      const { now } = undone;
      const is: Inline[] = now
        ? [': ', ...describeChange({ ...now, after: now.before } as SetUpChange, namesOf(setup))]
        : [];
      return [saidBanner('Not undone, because someone changed it since', ...is, '.')];
    }
    case 'refused':
      return refused([undone.refusal]);
  }
}

const orNothing = (banners: HomeBanner[]) => (banners.length > 0 ? banners : [saidBanner('Nothing was changed.')]);
