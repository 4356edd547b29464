import type { Clock, Log } from '../../../ports/ports.ts';
import { failureOf } from '../../messenger/failure.ts';
import type { Link } from './link.ts';
import { createReports, problemOf, type SocketStatus } from './reports.ts';

export type KeptLinks = {
  /** Resolves with the first connection. Throws a `SocketFault` where Slack refuses, or is away for half a minute. */
  start(): Promise<void>;
  /** Says goodbye on all connections, and opens no more. */
  stop(): void;
  status(): SocketStatus;
  /** Sends over any open connection; false where there is none. */
  send(message: object): boolean;
};

/** Slack refuses the app's token, or cannot be reached at the start; the message says what to do. */
export class SocketFault extends Error {
  override name = 'SocketFault';
  constructor(
    readonly code: 'refused' | 'unreachable',
    message: string,
  ) {
    super(message);
  }
}

/** Slack closes each connection every few hours: while one is replaced, the other hears. Slack allows an app ten. */
const CONNECTIONS = 2;
const START_WITHIN_MS = 30_000;
const RETRY_FIRST_MS = 250;
const RETRY_MAX_MS = 30_000;
/** What ended sooner, and not because Slack renews its connections, is not opened again at once. */
const SHORT_MS = 10_000;
/** The connection that is left may still bring deliveries, and carries the acks of those it brought. */
const LINGER_MS = 10_000;

const RENEWALS: ReadonlySet<string> = new Set(['refresh_requested', 'warning']);

type Parts = {
  clock: Clock;
  log: Log;
  /** Asks Slack for an address and connects there. */
  connect: (onOver: (link: Link) => void) => Promise<Link>;
};

/** Keeps connections to Slack open for as long as it takes: each is replaced before it is given up. */
export function keepLinks({ clock, log, connect }: Parts): KeptLinks {
  const links = new Set<Link>();
  const reports = createReports({ clock, log });
  const stopping = new AbortController();
  const { signal } = stopping;
  const rest = (ms: number) => restUntil(clock, { ms, signal });

  const open = async (): Promise<Link> => {
    const link = await connect((over) => {
      if (links.delete(over) && !signal.aborted) reports.counted(links.size);
    });
    if (signal.aborted) link.close();
    else links.add(link);
    reports.opened();
    reports.counted(links.size);
    return link;
  };

  /** `failures`: in a row, before. Null once there is a stop. */
  const openPatiently = async (failures: number): Promise<Link | null> => {
    for (let failed = failures; ; failed += 1) {
      await rest(delayMs(failed));
      if (signal.aborted) return null;
      try {
        return await open();
      } catch (error) {
        reports.failed(error);
        await rest(retryAfterMs(error));
      }
    }
  };

  const keepOne = async (first: Link | null) => {
    let failures = 0;
    for (let link = first ?? (await openPatiently(0)); link !== null; ) {
      const [old, openedAt] = [link, clock.now()];
      const reason = await old.leaving;
      if (signal.aborted) return;
      const isExpected = RENEWALS.has(reason) || clock.now() - openedAt >= SHORT_MS;
      failures = isExpected ? 0 : failures + 1;
      log.info({ reason }, 'replacing a connection to Slack');
      link = await openPatiently(failures);
      void rest(LINGER_MS).then(() => old.close());
    }
  };

  return {
    async start() {
      const first = await openAtStart(open, { clock, rest });
      for (let index = 0; index < CONNECTIONS; index += 1) void keepOne(index === 0 ? first : null);
    },
    stop() {
      stopping.abort();
      reports.stop();
      for (const link of links) link.close();
    },
    status: () => reports.status(),
    send: (message) => [...links].some((link) => link.send(message)),
  };
}

type AtStart = { clock: Clock; rest: (ms: number) => Promise<void> };

async function openAtStart(open: () => Promise<Link>, { clock, rest }: AtStart): Promise<Link> {
  const until = clock.now() + START_WITHIN_MS;
  for (let failed = 1; ; failed += 1) {
    try {
      return await open();
    } catch (error) {
      const { isRefusal, code } = problemOf(error);
      const waitMs = Math.max(delayMs(failed), retryAfterMs(error));
      if (isRefusal) throw new SocketFault('refused', refusedSentence(code));
      if (clock.now() + waitMs > until) throw new SocketFault('unreachable', awaySentence(code));
      await rest(waitMs);
    }
  }
}

const refusedSentence = (code: string) =>
  `Slack does not accept SLACK_APP_TOKEN (${code}). Copy it again from Basic Information → App-Level Tokens; it needs connections:write.`;
const awaySentence = (code: string) =>
  `Slack opens no connection for Socket Mode (${code}). Check that Socket Mode is on, the network, and any proxy.`;

const delayMs = (failed: number) => (failed === 0 ? 0 : Math.min(RETRY_FIRST_MS * 2 ** (failed - 1), RETRY_MAX_MS));

/** Slack is never asked again before the time that it names. */
function retryAfterMs(error: unknown): number {
  const failure = failureOf(error);
  return failure.kind === 'rate_limited' ? failure.retryAfterMs : 0;
}

/** Rests that long, or until the stop. */
function restUntil(clock: Clock, { ms, signal }: { ms: number; signal: AbortSignal }): Promise<void> {
  return new Promise((resolve) => {
    if (ms === 0 || signal.aborted) return resolve();
    const end = () => {
      takeBack();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const takeBack = clock.after(ms, end);
    signal.addEventListener('abort', end);
  });
}
