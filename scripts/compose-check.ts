// Holds .env.example, docker-compose.yml and the Dockerfile against the configuration: every variable, no more, no less.
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { readConfig } from '../src/config.ts';
import { VARIABLES } from '../src/start/variables.ts';

type Service = {
  image?: string;
  command?: string[];
  environment?: Record<string, string | number>;
  depends_on?: Record<string, { condition: string }>;
  ports?: string[];
  volumes?: string[];
  healthcheck?: { test: string[] };
  stop_grace_period?: string;
};
type Compose = { services: Record<string, Service>; volumes: Record<string, unknown> };

/** What a container has no use for: there is no folder, and so no engine, where MongoDB is. */
const NOT_IN_A_CONTAINER = ['DATA_DIR', 'SQLITE_ENGINE', 'HOST'];
/** `process-life.ts` gives up after 28 s. */
const STOP_WITHIN_S = 28;

const names = Object.keys(VARIABLES);
const example = readFileSync('.env.example', 'utf8');
const compose = parse(readFileSync('docker-compose.yml', 'utf8')) as Compose;
const dockerfile = readFileSync('Dockerfile', 'utf8');
const problems: string[] = [];
const must = (holds: unknown, problem: string) => {
  if (!holds) problems.push(problem);
};

const { bot, mongo } = compose.services;
must(bot && mongo, 'docker-compose.yml has a bot and a mongo.');
if (bot && mongo) {
  checkVariables(bot.environment ?? {});
  checkDatabase(bot, mongo);
}
checkImage();

for (const problem of problems) console.error(`- ${problem}`);
console.log(
  problems.length === 0
    ? `.env.example, docker-compose.yml, Dockerfile and the configuration agree: ${names.length} variables.`
    : `.env.example, docker-compose.yml, Dockerfile and the configuration do not agree: ${problems.length} problems.`,
);
process.exitCode = problems.length === 0 ? 0 : 1;

function checkVariables(environment: Record<string, string | number>) {
  const explained = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name ?? '');
  same('.env.example', explained, names);
  same(
    'docker-compose.yml',
    Object.keys(environment),
    names.filter((name) => !NOT_IN_A_CONTAINER.includes(name)),
  );
  const fixed: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    const taken = /^\$\{(\w+)(:-|:\?.*)\}$/.exec(String(value));
    if (taken) must(taken[1] === name, `${name} of the bot is taken from ${taken[1]}.`);
    else fixed[name] = String(value);
  }
  const needed = {
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_APP_TOKEN: 'xapp-1',
    INKWELL_OWNER_ID: 'U0123',
    OPENAI_API_KEY: 'sk-12345678',
  };
  const config = readConfig({ ...needed, ...fixed }, 'Europe/London');
  must(config.mongoUri, 'The bot of docker-compose.yml has no MONGODB_URI.');
  must(
    bot?.ports?.some((port) => port.endsWith(`:${config.port}`)),
    `The bot's port ${config.port} is not published.`,
  );
  must(dockerfile.includes(`EXPOSE ${config.port}\n`), `The Dockerfile does not expose ${config.port}.`);
  must(
    dockerfile.includes(`127.0.0.1:${config.port}/healthz`),
    `The Dockerfile asks for health elsewhere than at ${config.port}.`,
  );
  must(!dockerfile.includes('SLACK_'), 'The Dockerfile asks for health in some modes alone.');
}

function checkDatabase(client: Service, database: Service) {
  const uri = new URL(String(client.environment?.MONGODB_URI).replace('mongodb:', 'http:'));
  const set = uri.searchParams.get('replicaSet');
  const command = database.command ?? [];
  const health = database.healthcheck?.test.join(' ') ?? '';
  must(uri.hostname in compose.services, `MONGODB_URI names ${uri.hostname}, which is no service.`);
  must(set && command[command.indexOf('--replSet') + 1] === set, `mongo is not started as replica set ${set}.`);
  must(
    health.includes(`_id: '${set}'`) && health.includes(`host: '${uri.host}'`),
    'mongo is made another replica set than the bot looks for.',
  );
  must(
    client.depends_on?.[uri.hostname]?.condition === 'service_healthy',
    'The bot does not wait for a healthy mongo.',
  );
  const [volume] = database.volumes?.map((each) => each.split(':')) ?? [];
  must(volume?.[1] === '/data/db' && volume[0] && volume[0] in compose.volumes, 'mongo keeps its data in no volume.');
  must(!database.ports, 'mongo, which asks for no password, is published.');
  must(
    Number.parseInt(client.stop_grace_period ?? '0', 10) >= STOP_WITHIN_S,
    'The bot is killed before it has stopped.',
  );
}

function checkImage() {
  const [, major = '0'] = /^FROM node:(\d+)/m.exec(dockerfile) ?? [];
  const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };
  must(Number(major) >= Number.parseInt(engines.node.replace('>=', ''), 10), `The image's Node ${major} is too old.`);
  must(/^USER (?!root\b|0\b)\w+$/m.test(dockerfile), 'The image runs as root.');
  const ignored = readFileSync('.dockerignore', 'utf8').split('\n');
  must(ignored[0] === '*', '.dockerignore lets everything into the image.');
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(([, words = '']) =>
    words.split(' ').slice(0, -1),
  );
  for (const path of copied) {
    must(existsSync(path), `The Dockerfile copies ${path}, which is not there.`);
    must(ignored.includes(`!${path}`), `.dockerignore keeps ${path} from the image.`);
  }
}

function same(where: string, stated: readonly string[], meant: readonly string[]) {
  for (const one of stated) must(meant.includes(one), `${one} is in ${where}, but is no variable.`);
  for (const one of meant) must(stated.includes(one), `${one} is not in ${where}.`);
  must(new Set(stated).size === stated.length, `${where} names a variable twice.`);
}
