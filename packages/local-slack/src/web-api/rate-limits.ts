import type { LocalSlackContext } from '../context.ts';
import { ApiError } from './api-error.ts';

/** How the workspace treats an app that calls too fast: refuse as Slack does, only complain, or neither. */
export type Strictness = 'strict' | 'tolerant' | 'off';

/** Calls a minute that Slack promises, by tier; short bursts of a minute's worth pass. */
export const TIERS = { 2: 20, 3: 50, 4: 100 } as const;
export type Tier = keyof typeof TIERS;

/** Slack promises one message a second in a channel and lets short bursts through, without saying how short. */
const CHANNEL_BURST = 5;
const BUCKETS_MAX = 10_000;

export type RateLimits = {
  /** Seconds to wait, or 0. */
  forMethod(method: string, tier: Tier): number;
  forChannel(channelId: string): number;
};

export function createRateLimits(clock: () => number): RateLimits {
  const buckets = new Map<string, { level: number; at: number }>();
  const take = (key: string, { capacity, perSecond }: { capacity: number; perSecond: number }): number => {
    if (buckets.size > BUCKETS_MAX) buckets.clear();
    const now = clock();
    const { level, at } = buckets.get(key) ?? { level: capacity, at: now };
    const filled = Math.min(capacity, level + (Math.max(0, now - at) / 1000) * perSecond);
    const isEmpty = filled < 1;
    buckets.set(key, { level: isEmpty ? filled : filled - 1, at: now });
    return isEmpty ? Math.ceil((1 - filled) / perSecond) : 0;
  };
  return {
    forMethod: (method, tier) => take(method, { capacity: TIERS[tier], perSecond: TIERS[tier] / 60 }),
    forChannel: (channelId) => take(`channel ${channelId}`, { capacity: CHANNEL_BURST, perSecond: 1 }),
  };
}

/** Ends a call that came `waitS` seconds too early, or only says so, as strict as the workspace is. */
export function holdBack(context: LocalSlackContext, waitS: number, what: string) {
  if (waitS === 0) return;
  switch (context.strictness) {
    case 'strict':
      throw new ApiError('ratelimited', {}, waitS);
    case 'tolerant':
      context.addViolation(`${what}: Slack would have the app wait ${waitS} s.`);
      return;
    case 'off':
      return;
  }
}
