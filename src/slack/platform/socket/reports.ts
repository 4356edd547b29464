import type { Clock, Log } from '../../../ports/ports.ts';
import { failureOf } from '../../messenger/failure.ts';

/** Whether Slack can reach us, for the log and for `/readyz`. */
export type SocketStatus = {
  isConnected: boolean;
  /** When that last changed. */
  sinceAt: number;
  /** Why the last attempt failed, as long as none has succeeded since. */
  problem: string | null;
};

export type Reports = {
  status(): SocketStatus;
  /** After each connection that came or went. */
  counted(connections: number): void;
  opened(): void;
  failed(error: unknown): void;
  /** Nothing more is said. */
  stop(): void;
};

/** Replacing a connection takes less, and is not worth a line. */
const LOST_AFTER_MS = 2_000;
const SAME_LINE_AGAIN_MS = 60_000;

/** Says in the log when Slack is lost and found, and why; the same reason once a minute at most. */
export function createReports({ clock, log }: { clock: Clock; log: Log }): Reports {
  let status: SocketStatus = { isConnected: false, sinceAt: clock.now(), problem: null };
  let told: { code: string; at: number } | null = null;
  let isLost = false;
  let takeBack = () => {};

  const lose = () => {
    isLost = true;
    log.warn({}, 'connection to Slack lost: nothing arrives until it is back');
  };
  return {
    status: () => status,
    counted(connections) {
      const isConnected = connections > 0;
      if (isConnected === status.isConnected) return;
      const { sinceAt } = status;
      status = { ...status, isConnected, sinceAt: clock.now() };
      takeBack();
      if (!isConnected) takeBack = clock.after(LOST_AFTER_MS, lose);
      else if (isLost) log.warn({ awayMs: status.sinceAt - sinceAt }, 'connection to Slack is back');
      isLost = false;
    },
    opened() {
      status = { ...status, problem: null };
      told = null;
    },
    failed(error) {
      const { isRefusal, code } = problemOf(error);
      status = { ...status, problem: code };
      if (told?.code === code && clock.now() - told.at < SAME_LINE_AGAIN_MS) return;
      told = { code, at: clock.now() };
      if (isRefusal) log.error({ code }, 'Slack no longer accepts SLACK_APP_TOKEN, retrying');
      else log.warn({ code }, 'Slack opened no connection, retrying');
    },
    stop: () => takeBack(),
  };
}

/** Other answers of Slack's Web API, and of what stands before it, pass. */
export function problemOf(error: unknown): { isRefusal: boolean; code: string } {
  const { kind, code } = failureOf(error);
  return { isRefusal: kind === 'refused' && !code.startsWith('http_'), code };
}
