import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type ConfigFault, readConfig } from '../src/config.ts';
import { environmentOf, mergedEnvironment } from '../src/start/environment.ts';
import { environmentHere } from '../src/start/environment-file.ts';
import { VARIABLES } from '../src/start/variables.ts';

const KNOWN = Object.keys(VARIABLES);
const TOKEN = 'xoxb-1-abc';
const read = (given: Record<string, string>) => environmentOf(given, KNOWN);
const problems = (given: Record<string, string>): readonly string[] => {
  try {
    readConfig(given, 'UTC');
    return [];
  } catch (error) {
    return (error as ConfigFault).problems;
  }
};

describe('a variable is understood', () => {
  test.each([
    ['after the mark that an editor puts before the first line', { '\uFEFFSLACK_BOT_TOKEN': TOKEN }],
    ['with an invisible space in its name', { 'SLACK_BOT\u200b_TOKEN': TOKEN }],
    ['with the word of a shell', { 'export SLACK_BOT_TOKEN': TOKEN }],
    ['with the word of another shell', { '$env:SLACK_BOT_TOKEN': TOKEN }],
    ['in small letters', { slack_bot_token: TOKEN }],
    ['with spaces around its name', { ' SLACK_BOT_TOKEN ': ` ${TOKEN} ` }],
    ['in quotes that a container runtime kept', { SLACK_BOT_TOKEN: `"${TOKEN}"` }],
    ['in single quotes', { SLACK_BOT_TOKEN: `'${TOKEN}'` }],
    ['in the quotes of a word processor', { SLACK_BOT_TOKEN: `“${TOKEN}”` }],
    ['with the end of a line of Windows', { SLACK_BOT_TOKEN: `${TOKEN}\r` }],
    ['with a space that does not break', { SLACK_BOT_TOKEN: `\u00a0${TOKEN}\u00a0` }],
    ['with a remark behind it', { SLACK_BOT_TOKEN: `${TOKEN} # the bot` }],
    ['with quotes and a remark', { SLACK_BOT_TOKEN: `"${TOKEN}"   # the bot` }],
    ['given twice, alike', { SLACK_BOT_TOKEN: TOKEN, slack_bot_token: `"${TOKEN}"` }],
  ])('%s', (_, given) => {
    expect(read(given as Record<string, string>)).toEqual({ values: { SLACK_BOT_TOKEN: TOKEN }, problems: [] });
  });

  test.each([
    ['SKETCH', 'ON', { sketch: true }],
    ['SKETCH', 'True', { sketch: true }],
    ['LOG_LEVEL', 'WARN', { logLevel: 'warn' }],
    ['SQLITE_ENGINE', '"Package"', { sqliteEngine: 'package' }],
    ['PORT', '３０００', { port: 3000 }],
    ['PORT', '+3000', { port: 3000 }],
    ['HOST', '[::1]', { host: '::1' }],
    ['HOST', 'inkwell.local', { host: 'inkwell.local' }],
  ])('where %s is %s', (name, value, config) => {
    expect(readConfig({ [name]: value }, 'UTC')).toMatchObject(config);
  });

  test('a number sign inside a value is part of it', () => {
    const uri = 'mongodb://me:a#b@host/inkwell';
    expect(read({ MONGODB_URI: uri }).values).toEqual({ MONGODB_URI: uri });
  });

  test('an empty one hides none of the file’s', () => {
    const merged = mergedEnvironment({ SLACK_BOT_TOKEN: TOKEN, PORT: '1' }, { SLACK_BOT_TOKEN: ' ', PORT: '2' });
    expect(merged).toEqual({ SLACK_BOT_TOKEN: TOKEN, PORT: '2' });
  });
});

