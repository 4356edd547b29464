import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { SavedLimits } from '../../app/limits/save-limits.ts';
import { sameFigures } from '../../ledger/usage/standings.ts';
import { WINDOWS } from '../../ledger/usage/windows.ts';
import { hintIn } from '../admin-forms/set-up-open.ts';
import { refusedNotice, type SetUpDeps } from '../admin-forms/set-up-save.ts';
import type { HomeBanner } from '../kit/home-banner.ts';
import { FIRST_PAGES, type HomeLocation, readMetadata, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import { figuresInWords, whose } from '../kit/limit-words.ts';
import { bold, type Inline } from '../kit/parts.ts';
import { deliveryId } from '../platform/delivery.ts';
import type { ClickListener } from '../platform/routes.ts';
import { accountOnWire, figuresOnWire, parsed } from './limits-metadata.ts';

/** Home with what came of a form about limits on top; null: nothing was changed in it. */
export async function showLimitsSaved(
  deps: SetUpDeps,
  client: WebClient,
  { by, pages, outcome }: { by: string; pages: HomeLocation; outcome: SavedLimits | null },
): Promise<void> {
  const notices = outcome ? await noticesOf(deps, { by, pages, outcome }) : [];
  const nothing: HomeBanner = { kind: 'said', said: [['Nothing was changed.']] };
  await deps.publish(client, by, { pages, notices: notices.length > 0 ? notices : [nothing] });
}

async function noticesOf(
  { app }: SetUpDeps,
  { by, pages, outcome }: { by: string; pages: HomeLocation; outcome: SavedLimits },
): Promise<HomeBanner[]> {
  const { label, saved, refusals } = outcome;
  const { setup } = await app.showHome({ by });
  const said = saved.map(({ window, after }): Inline[] => [
    ...whose(label),
    ' has ',
    bold(figuresInWords(window, after)),
    '.',
  ]);
  const turned = saved.map(({ window, before, after }) => ({ window, before: after, after: before }));
  const undo = { action: ACTIONS.limitsUndo, value: writeUndo({ pages, account: label.account, changes: turned }) };
  return [
    ...(saved.length > 0 ? [{ kind: 'done' as const, said, undo }] : []),
    ...refusals.map((refusal) => refusedNotice(setup, by, refusal)),
  ];
}

const onWire = z.object({
  pages: z.string(),
  account: accountOnWire,
  changes: z
    .array(z.object({ window: z.enum(WINDOWS), before: figuresOnWire, after: figuresOnWire }))
    .max(WINDOWS.length),
});
type Undo = Omit<z.infer<typeof onWire>, 'pages'> & { pages: HomeLocation };

const writeUndo = ({ pages, ...undo }: Undo) => JSON.stringify({ ...undo, pages: writeMetadata(pages) });

/** What stood before stands again, and only while nobody has changed it since. It needs no rehearsal: it has been so. */
export const undoLimits =
  (deps: SetUpDeps): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const by = body.user.id;
    const read = onWire.safeParse(parsed(hintIn(action)));
    const pages = read.success ? readMetadata(read.data.pages).pages : FIRST_PAGES;
    const seen = read.success ? await deps.app.showLimits({ by, account: read.data.account }) : null;
    const said = async (notice: HomeBanner) => await deps.publish(client, by, { pages, notices: [notice] });
    if (!read.success || !seen) return await said({ kind: 'said', said: [['There is nothing to undo any more.']] });
    if (!seen.ok) {
      const { setup } = await deps.app.showHome({ by });
      return await said(refusedNotice(setup, by, seen.refusal));
    }
    const { account, changes } = read.data;
    if (changes.some(({ window, before }) => !sameFigures(seen.form.figures[window], before))) {
      return await said({ kind: 'said', said: [['Nothing was undone, because somebody has changed it since.']] });
    }
    const wanted = changes.map(({ window, after }) => ({ window, figures: after }));
    const outcome = await deps.app.saveLimits({ deliveryId: deliveryId(body), by, account, wanted });
    await showLimitsSaved(deps, client, { by, pages, outcome });
  };
