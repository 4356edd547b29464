import { z } from 'zod';
import { isReadOnTheWay, MUST_BE_HTTPS } from './images/plain-address.ts';
import type { Rates } from './images/rates/card.ts';
import { environmentOf } from './start/environment.ts';
import { rateCardFile } from './start/rate-card-file.ts';
import { type LOG_LEVELS, VARIABLES } from './start/variables.ts';

/** Everything the environment decides. With no Slack tokens at all, Inkwell runs in its playground. */
export type Config = {
  dataDir: string;
  /** Null: on every address of the machine; in the playground on its own alone. */
  host: string | null;
  port: number;
  logLevel: (typeof LOG_LEVELS)[number];
  sqliteEngine: 'auto' | 'builtin' | 'package';
  /** Null: everything is kept in SQLite files in `dataDir`, by one process. */
  mongoUri: string | null;
  /** Where other processes on the same database reach this one; null: the machine's private address. */
  peers: { host: string | null; port: number };
  slack: PlaygroundSlack | HttpSlack | SocketSlack;
  /** For all that goes out to Slack and to image providers. Null: straight. `no`: what is reached straight all the same. */
  proxy: { http: string; https: string; no: string } | null;
  /** `safetyId`: whether the provider is sent an id of ours for each member. */
  openAi: { apiKey: string; baseUrl: string | null; safetyId: boolean } | null;
  /** The agency's own; from the day on which the first one holds, they are in force. */
  rateCards: Rates['cards'];
  /** The file that they come from; null where there is none. */
  rateCardPath: string | null;
  /** What a card names besides OpenAI. */
  endpoints: readonly { name: string; baseUrl: string; apiKey: string }[];
  sketch: boolean;
  imagesAtOnce: number;
  imageRetentionDays: number;
  workspace: {
    timeZone: string;
    weekStartsOn: number;
    creditValueMicroUsd: number;
    markupBasisPoints: number;
    defaultRole: 'creator' | 'viewer';
  };
  /** What of it was said, and is no default: only the first start reads it. */
  workspaceSaid: Partial<Config['workspace']>;
};

export type PlaygroundSlack = { mode: 'playground' };
type RealSlack = { botToken: string; apiUrl: string | null; ownerId: string };
export type HttpSlack = RealSlack & { mode: 'http'; signingSecret: string };
export type SocketSlack = RealSlack & { mode: 'socket'; appToken: string };

