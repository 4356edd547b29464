import type { State } from '../state.ts';

/** The id that a channel has now: forms, jobs and links may carry one from before. */
export const channelNow = ({ channelIds }: Pick<State, 'channelIds'>, channelId: string): string =>
  channelIds.get(channelId) ?? channelId;

/** All ids that a channel has had, the present one first. */
export const channelIdsOf = ({ channelIds }: State, channelId: string): readonly string[] => [
  channelId,
  ...channelIds.filter((now) => now === channelId).keys(),
];

/** A channel, or one thread of it. Lines and commands call the thread `threadTs`. */
export type Place = { channelId: string; threadId: string | null };

export const placeNow = (state: Pick<State, 'channelIds'>, { channelId, threadId }: Place): Place => ({
  channelId: channelNow(state, channelId),
  threadId,
});

export const placeKey = ({ channelId, threadId }: Place): string =>
  threadId === null ? channelId : `${channelId} ${threadId}`;

/** What `placeKey` was made of. */
export function placeOfKey(key: string): Place {
  const [channelId = '', threadId = null] = key.split(' ');
  return { channelId, threadId };
}
