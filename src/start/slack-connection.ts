import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLocalSlack, DEMO_WORKSPACE, type LocalSlack, type Manifest, readManifest } from '@inkwell/local-slack';
import { WebClient } from '@slack/web-api';
import type { Config } from '../config.ts';
import type { HttpServer } from '../http/server.ts';
import type { Log } from '../ports/ports.ts';
import { problemOf } from '../slack/platform/socket/reports.ts';
import { hearingTheTime, webClientOptions } from '../slack/platform/web-client.ts';
import { closeSqlite, openSqlite } from '../storage/sqlite/open.ts';
import { createNetwork, type Network } from './network.ts';
import type { TrustedClock } from './trusted-clock.ts';

/** The build makes one file of all sources, in `dist/`. */
const IS_BUNDLED = !import.meta.url.endsWith('.ts');
const ROOT = new URL(IS_BUNDLED ? '../' : '../../', import.meta.url);

/** The Slack that the bot talks to: the real one, or the one in this process. The bot cannot tell. */
export type SlackConnection = {
  mode: Config['slack']['mode'];
  teamId: string;
  client: WebClient;
  network: Network;
  /** How Bolt is to be connected. */
  bolt: BoltConnection;
  local: LocalSlack | null;
  greeting: string;
  /** Makes Slack say what the time is. */
  askTime(): Promise<unknown>;
  close(): Promise<void>;
};

export type BoltConnection = {
  botToken: string;
  botUserId: string;
  botId: string | null;
  apiUrl: string | null;
} & ({ mode: 'http'; signingSecret: string } | { mode: 'socket'; appToken: string });

/** Something outside is not as it has to be; the message says what to do. */
export class StartFault extends Error {
  override name = 'StartFault';
  readonly code = 'start';
}

type Parts = {
  clock: TrustedClock;
  log: Log;
  server: HttpServer;
  /** Only the playground does these. */
  onReset: () => Promise<void>;
  letWeekPass: (tell: () => void) => Promise<void>;
};

export async function openSlackConnection(config: Config, parts: Parts): Promise<SlackConnection> {
  const { slack } = config;
  const { clock, log } = parts;
  if (slack.mode === 'playground') return openPlayground(config, parts);
  const network = createNetwork(config.proxy);
  const options = webClientOptions(slack.apiUrl, log, { now: clock.now, way: network.fetch });
  const client = new WebClient(slack.botToken, hearingTheTime(options, clock));
  const who = await askWho(client);
  const base = { botToken: slack.botToken, apiUrl: slack.apiUrl, botUserId: who.botUserId, botId: who.botId };
  return {
    mode: slack.mode,
    teamId: who.teamId,
    client,
    network,
    bolt:
      slack.mode === 'http'
        ? { mode: 'http', signingSecret: slack.signingSecret, ...base }
        : { mode: 'socket', appToken: slack.appToken, ...base },
    local: null,
    greeting:
      slack.mode === 'http'
        ? `Inkwell is running in ${who.team}. Slack calls it on port ${config.port}, at /slack/events.`
        : `Inkwell is running in ${who.team}, over Socket Mode.`,
    askTime: () => client.api.test(),
    close: () => network.close(),
  };
}

function openPlayground({ dataDir }: Config, { clock, log, server, ...doing }: Parts): SlackConnection {
  const botToken = `xoxb-playground-${randomBytes(12).toString('hex')}`;
  const signingSecret = randomBytes(16).toString('hex');
  const local = createLocalSlack({
    manifest: ownManifest(fileURLToPath(new URL('manifest.yml', ROOT))),
    seed: DEMO_WORKSPACE,
    signingSecret,
    botToken,
    clock: clock.now,
    // Its deliveries are checked by the time that the product goes by.
    wallClock: clock.now,
    dataFile: join(dataDir, 'playground.sqlite'),
    openDatabase,
    pageFolder: pageFolder(),
    rateLimits: 'tolerant',
    onReset: doing.onReset,
    letWeekPass: doing.letWeekPass,
  });
  server.serve({ others: local.serveAt(server.url) });
  const { teamId, bot } = DEMO_WORKSPACE.workspace;
  // It is in this process: a proxy has no business there.
  const network = createNetwork(null);
  return {
    mode: 'playground',
    teamId,
    client: new WebClient(botToken, webClientOptions(local.apiUrl, log, { now: clock.now, way: network.fetch })),
    network,
    bolt: { mode: 'http', signingSecret, botToken, botUserId: bot.userId, botId: bot.botId, apiUrl: local.apiUrl },
    local,
    greeting: `Inkwell’s playground is open at ${local.url}/`,
    // It goes by the clock of this machine.
    askTime: async () => {},
    close: async () => {
      await local.close();
      await network.close();
    },
  };
}

function ownManifest(path: string): Manifest {
  try {
    return readManifest(path);
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException;
    throw new StartFault(
      `${path} is missing or malformed (${code ?? name}). Put back the one that came with Inkwell.`,
      {
        cause: error,
      },
    );
  }
}

/** Locks the file while it is open. It survives a power cut, as the ledger does. */
function openDatabase(file: string, schema: readonly string[]) {
  const database = openSqlite(file, { schema, exclusive: true });
  return { database, close: () => closeSqlite(database) };
}

function pageFolder(): string {
  const folder = fileURLToPath(new URL(IS_BUNDLED ? 'dist/page' : 'packages/local-slack/src/page', ROOT));
  if (existsSync(join(folder, 'index.html'))) return folder;
  throw new StartFault(`The playground’s page is missing from ${folder}. Build it again: npm run build`);
}

export async function askWho(client: WebClient) {
  try {
    const { team_id: teamId, team, user_id: botUserId, bot_id: botId } = await client.auth.test();
    if (!teamId || !botUserId) throw new StartFault('Slack did not say which workspace SLACK_BOT_TOKEN belongs to.');
    return { teamId, team: team ?? teamId, botUserId, botId: botId ?? null };
  } catch (error) {
    if (error instanceof StartFault) throw error;
    const { isRefusal, code } = problemOf(error);
    throw new StartFault(
      isRefusal
        ? `Slack does not accept SLACK_BOT_TOKEN (${code}). Copy it again from OAuth & Permissions.`
        : `Can’t reach Slack (${code}). Check your network, any proxy and, if set, SLACK_API_URL.`,
    );
  }
}
