import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createChanges } from './changes.ts';
import type { LocalSlackContext } from './context.ts';
import { createPostman } from './deliveries/postman.ts';
import { createResponseUrls } from './deliveries/response-urls.ts';
import { createTriggers } from './deliveries/triggers.ts';
import { createFaults } from './faults.ts';
import { type Chance, createIds } from './ids.ts';
import { createLog } from './log.ts';
import type { Manifest } from './manifest.ts';
import { createPassing, type LetWeekPass } from './passing.ts';
import type { Seed } from './seed.ts';
import { personOnWire } from './serializers/person.ts';
import { envelopeOf } from './socket-mode/envelope.ts';
import { createSockets } from './socket-mode/sockets.ts';
import { type OpenDatabase, openPlainly } from './state/database.ts';
import { openState } from './state/state.ts';
import { createModals } from './views/modals.ts';
import { createRateLimits, type Strictness } from './web-api/rate-limits.ts';

export type LocalSlackOptions = {
  manifest: Manifest;
  seed: Seed;
  signingSecret: string;
  botToken: string;
  /** Given, deliveries go over the connections that the app opens with it (Socket Mode). */
  appToken?: string;
  /** Workspace time: message timestamps, triggers, response URLs, rate limits. */
  clock: () => number;
  /** A SQLite file, or null to forget everything at the end. */
  dataFile?: string | null;
  /** How that file is opened; without it plainly, by the package of SQLite. */
  openDatabase?: OpenDatabase;
  /** The app's events address; may also be set later with `deliverTo`. */
  deliverTo?: string;
  /** Refuse an app that calls too fast, as Slack does; or only complain; or neither. */
  rateLimits?: Strictness;
  /** How long an uploaded picture is not yet a picture. */
  processingMs?: number;
  ackDueMs?: number;
  /** Waits before an event is sent a second, third and fourth time. */
  eventRetriesMs?: readonly number[];
  /** Holds `index.html` and the rest of the page. */
  pageFolder?: string;
  onReset?: () => Promise<void>;
  /** Sets `clock` ahead, where that can be done; the page offers it then. */
  letWeekPass?: LetWeekPass;
  /** The machine's time, for signatures; the app compares them with its own clock. */
  wallClock?: () => number;
  chance?: Chance;
};

const CALLS_MAX = 5_000;
const DELIVERIES_MAX = 1_000;
const VIOLATIONS_MAX = 50;
/** Slack's: three seconds for an ack; a lost event again at once, after a minute and after five. */
const ACK_DUE_MS = 3_000;
const EVENT_RETRIES_MS = [0, 60_000, 300_000];

/** Builds all parts. `origin` is known once the server listens; `closing` breaks off what runs in the background. */
export function createContext(
  options: LocalSlackOptions,
  origin: () => string,
  closing: AbortSignal,
): LocalSlackContext {
  const { manifest, seed, clock } = options;
  const state = openState({
    file: options.dataFile ?? null,
    openDatabase: options.openDatabase ?? openPlainly,
    seed,
    clock,
  });
  const ids = createIds(options.chance ?? randomBytes);
  const changes = createChanges();
  const faults = createFaults();
  const violations = createLog<LocalSlackContext['violations']['entries'][number]>(VIOLATIONS_MAX);
  const deliveries = createLog<LocalSlackContext['deliveries']['entries'][number]>(DELIVERIES_MAX);
  const wait: LocalSlackContext['wait'] = async (ms) => {
    if (ms > 0) await sleep(ms, undefined, { signal: closing, ref: false });
  };
  const { appId } = seed.workspace;
  const sockets = createSockets({ ids, appId, takeFault: () => faults.take('socket'), wait });
  const appToken = options.appToken ?? null;
  return {
    workspace: seed.workspace,
    manifest,
    botToken: options.botToken,
    appToken,
    sockets,
    state,
    ids,
    changes,
    faults,
    violations,
    deliveries,
    clock,
    passing: createPassing({ clock, changes, letWeekPass: options.letWeekPass ?? null }),
    origin,
    closing,
    calls: createLog(CALLS_MAX),
    modals: createModals(),
    triggers: createTriggers(clock, () => ids.secret().slice(0, 12)),
    responseUrls: createResponseUrls(state.responseUrls, { clock, ids, address: (id) => `${origin()}/actions/${id}` }),
    limits: createRateLimits(clock),
    strictness: options.rateLimits ?? 'strict',
    processingMs: options.processingMs ?? 0,
    eventRetriesMs: options.eventRetriesMs ?? EVENT_RETRIES_MS,
    postman: createPostman({
      deliverTo: options.deliverTo ?? null,
      signingSecret: options.signingSecret,
      ackDueMs: options.ackDueMs ?? ACK_DUE_MS,
      clock,
      wallClock: options.wallClock ?? Date.now,
      deliveries,
      takeFault: faults.takeDelivery,
      overSocket:
        appToken === null ? null : (body, headers, signal) => sockets.deliver(envelopeOf(body, headers), signal),
      closing,
    }),
    personOnWire: (person) => personOnWire(person, { now: clock(), origin: origin() }),
    addViolation: (text) => {
      violations.add({ at: clock(), text });
      changes.tell('state', null);
    },
    wait,
    background: (work) => {
      work.catch((error: unknown) => {
        if (!closing.aborted) throw error;
      });
    },
    onReset: options.onReset ?? (async () => {}),
  };
}
