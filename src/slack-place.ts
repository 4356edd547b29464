import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebClient } from '@slack/web-api';
import type { Clock, Log } from './app/ports.ts';
import type { Config } from './config.ts';
import { createLocalSlack, JUNIPER, type LocalSlack, readManifest } from './playground/local-slack.ts';
import { webClientOptions } from './slack/web-client.ts';

/** The Slack that the bot talks to: the real one, or the one in this process. The bot cannot tell. */
export type SlackPlace = {
  mode: Config['slack']['mode'];
  teamId: string;
  client: WebClient;
  /** How Bolt is to be connected. */
  bolt: BoltConnection;
  listenOn: { host: string; port: number };
  local: LocalSlack | null;
  greeting: string;
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

export async function openSlackPlace(
  config: Config,
  { clock, log, onReset }: { clock: Clock; log: Log; onReset: () => Promise<void> },
): Promise<SlackPlace> {
  const { slack } = config;
  if (slack.mode === 'playground') return await openPlayground(config, { clock, log, onReset });
  const client = new WebClient(slack.botToken, webClientOptions(slack.apiUrl, log));
  const who = await askWho(client);
  const base = { botToken: slack.botToken, apiUrl: slack.apiUrl, botUserId: who.botUserId, botId: who.botId };
  return {
    mode: slack.mode,
    teamId: who.teamId,
    client,
    bolt:
      slack.mode === 'http'
        ? { mode: 'http', signingSecret: slack.signingSecret, ...base }
        : { mode: 'socket', appToken: slack.appToken, ...base },
    listenOn: { host: '0.0.0.0', port: config.port },
    local: null,
    greeting:
      slack.mode === 'http'
        ? `Inkwell is at work in ${who.team}. Slack calls it on port ${config.port}, at /slack/events.`
        : `Inkwell is at work in ${who.team}, over Socket Mode.`,
    close: async () => {},
  };
}

async function openPlayground(
  { dataDir, port }: Config,
  { clock, log, onReset }: { clock: Clock; log: Log; onReset: () => Promise<void> },
): Promise<SlackPlace> {
  const botToken = `xoxb-playground-${randomBytes(12).toString('hex')}`;
  const signingSecret = randomBytes(16).toString('hex');
  const local = createLocalSlack({
    manifest: readManifest(fileURLToPath(new URL('../manifest.yml', import.meta.url))),
    seed: JUNIPER,
    signingSecret,
    botToken,
    clock: clock.now,
    dataFile: join(dataDir, 'playground.sqlite'),
    pageFolder: pageFolder(),
    rateLimits: 'tolerant',
    commandsInThreads: true,
    onReset,
  });
  await local.listen({ port }).catch(async (error: NodeJS.ErrnoException) => {
    await local.close();
    if (error.code !== 'EADDRINUSE') throw error;
    throw new StartFault(`Port ${port} is in use. Stop what runs there, or choose another: PORT=3001 npm start`);
  });
  const { teamId, bot } = JUNIPER.workspace;
  return {
    mode: 'playground',
    teamId,
    client: new WebClient(botToken, webClientOptions(local.apiUrl, log)),
    bolt: { mode: 'http', signingSecret, botToken, botUserId: bot.userId, botId: bot.botId, apiUrl: local.apiUrl },
    listenOn: { host: '127.0.0.1', port: 0 },
    local,
    greeting: `Inkwell’s playground is open at ${local.url}/`,
    close: () => local.close(),
  };
}

/** Beside the bundle, or in the sources. */
function pageFolder(): string {
  const [bundled, source] = ['./page', './playground/page'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  return existsSync(bundled ?? '') ? (bundled ?? '') : (source ?? '');
}

async function askWho(client: WebClient) {
  try {
    const { team_id: teamId, team, user_id: botUserId, bot_id: botId } = await client.auth.test();
    if (!teamId || !botUserId) throw new StartFault('Slack did not say which workspace SLACK_BOT_TOKEN belongs to.');
    return { teamId, team: team ?? teamId, botUserId, botId: botId ?? null };
  } catch (error) {
    if (error instanceof StartFault) throw error;
    const refused = (error as { data?: { error?: string } }).data?.error;
    if (refused)
      throw new StartFault(
        `Slack does not accept SLACK_BOT_TOKEN (${refused}). Copy it again from OAuth & Permissions.`,
      );
    throw new StartFault(
      `Slack cannot be reached (${(error as { code?: string }).code ?? 'no answer'}). Check the network, and SLACK_API_URL if it is set.`,
    );
  }
}
