import type { Changes } from './changes.ts';
import type { Delivery, Postman } from './deliveries/postman.ts';
import type { ResponseUrls } from './deliveries/response-urls.ts';
import type { Triggers } from './deliveries/triggers.ts';
import type { Faults } from './faults.ts';
import type { Ids } from './ids.ts';
import type { Log } from './log.ts';
import type { Manifest } from './manifest.ts';
import type { Passing } from './passing.ts';
import type { Sockets } from './socket-mode/sockets.ts';
import type { State } from './state/state.ts';
import type { Modals } from './views/modals.ts';
import type { ApiCall } from './web-api/call.ts';
import type { RateLimits, Strictness } from './web-api/rate-limits.ts';
import type { Json, Person, Workspace } from './workspace.ts';

/** Is shared by all parts of one local Slack. `create-context.ts` makes it. */
export type LocalSlackContext = {
  workspace: Workspace;
  manifest: Manifest;
  botToken: string;
  /** Of Socket Mode; null where the app is reached over HTTP. */
  appToken: string | null;
  sockets: Sockets;
  state: State;
  modals: Modals;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  postman: Postman;
  changes: Changes;
  faults: Faults;
  limits: RateLimits;
  strictness: Strictness;
  calls: Log<ApiCall>;
  deliveries: Log<Delivery>;
  violations: Log<Violation>;
  ids: Ids;
  clock: () => number;
  passing: Passing;
  /** How long Slack takes to make a picture of an uploaded file. */
  processingMs: number;
  /** Waits before the second, third and fourth attempt to deliver an event. */
  eventRetriesMs: readonly number[];
  /** `http://127.0.0.1:…`, once it listens. */
  origin: () => string;
  personOnWire: (person: Person) => Json;
  /** Notes what Slack would hold against the app. */
  addViolation: (text: string) => void;
  wait: (ms: number) => Promise<void>;
  /** The product forgets its own data, when a person resets the playground. */
  onReset: () => Promise<void>;
  /** Fires when the server closes. */
  closing: AbortSignal;
  /** Lets work go on after an answer; closing breaks it off. */
  background: (work: Promise<void>) => void;
};

export type Violation = { at: number; text: string };
