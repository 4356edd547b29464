// Holds manifest.yml against the code: commands, events, ids, and the scopes that the calls in it need, no more, no less.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ACTIONS, COMMANDS, EVENTS, SHORTCUTS, VIEWS } from '../src/slack/kit/ids.ts';

/** docs.slack.dev/reference/methods: what each method that we call needs. */
const SCOPES_OF_METHODS: Record<string, readonly string[]> = {
  'auth.test': [],
  'chat.delete': ['chat:write'],
  // Any token may ask for it.
  'chat.getPermalink': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.members': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  'files.completeUploadExternal': ['files:write'],
  'files.delete': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'users.info': ['users:read'],
  'users.list': ['users:read'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};

/**
 * Asked for though no method needs it: `commands` lets slash commands exist; a select of conversations reads their names;
 * reactions and mentions are heard of.
 */
const SCOPES_OF_FEATURES = ['commands', 'channels:read', 'groups:read', 'reactions:read', 'app_mentions:read'];

type Manifest = {
  features: { slash_commands: { command: string }[]; shortcuts: { callback_id: string }[] };
  oauth_config: { scopes: { bot: string[] } };
  settings: { event_subscriptions: { bot_events: string[] } };
};

const manifest = parse(readFileSync('manifest.yml', 'utf8')) as Manifest;
const sources = filesBelow('src/slack').map((file) => readFileSync(file, 'utf8'));
/** Matches the code that registers a listener: a route, an event, or a form's part. */
const REGISTERS = /\broutes\.|\bdefineForm\(|\bopens\(|\bclicks\(|\.event\(/;
const listeners = sources.filter((text) => REGISTERS.test(text));
const problems: string[] = [];

same(
  'slash command',
  manifest.features.slash_commands.map(({ command }) => command),
  Object.values(COMMANDS),
);
same(
  'shortcut',
  manifest.features.shortcuts.map(({ callback_id: id }) => id),
  Object.values(SHORTCUTS),
);
same('event', manifest.settings.event_subscriptions.bot_events, Object.values(EVENTS));

const methods = new Set(
  sources.flatMap((text) => [...text.matchAll(/\bclient\s*\.(\w+)\s*\.(\w+)\(/g)].map(([, a, b]) => `${a}.${b}`)),
);
for (const method of methods)
  if (!(method in SCOPES_OF_METHODS)) problems.push(`${method} is called, but its scopes are not listed here.`);
const needed = new Set([...SCOPES_OF_FEATURES, ...[...methods].flatMap((method) => SCOPES_OF_METHODS[method] ?? [])]);
same('scope', manifest.oauth_config.scopes.bot, [...needed]);

for (const [kind, ids] of Object.entries({ ACTIONS, VIEWS, COMMANDS, SHORTCUTS, EVENTS })) {
  for (const name of Object.keys(ids)) {
    if (!listeners.some((text) => text.includes(`${kind}.${name}`))) problems.push(`${kind}.${name} has no listener.`);
  }
  same(`value of ${kind}`, Object.values(ids), [...new Set(Object.values(ids))]);
}
for (const text of sources) {
  for (const [literal] of text.matchAll(/(?:action_id|callback_id): '[^']+'/g))
    problems.push(`${literal} is not one of src/slack/kit/ids.ts.`);
}

for (const problem of problems) console.error(`- ${problem}`);
console.log(
  problems.length === 0
    ? `manifest.yml and the code agree: ${methods.size} methods, ${needed.size} scopes, ${Object.keys(ACTIONS).length} actions, ${Object.keys(VIEWS).length} views.`
    : `manifest.yml and the code do not agree: ${problems.length} problems.`,
);
process.exitCode = problems.length === 0 ? 0 : 1;

function same(what: string, stated: readonly string[], meant: readonly string[]) {
  for (const one of stated)
    if (!meant.includes(one)) problems.push(`${what} ${one} is in manifest.yml, but not in the code.`);
  for (const one of meant)
    if (!stated.includes(one)) problems.push(`${what} ${one} is in the code, but not in manifest.yml.`);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));
}