describe('one that cannot be meant is a sentence, and nothing starts', () => {
  test.each([
    ['SLACK_BOT_TOKE', 'SLACK_BOT_TOKEN'],
    ['SLACK_TOKEN', 'SLACK_BOT_TOKEN'],
    ['SLACK-BOT-TOKEN', 'SLACK_BOT_TOKEN'],
    ['SLACKBOTTOKEN', 'SLACK_BOT_TOKEN'],
    ['SLACK_SIGNINGSECRET', 'SLACK_SIGNING_SECRET'],
    ['OPEN_AI_API_KEY', 'OPENAI_API_KEY'],
    ['OPENAI_APIKEY', 'OPENAI_API_KEY'],
    ['INKWELL_OWNER', 'INKWELL_OWNER_ID'],
    ['MONGO_URI', 'MONGODB_URI'],
    ['MONGODB_URL', 'MONGODB_URI'],
    ['TIMEZONE', 'TIME_ZONE'],
    ['DATADIR', 'DATA_DIR'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['IMAGE_AT_ONCE', 'IMAGES_AT_ONCE'],
    ['WEEKS_STARTS_ON', 'WEEK_STARTS_ON'],
  ])('%s is taken for %s', (name, meant) => {
    expect(problems({ [name]: 'x' })).toEqual([`${name} isn’t a variable of Inkwell. Did you mean ${meant}?`]);
  });

  test.each([
    ['PORT', '0x10'],
    ['PORT', '1e3'],
    ['PORT', '3,000'],
    ['PORT', '-1'],
    ['PORT', '3000.0'],
    ['PORT', 'tcp://10.0.0.1:3000'],
    ['SKETCH', 'perhaps'],
    ['HOST', 'https://inkwell.example.com'],
    ['HOST', '127.0.0.1:3000'],
    ['LOG_LEVEL', 'loud'],
  ])('%s=%s', (name, value) => {
    const [problem = '', ...more] = problems({ [name]: value });
    expect(problem).toMatch(new RegExp(`^${name} must be `));
    expect(more).toEqual([]);
  });

  test('two values for one name are not chosen between, and neither is repeated', () => {
    const found = problems({ SLACK_BOT_TOKEN: 'xoxb-first', slack_bot_token: 'xoxb-second' });
    expect(found[0]).toBe('SLACK_BOT_TOKEN is given twice, with different values. Remove one of them.');
    expect(found.join()).not.toMatch(/first|second/);
  });
});

describe('other programs’ variables are left alone', () => {
  test.each([
    ['PATH', '/bin'],
    ['HOSTNAME', 'a'],
    ['FTP_PROXY', 'http://p'],
    ['ALL_PROXY', 'http://p'],
    ['SLACK_WEBHOOK_URL', 'https://hooks.example.com'],
    ['OPENAI_ORG_ID', 'org'],
    ['EXPORT', 'a'],
    // A container runtime that runs a service called inkwell sets these.
    ['INKWELL_PORT', 'tcp://10.0.0.1:3000'],
    ['INKWELL_SERVICE_HOST', '10.0.0.1'],
    ['INKWELL_SERVICE_PORT_HTTP', '3000'],
    ['INKWELL_PORT_3000_TCP_ADDR', '10.0.0.1'],
    ['SLACK_SERVICE_PORT', '80'],
  ])('%s', (name, value) => expect(problems({ [name]: value })).toEqual([]));

  test('and what is near to one that is set', () => {
    expect(problems({ LOGLEVEL: 'x', LOG_LEVEL: 'info', TIMEZONE: 'x', TIME_ZONE: 'UTC' })).toEqual([]);
  });
});

describe('.env', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inkwell-env-'));
  const home = process.cwd();
  beforeEach(() => rmSync(join(folder, '.env'), { force: true }));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const valuesOf = (text: string | Buffer, environment: NodeJS.ProcessEnv = {}) => {
    writeFileSync(join(folder, '.env'), text);
    process.chdir(folder);
    try {
      return environmentOf(environmentHere(environment), KNOWN).values;
    } finally {
      process.chdir(home);
    }
  };

  test.each([
    ['with a mark at its beginning', '\uFEFFSLACK_BOT_TOKEN=xoxb-1-abc\nPORT=1'],
    ['with lines of Windows', 'SLACK_BOT_TOKEN=xoxb-1-abc\r\nPORT=1\r\n'],
    ['for a shell', 'export SLACK_BOT_TOKEN="xoxb-1-abc"\nexport PORT=1\n'],
    ['with spaces and remarks', '# bot\n SLACK_BOT_TOKEN = xoxb-1-abc # bot\n\n  PORT = 1'],
  ])('%s is read', (_, text) => {
    expect(valuesOf(text)).toEqual({ SLACK_BOT_TOKEN: TOKEN, PORT: '1' });
  });

  test('in two bytes a letter is refused in a sentence', () => {
    expect(() => valuesOf(Buffer.from('\uFEFFPORT=1', 'utf16le'))).toThrow('Save it again as UTF-8');
  });

  test('HOST as some shells set it, to the machine’s name, is not taken; as the file sets it, it is', () => {
    expect(valuesOf('PORT=1', { HOST: hostname() })).toEqual({ PORT: '1' });
    expect(valuesOf('HOST=10.0.0.1', { HOST: hostname() })).toEqual({ HOST: '10.0.0.1' });
    expect(valuesOf('PORT=1', { HOST: '10.0.0.2' })).toEqual({ PORT: '1', HOST: '10.0.0.2' });
  });
});
