import type { WebClient } from '@slack/web-api';
import type { SavedLimits } from '../../app/limits/set-limit.ts';
import { limitsBanner } from '../admin-forms/saved-banners.ts';
import { refusedNotice, type SetUpDeps } from '../admin-forms/set-up-save.ts';
import type { HomeBanner } from '../kit/home-banner.ts';
import type { HomeLocation } from '../kit/home-metadata.ts';

/** Home with what came of a form about limits on top; null: nothing was changed in it. */
export async function showLimitsSaved(
  { app, publish }: SetUpDeps,
  client: WebClient,
  { by, pages, outcome }: { by: string; pages: HomeLocation; outcome: SavedLimits | null },
): Promise<void> {
  const { setup } = await app.showHome({ by });
  const refusals = outcome?.refusals ?? [];
  const notices = [
    ...(outcome ? limitsBanner(outcome) : []),
    ...refusals.map((refusal) => refusedNotice(setup, by, refusal)),
  ];
  const nothing: HomeBanner = { kind: 'said', said: [['Nothing was changed.']] };
  await publish(client, by, { pages, notices: notices.length > 0 ? notices : [nothing] });
}