/** One sentence for each variable that is wrong. */
export class ConfigFault extends Error {
  override name = 'ConfigFault';
  readonly code = 'config';
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

const environmentSchema = z.object(VARIABLES);

/** Throws a `ConfigFault` that says everything that is wrong at once. `machineTimeZone` is used where none is named. */
export function readConfig(environment: Record<string, string | undefined>, machineTimeZone: string): Config {
  const known = Object.keys(VARIABLES);
  const card = ratesOf(environment, known);
  const { values: given, problems } = environmentOf(environment, [...known, ...card.keyVariables]);
  const parsed = environmentSchema.safeParse(given);
  const issues = parsed.success ? [] : parsed.error.issues;
  const wrong = [
    ...problems,
    ...card.problems,
    ...missingKeys(card, given),
    ...keysInPlain(given),
    ...issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`),
  ];
  if (!parsed.success || wrong.length > 0) throw new ConfigFault(wrong);
  const v = parsed.data;
  const slack = readSlack(v);
  const [http, https] = [v.HTTP_PROXY ?? '', v.HTTPS_PROXY ?? ''];
  // Samples are for trying it out: clients are shown them only where someone has asked for that.
  const sketch = (v.SKETCH ?? (slack.mode === 'playground' ? 'on' : 'off')) === 'on';
  if (!sketch && !v.OPENAI_API_KEY && card.rates.endpoints.length === 0) {
    throw new ConfigFault([
      v.SKETCH
        ? 'SKETCH is off and OPENAI_API_KEY is not set, so no image model is available. Set OPENAI_API_KEY or SKETCH=on.'
        : 'OPENAI_API_KEY is missing, so no image model is available. Set it, or SKETCH=on to try Inkwell with free sample images.',
    ]);
  }
  const workspace = {
    timeZone: v.TIME_ZONE ?? machineTimeZone,
    weekStartsOn: v.WEEK_STARTS_ON,
    creditValueMicroUsd: v.CREDIT_VALUE_MICRO_USD,
    markupBasisPoints: v.MARKUP_BASIS_POINTS,
    defaultRole: v.DEFAULT_ROLE,
  };
  return {
    dataDir: v.DATA_DIR,
    host: v.HOST ?? null,
    port: v.PORT,
    logLevel: v.LOG_LEVEL,
    sqliteEngine: v.SQLITE_ENGINE,
    mongoUri: v.MONGODB_URI ?? null,
    peers: { host: v.PEER_HOST ?? null, port: v.PEER_PORT },
    slack,
    openAi: readOpenAi(v),
    proxy: http || https ? { http, https, no: v.NO_PROXY ?? '' } : null,
    rateCards: card.rates.cards,
    rateCardPath: v.RATE_CARD ?? null,
    endpoints: card.rates.endpoints.map(({ name, baseUrl, keyVariable }) => ({
      ...{ name, baseUrl },
      apiKey: (keyVariable && given[keyVariable]) || NO_KEY,
    })),
    sketch,
    imagesAtOnce: v.IMAGES_AT_ONCE,
    imageRetentionDays: v.IMAGE_RETENTION_DAYS,
    workspace,
    workspaceSaid: {
      ...(given.TIME_ZONE ? { timeZone: workspace.timeZone } : {}),
      ...(given.WEEK_STARTS_ON ? { weekStartsOn: workspace.weekStartsOn } : {}),
      ...(given.CREDIT_VALUE_MICRO_USD ? { creditValueMicroUsd: workspace.creditValueMicroUsd } : {}),
      ...(given.MARKUP_BASIS_POINTS ? { markupBasisPoints: workspace.markupBasisPoints } : {}),
      ...(given.DEFAULT_ROLE ? { defaultRole: workspace.defaultRole } : {}),
    },
  };
}

type Variables = z.infer<typeof environmentSchema>;

/** What a server that asks for no key is sent. */
const NO_KEY = 'none';

/** Read before the other variables are: it names some of them. */
function ratesOf(environment: Record<string, string | undefined>, known: readonly string[]) {
  const path = environmentOf(environment, known).values.RATE_CARD;
  const { rates, problems } = path ? rateCardFile(path, known) : { rates: { cards: [], endpoints: [] }, problems: [] };
  return { rates, problems, keyVariables: rates.endpoints.flatMap(({ keyVariable }) => keyVariable ?? []) };
}

const missingKeys = ({ rates }: { rates: Rates }, given: Record<string, string>): string[] =>
  rates.endpoints.flatMap(({ name, keyVariable }) =>
    keyVariable && !given[keyVariable]
      ? [`${keyVariable} is missing: the rate card names it for ${name}. Set it, or remove ${name} from the card.`]
      : [],
  );

/** The variables that name a server, each with the secret that it is sent. */
const SENT_TO = { OPENAI_BASE_URL: 'OPENAI_API_KEY', SLACK_API_URL: 'SLACK_BOT_TOKEN' } as const;

const keysInPlain = (given: Record<string, string>): string[] =>
  Object.entries(SENT_TO).flatMap(([address, key]) => {
    const url = given[address] ?? '';
    return given[key] && URL.canParse(url) && isReadOnTheWay(url) ? [`${address} ${MUST_BE_HTTPS}`] : [];
  });

function readOpenAi(v: Variables): Config['openAi'] {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl = null } = v;
  return apiKey ? { apiKey, baseUrl, safetyId: v.OPENAI_SAFETY_IDENTIFIER === 'on' } : null;
}

function readSlack(v: Variables): Config['slack'] {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = v;
  if (!botToken && !appToken && !signingSecret) {
    if (!v.SLACK_API_URL && !v.INKWELL_OWNER_ID) return { mode: 'playground' };
    throw new ConfigFault([
      'SLACK_BOT_TOKEN is missing. Set it to connect to Slack, or remove SLACK_API_URL and INKWELL_OWNER_ID to run the playground.',
    ]);
  }
  const problems: string[] = [];
  if (!botToken) problems.push('SLACK_BOT_TOKEN is missing. The other Slack variables don’t work without it.');
  if (!appToken && !signingSecret) {
    problems.push('SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) is required. Set one of them.');
  }
  if (!v.INKWELL_OWNER_ID) {
    problems.push(
      'INKWELL_OWNER_ID is missing: the Slack member id of the person who owns Inkwell (profile → ⋮ → Copy member ID).',
    );
  }
  if (!botToken || !v.INKWELL_OWNER_ID || problems.length > 0) throw new ConfigFault(problems);
  const real = { botToken, apiUrl: v.SLACK_API_URL ?? null, ownerId: v.INKWELL_OWNER_ID };
  if (appToken) return { mode: 'socket', appToken, ...real };
  return { mode: 'http', signingSecret: signingSecret ?? '', ...real };
}
