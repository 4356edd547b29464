import { type CommandBody, INKWELL } from '../../ledger/commands/commands.ts';
import { channelIdsOf, channelNow, type Place, placeOfKey } from '../../ledger/lists/channel-ids.ts';
import type { MessagePlace } from '../../storage/records/job-step.ts';
import type { AppContext } from '../context.ts';

/** What Slack says that became of a channel. Each may be said twice, late, or to several processes. */

/**
 * Slack gave a channel another id, for good. Its client, projects, threads, open requests and images in progress follow;
 * ids from before, in forms, jobs and links, lead to the new one from then on.
 */
export async function changeChannelId(
  context: AppContext,
  { channelId, toChannelId }: { channelId: string; toChannelId: string },
): Promise<void> {
  await submit(context, `channel-id/${channelId}/${toChannelId}`, {
    kind: 'change_channel_id',
    channelId,
    toChannelId,
  });
  context.log.info({ channelId, toChannelId }, 'Slack changed a channel’s id, its links follow');
}

/**
 * A channel that is deleted does not come back. Its binding to a client, its projects and its use for approvals end;
 * images in progress reach the people who asked for them directly. An archived one may come back, and keeps all of it.
 */
export async function forgetChannel(context: AppContext, { channelId: given }: { channelId: string }): Promise<void> {
  const state = await context.book.read();
  const channelId = channelNow(state, given);
  const id = (what: string) => `channel-deleted/${channelId}/${what}`;
  for (const [key, projectId] of state.places) {
    const place = placeOfKey(key);
    if (place.channelId !== channelId) continue;
    const what = `${place.threadId ?? 'channel'}/${projectId}`;
    const { threadId: threadTs } = place;
    await submit(context, id(what), { kind: 'bind_project', channelId, threadTs, projectId: null });
  }
  for (const { clientId, approvalsChannelId } of state.clients.values()) {
    if (approvalsChannelId !== channelId) continue;
    await submit(context, id(clientId), { kind: 'set_approvals_channel', clientId, channelId: null });
  }
  if (!state.channels.get(channelId)) return;
  await submit(context, id('client'), { kind: 'bind_channel', channelId, clientId: null, ifUnbound: false });
  context.log.info({ channelId }, 'Slack deleted a channel, unlinked from its client');
}

/** The same with the channel ids of now; commands about a job keep those that it was asked with, which are their content. */
export function withChannelNow<Of extends { place: Place; messagePlace?: MessagePlace | null }>(
  { book }: Pick<AppContext, 'book'>,
  of: Of,
): Of {
  const now = <Where extends { channelId: string }>(where: Where): Where => ({
    ...where,
    channelId: channelNow(book.now(), where.channelId),
  });
  const { place, messagePlace } = of;
  return { ...of, place: now(place), ...(messagePlace ? { messagePlace: now(messagePlace) } : {}) };
}

/** All the ids under which something may have been noted of a channel. */
export const idsOfChannel = ({ book }: Pick<AppContext, 'book'>, channelId: string): readonly string[] =>
  channelIdsOf(book.now(), channelNow(book.now(), channelId));

async function submit({ book }: AppContext, commandId: string, command: CommandBody): Promise<void> {
  await book.submit({ commandId, by: INKWELL, ...command });
}
