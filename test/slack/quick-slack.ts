import {
  createLocalSlack,
  DEMO_WORKSPACE,
  type LocalSlack,
  type LocalSlackOptions,
  readManifest,
} from '@inkwell/local-slack';
import { WebClient } from '@slack/web-api';
import type { Clock, Log } from '../../src/ports/ports.ts';
import { webClientOptions } from '../../src/slack/platform/web-client.ts';
import { MONDAY } from '../support/clock.ts';

export const OLIVIA = 'U0OLIVIA';
export const MARCUS = 'U0MARCUS';
export const ANA = 'U0ANA';
export const GINA = 'U0GINA';
export const TOM = 'U0TOM';
export const NORTHWIND = 'C0NORTHWIND';

/**
 * A clock for which every sleep is over at once: it is counted, and seen by the local Slack as time. What is to happen
 * after a while happens once that much time has passed.
 */
export type QuickClock = Clock & { slept: number[]; pass(ms: number): void };

export function createQuickClock(): QuickClock {
  const slept: number[] = [];
  const later = new Set<{ at: number; happen: () => void }>();
  let now = MONDAY;
  const pass = (ms: number) => {
    now += ms;
    for (const each of [...later].filter(({ at }) => at <= now)) {
      later.delete(each);
      each.happen();
    }
  };
  return {
    slept,
    now: () => now,
    pass,
    sleep: async (ms) => {
      slept.push(ms);
      pass(ms);
      await new Promise((resolve) => setImmediate(resolve));
    },
    after(ms, happen) {
      const each = { at: now + ms, happen };
      later.add(each);
      return () => void later.delete(each);
    },
  };
}

export type Logged = { level: string; facts: Record<string, unknown>; message: string };

export function createPaperLog(): Log & { entries: Logged[] } {
  const entries: Logged[] = [];
  const at = (level: string) => (facts: Record<string, unknown>, message: string) =>
    void entries.push({ level, facts, message });
  return { entries, info: at('info'), warn: at('warn'), error: at('error') };
}

export const SIGNING_SECRET = 'a'.repeat(32);
export const BOT_TOKEN = 'xoxb-test';

export type QuickSlack = {
  slack: LocalSlack;
  client: WebClient;
  clock: QuickClock;
  log: ReturnType<typeof createPaperLog>;
};

/** The local Slack of the playground on a port of its own, and a client that talks to it as the product's does. */
export async function openQuickSlack(options: Partial<LocalSlackOptions> = {}): Promise<QuickSlack> {
  const clock = createQuickClock();
  const log = createPaperLog();
  const slack = createLocalSlack({
    manifest: readManifest('manifest.yml'),
    seed: DEMO_WORKSPACE,
    signingSecret: SIGNING_SECRET,
    botToken: BOT_TOKEN,
    clock: clock.now,
    ...options,
  });
  await slack.listen();
  return { slack, clock, log, client: new WebClient(BOT_TOKEN, webClientOptions(slack.apiUrl, log)) };
}
