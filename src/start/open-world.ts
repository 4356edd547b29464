import type { AppContext } from '../app/context.ts';
import { warnOfSettings } from '../app/limits/settings-at-start.ts';
import { setUsualBurst } from '../app/limits/usual-burst.ts';
import { settleOwners } from '../app/people/owners-at-start.ts';
import type { Config } from '../config.ts';
import { pastOf } from './demo-history.ts';
import { setUpDemo } from './demo-seed.ts';
import type { Stores } from './open-stores.ts';
import { StartFault } from './slack-connection.ts';

/** Answers with what the greeting has to say of it. */
export async function openWorld(
  context: AppContext,
  { slack, workspace, workspaceSaid, mongoUri }: Config,
  { journal, ledger }: Stores,
): Promise<readonly string[]> {
  const begun = { workspace: context.book.workspace, key: 'ledger-begun' };
  // Without this check, a missing ledger would start empty, with every budget full.
  if (context.book.now().seq === 0 && (await context.records.marks.get(begun)) !== null) {
    throw new StartFault(
      `The ledger is empty, but its records are not: ${ledger} was lost. Put back your backup of it.`,
    );
  }
  let said: readonly string[] = [];
  if (slack.mode === 'playground')
    await setUpDemo(context, workspace, pastOf(context, journal, mongoUri === null ? 'folder' : 'database'));
  else {
    const settled = await settleOwners(context, { ...workspace, ownerId: slack.ownerId });
    if (!settled.ok) throw new StartFault(settled.problem);
    const isNew = context.book.now().clients.size === 0;
    said = [
      ...settled.said,
      ...(isNew ? ['Next: open Inkwell’s Home in Slack. It has the three steps to the first image.'] : []),
    ];
  }
  warnOfSettings(context, workspaceSaid);
  await setUsualBurst(context);
  await context.records.marks.put({ ...begun, value: '', at: context.clock.now() });
  return said;
}
