import { type Logger, LogLevel } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { Log } from '../../ports/ports.ts';
import { keepingRetryAfter } from './retry-after.ts';

/** Slack answers within a second; after this its answer counts as lost. */
const TIMEOUT_MS = 10_000;
/** Slack's libraries log sentences. None of Inkwell's codes is longer than this. */
const LOGGED_CHARACTERS_MAX = 300;

/**
 * No call is repeated by the client: it would post a message up to eleven times over half an hour. What may be repeated,
 * and how often, is decided in `messenger/call-slack.ts`. A 429 ends only its own call, not all that wait behind it. `way`: to Slack, through a
 * proxy for example.
 */
export function webClientOptions(
  apiUrl: string | null,
  log: Log | null = null,
  { now, way = globalThis.fetch }: { now?: () => number; way?: typeof fetch } = {},
): WebClientOptions {
  return {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: TIMEOUT_MS,
    allowAbsoluteUrls: false,
    fetch: now ? keepingRetryAfter(way, now) : way,
    // The caller judges a failed call. Slack's other remarks are only kept.
    logger: slackLogger(log && quieter(log)),
    ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
  };
}

/** Whatever Slack answers, it says what the time is. To the second, which is enough. */
export function hearingTheTime(
  options: WebClientOptions,
  { heard }: { heard: (source: 'slack', at: number) => void },
): WebClientOptions {
  const ask: NonNullable<WebClientOptions['fetch']> = options.fetch ?? fetch;
  return {
    ...options,
    fetch: async (...asked) => {
      const answered = await ask(...asked);
      const at = Date.parse(answered.headers.get('date') ?? '');
      if (answered.ok && Number.isFinite(at)) heard('slack', at);
      return answered;
    },
  };
}

function quieter(log: Log): Log {
  const info = log.info.bind(log);
  return { info, warn: info, error: info };
}

/** What a parser says about a body quotes its first words. */
const QUOTING = /^((?:Malformed request body|Failed to parse the request body)):.*$/s;

/** Slack's libraries log whole requests at `debug`, with everybody's words in them: only warnings and errors pass. */
export function slackLogger(log: Log | null): Logger {
  const words = (all: readonly unknown[]) =>
    all
      .filter((each) => typeof each === 'string')
      .join(' ')
      .replace(QUOTING, '$1')
      .slice(0, LOGGED_CHARACTERS_MAX);
  return {
    debug() {},
    info() {},
    warn: (...all) => log?.warn({ from: 'slack' }, words(all)),
    error: (...all) => log?.error({ from: 'slack' }, words(all)),
    setLevel() {},
    getLevel: () => LogLevel.WARN,
    setName() {},
  };
}
