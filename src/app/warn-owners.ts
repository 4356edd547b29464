import { withRight } from './who-can.ts';
import type { World } from './world.ts';

/** The agency's account with a provider has run dry: every owner hears of it, once a day. */
export async function warnOwners({ records, book, messenger, clock, log }: World, provider: string): Promise<void> {
  const at = clock.now();
  const { workspace } = book;
  const key = `provider-stopped/${provider}/${new Date(at).toISOString().slice(0, 10)}`;
  if ((await records.marks.put({ workspace, key, value: '', at })) === 'taken') return;
  log.error({ provider }, 'the account with the provider is out of quota');
  for (const memberId of withRight(book.now(), 'set_limit')) {
    const told = await messenger.tell(directly(memberId), { kind: 'provider_stopped', provider });
    if (told.kind === 'failed') log.warn({ memberId, code: told.code }, 'owner not told');
  }
}

/** By direct message: they did not type anything anywhere. */
export const directly = (memberId: string) => ({ memberId, channelId: memberId, threadTs: null, responseUrl: null });
