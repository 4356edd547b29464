import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type ConfigFault, readConfig } from '../src/config.ts';
import { VARIABLES } from '../src/start/variables.ts';

const read = (environment: Record<string, string>) => readConfig(environment, 'Europe/Berlin');

function problems(environment: Record<string, string>): readonly string[] {
  try {
    read(environment);
  } catch (error) {
    return (error as ConfigFault).problems;
  }
  return [];
}

const BOT = { SLACK_BOT_TOKEN: 'xoxb-1', INKWELL_OWNER_ID: 'U012AB3CD' };
const SOCKET = { ...BOT, SLACK_APP_TOKEN: 'xapp-1' };
const KEY = { OPENAI_API_KEY: 'sk-12345678' };

describe('the environment', () => {
  test('empty means the playground, in the machine’s time zone', () => {
    expect(read({ PATH: '/bin', SLACK_BOT_TOKEN: ' ' })).toMatchObject({
      slack: { mode: 'playground' },
      dataDir: './data',
      port: 3000,
      workspace: { timeZone: 'Europe/Berlin' },
    });
  });

  test('with an app token means Socket Mode, with a signing secret HTTP', () => {
    expect(read({ ...SOCKET, ...KEY }).slack).toMatchObject({ mode: 'socket', appToken: 'xapp-1' });
    expect(read({ ...BOT, ...KEY, SLACK_SIGNING_SECRET: 'ab'.repeat(16) }).slack).toMatchObject({ mode: 'http' });
  });

  test.each([
    ['a bot token alone', BOT, ['SLACK_APP_TOKEN']],
    ['no owner', { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }, ['INKWELL_OWNER_ID']],
    ['an app token alone', { SLACK_APP_TOKEN: 'xapp-1' }, ['SLACK_BOT_TOKEN', 'INKWELL_OWNER_ID']],
    ['an API address alone', { SLACK_API_URL: 'http://localhost:1/' }, ['SLACK_BOT_TOKEN']],
    [
      'tokens of the wrong kind',
      { SLACK_BOT_TOKEN: 'xoxp-1', SLACK_APP_TOKEN: 'xoxb-1' },
      ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'],
    ],
    [
      'numbers that are none',
      { PORT: '80.5', IMAGES_AT_ONCE: '0', CREDIT_VALUE_MICRO_USD: 'ten' },
      ['PORT', 'IMAGES_AT_ONCE', 'CREDIT_VALUE_MICRO_USD'],
    ],
    ['an unknown time zone', { TIME_ZONE: 'Mars/Olympus' }, ['TIME_ZONE']],
    ['nobody to make images', { SKETCH: 'off' }, ['SKETCH']],
    ['nobody to make images in a real Slack', SOCKET, ['OPENAI_API_KEY']],
    ['nobody who was asked to, there', { ...SOCKET, SKETCH: 'off' }, ['SKETCH']],
    ['an address that is none', { OPENAI_BASE_URL: 'ftp://x' }, ['OPENAI_BASE_URL']],
    ['a key that others could read', { ...KEY, OPENAI_BASE_URL: 'http://images.example/v1' }, ['OPENAI_BASE_URL']],
    ['a token that others could read', { ...SOCKET, ...KEY, SLACK_API_URL: 'http://10.0.0.7/api/' }, ['SLACK_API_URL']],
  ])('with %s is refused, one sentence a variable', (_name, environment, variables) => {
    const found = problems(environment);
    expect(found.map((problem) => problem.split(' ')[0])).toEqual(variables);
    for (const problem of found) expect(problem).toMatch(/^[A-Z_]+ .+\.$/);
  });

  test.each([
    ['in the playground', {}, true],
    ['in the playground with a key', KEY, true],
    ['in the playground, where it is turned off', { ...KEY, SKETCH: 'off' }, false],
    ['in a real Slack', { ...SOCKET, ...KEY }, false],
    ['in a real Slack where it is asked for', { ...SOCKET, SKETCH: 'on' }, true],
    ['where the variable is empty', { ...SOCKET, ...KEY, SKETCH: ' ' }, false],
  ])('sample images are there or not: %s', (_, environment, isThere) => {
    expect(read(environment as Record<string, string>).sketch).toBe(isThere);
  });

  test('a secret is never repeated in a problem', () => {
    const secret = 'xoxp-very-secret';
    expect(problems({ SLACK_BOT_TOKEN: secret }).join()).not.toContain(secret);
  });

  test('is explained in .env.example, variable for variable', () => {
    const explained = readFileSync('.env.example', 'utf8').match(/^[A-Z_]+(?==)/gm) ?? [];
    expect([...explained].sort()).toEqual(Object.keys(VARIABLES).sort());
  });
});
