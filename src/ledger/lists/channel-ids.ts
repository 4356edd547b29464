import type { State } from '../state.ts';

/** The id that a channel has now: forms, jobs and links may carry one from before. */
export const channelNow = ({ channelIds }: Pick<State, 'channelIds'>, channelId: string): string =>
  channelIds.get(channelId) ?? channelId;

/** All ids that a channel has had, the present one first. */
export const channelIdsOf = ({ channelIds }: State, channelId: string): readonly string[] => [
  channelId,
  ...channelIds.filter((now) => now === channelId).keys(),
];

/** A channel, or one thread of it. */
export const placeKey = ({ channelId, threadTs }: { channelId: string; threadTs: string | null }): string =>
  threadTs === null ? channelId : `${channelId} ${threadTs}`;

/** What `placeKey` was made of. */
export function placeOfKey(key: string): { channelId: string; threadTs: string | null } {
  const [channelId = '', threadTs = null] = key.split(' ');
  return { channelId, threadTs };
}
