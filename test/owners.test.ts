import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalSlack, DEMO_WORKSPACE, type LocalSlack, readManifest } from '@inkwell/local-slack';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import type { Line } from '../src/ledger/lines.ts';
import { Verifier } from '../src/ledger/verify/verifier.ts';
import { contentHash } from '../src/ports/content-hash.ts';
import { realClock } from '../src/start/real-clock.ts';
import { type Running, start } from '../src/start/start.ts';
import { isLong, someOf, testLong } from './support/is-long.ts';
import { describeOnMongo, testDatabase } from './support/mongo.ts';
import { programOfRun } from './support/program.ts';

const OLIVIA = 'U0OLIVIA';
const MARCUS = 'U0MARCUS';
const ANA = 'U0ANA';
const TEAM = DEMO_WORKSPACE.workspace.teamId;

let slack: LocalSlack;
let dataDir: string;
let mongoUri: string | null;
let running: Running | null;
let logged: { level: string; facts: Record<string, unknown>; message: string }[];

const log = Object.fromEntries(
  (['info', 'warn', 'error'] as const).map((level) => [
    level,
    (facts: Record<string, unknown>, message: string) => void logged.push({ level, facts, message }),
  ]),
) as Record<'info' | 'warn' | 'error', (facts: Record<string, unknown>, message: string) => void>;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'inkwell-'));
  mongoUri = null;
  running = null;
  logged = [];
  slack = createLocalSlack({
    manifest: readManifest('manifest.yml'),
    seed: DEMO_WORKSPACE,
    signingSecret: 'a1'.repeat(16),
    botToken: 'xoxb-test',
    clock: Date.now,
    rateLimits: 'off',
  });
  await slack.listen();
});
afterEach(async () => {
  await running?.stop();
  await slack.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const environment = () => ({
  DATA_DIR: dataDir,
  PORT: '0',
  SKETCH: 'on',
  SLACK_BOT_TOKEN: 'xoxb-test',
  SLACK_SIGNING_SECRET: 'a1'.repeat(16),
  SLACK_API_URL: slack.apiUrl,
  ...(mongoUri === null ? {} : { MONGODB_URI: mongoUri }),
});

async function startAs(ownerId: string): Promise<Running> {
  running = await start(readConfig({ ...environment(), INKWELL_OWNER_ID: ownerId }, 'Europe/London'), {
    clock: realClock,
    log,
  });
  return running;
}

async function stop() {
  await running?.stop();
  running = null;
}

const membersNow = () => {
  if (!running) throw new Error('nothing runs');
  return running.context.book.now().members;
};
const owners = () =>
  [...membersNow().values()]
    .filter(({ role, status }) => role === 'owner' && status === 'active')
    .map(({ memberId }) => memberId)
    .sort();
const warnings = () => logged.filter(({ level }) => level === 'warn').map(({ message }) => message);
const dms = (memberId: string) =>
  slack
    .messages(slack.directMessage(memberId))
    .filter(({ userId }) => userId === DEMO_WORKSPACE.workspace.bot.userId)
    .map(({ blocks }) => JSON.stringify(blocks));
const by = (memberId: string, wish: Record<string, unknown>) =>
  running?.context.book.submit({ commandId: `test-${Math.random()}`, by: memberId, ...wish } as never);

async function linesNow(): Promise<Line[]> {
  const { journal } = (running as Running).context;
  const lines = await journal.read({ workspace: TEAM, afterSeq: 0, linesMax: 1_000 });
  const verifier = new Verifier(TEAM, contentHash);
  for (const line of lines) verifier.add(line);
  expect(verifier.result()).toMatchObject({ ok: true });
  return lines;
}

describe('the first start', () => {
  const wrong: readonly (readonly [why: string, ownerId: string, sentence: RegExp])[] = [
    ['nobody knows', 'U0NOBODY', /INKWELL_OWNER_ID=U0NOBODY is not known in the workspace/],
    ['is a guest', 'U0GINA', /INKWELL_OWNER_ID=U0GINA is a guest/],
    ['is of another organization', 'U0TOM', /INKWELL_OWNER_ID=U0TOM belongs to another workspace/],
    ['is the app itself', 'U0INKWELL', /INKWELL_OWNER_ID=U0INKWELL is an app/],
  ];
  test.each(someOf(wrong, 2))('with an id that %s is one sentence, and no ledger', async (_, ownerId, sentence) => {
    await expect(startAs(ownerId)).rejects.toMatchObject({
      name: 'StartFault',
      message: expect.stringMatching(sentence),
    });
    await startAs(OLIVIA);
    expect(owners()).toEqual([OLIVIA]);
    expect((await linesNow())[0]).toMatchObject({ kind: 'workspace_opened', ownerId: OLIVIA });
  });

  test('says what comes next, until there is a client', async () => {
    const next = /^Next: open Inkwell’s Home in Slack\. It has the three steps/m;
    expect((await startAs(OLIVIA)).greeting).toMatch(next);
    await by(OLIVIA, { kind: 'create_client', clientId: 'atlas', name: 'Atlas' });
    await stop();
    expect((await startAs(OLIVIA)).greeting).not.toMatch(next);
  });

  test('with somebody who is deactivated is one sentence, and no ledger', async () => {
    await slack.changePerson(BEN, { deactivated: true });
    await expect(startAs(BEN)).rejects.toMatchObject({
      message: expect.stringMatching(/U0BEN is deactivated in Slack/),
    });
  });

  test.each(['u0olivia', ' U0OLIVIA '])('takes %j, which is no mistake in the id', async (ownerId) => {
    await startAs(ownerId);
    expect(owners()).toEqual([OLIVIA]);
  });

  test('says so where Slack does not answer about the owner, and starts once it does', async () => {
    for (let n = 0; n < 4; n += 1) slack.faults.next('users.info', { status: 503 });
    await expect(startAs(OLIVIA)).rejects.toMatchObject({
      message: expect.stringMatching(/^Slack could not be asked/),
    });
    slack.faults.clear();
    await startAs(OLIVIA);
    expect(owners()).toEqual([OLIVIA]);
  });
});
const BEN = 'U0BEN';

describe('a later start', () => {
  test('appoints nobody while there is an owner, and warns of an id that is not one', async () => {
    await startAs(OLIVIA);
    await stop();
    await startAs(OLIVIA);
    expect(warnings()).toEqual([]);
    await stop();
    for (const other of [MARCUS, 'U0NOBODY', 'U0GINA']) {
      logged = [];
      await startAs(other);
      expect(owners()).toEqual([OLIVIA]);
      expect(warnings()).toEqual([expect.stringMatching(`npm run owner -- ${other}`)]);
      expect(logged.find(({ level }) => level === 'warn')?.facts).toEqual({
        INKWELL_OWNER_ID: other,
        owners: [OLIVIA],
      });
      await stop();
    }
  });

  test.each([
    ['deactivated', () => slack.changePerson(OLIVIA, { deactivated: true })],
    ['made a guest', () => slack.changePerson(OLIVIA, { kind: 'guest' })],
  ])('with the only owner %s takes the one that is named, by a line, and says so', async (_, leave) => {
    await startAs(OLIVIA);
    await stop();
    await leave();
    await expect(startAs(OLIVIA)).rejects.toMatchObject({
      message: expect.stringMatching(/No owner is left in Slack/),
    });
    const { greeting } = await startAs(MARCUS);
    expect(greeting).toMatch(/No owner was left in Slack. INKWELL_OWNER_ID=U0MARCUS was made one\./);
    expect(warnings().join()).toMatch(/INKWELL_OWNER_ID appointed one/);
    expect(owners()).toEqual([MARCUS]);
    expect(await linesNow()).toContainEqual(
      expect.objectContaining({ kind: 'owner_appointed', by: 'inkwell', memberId: MARCUS, how: 'variable' }),
    );
    await slack.until(() => dms(MARCUS).some((said) => /You.{0,40} became an /.test(said)), 10_000);
    await stop();
    await startAs(MARCUS);
    expect((await linesNow()).filter(({ kind }) => kind === 'owner_appointed')).toHaveLength(1);
  });

  test('takes back who was removed or suspended, where nobody else is left', async () => {
    await startAs(OLIVIA);
    await by(OLIVIA, { kind: 'add_member', memberId: MARCUS, role: 'creator' });
    await by(OLIVIA, { kind: 'remove_member', memberId: MARCUS, reason: '' });
    await stop();
    await slack.changePerson(OLIVIA, { deactivated: true });
    await startAs(MARCUS);
    expect(membersNow().get(MARCUS)).toMatchObject({ role: 'owner', status: 'active' });
    expect(membersNow().get(OLIVIA)).toMatchObject({ status: 'removed' });
  });

  test('goes on where Slack does not answer about owners: they count as there', async () => {
    await startAs(OLIVIA);
    await stop();
    for (let n = 0; n < 8; n += 1) slack.faults.next('users.info', { status: 503 });
    await startAs(MARCUS);
    expect(owners()).toEqual([OLIVIA]);
  });

  test('an owner who is gone loses the role where another one is left', async () => {
    await startAs(OLIVIA);
    await by(OLIVIA, { kind: 'set_role', memberId: MARCUS, role: 'owner' });
    await by(OLIVIA, { kind: 'set_role', memberId: ANA, role: 'owner' });
    await stop();
    await slack.changePerson(MARCUS, { deactivated: true });
    await slack.changePerson(ANA, { kind: 'guest' });
    await startAs(OLIVIA);
    expect(owners()).toEqual([OLIVIA]);
    expect(membersNow().get(ANA)).toMatchObject({ role: 'viewer', status: 'active' });
  });
});

describe('a variable that only the first start reads', () => {
  test('is a warning with both values where the ledger says something else by now', async () => {
    await startAs(OLIVIA);
    await stop();
    const said = { TIME_ZONE: 'Asia/Tokyo', WEEK_STARTS_ON: '1', MARKUP_BASIS_POINTS: '20000', DEFAULT_ROLE: 'viewer' };
    const config = readConfig({ ...environment(), ...said, INKWELL_OWNER_ID: OLIVIA }, 'Europe/London');
    running = await start(config, { clock: realClock, log });
    expect(logged.filter(({ level }) => level === 'warn').map(({ facts }) => facts)).toEqual([
      { variable: 'TIME_ZONE', value: 'Asia/Tokyo', inForce: 'Europe/London' },
      { variable: 'MARKUP_BASIS_POINTS', value: 20_000, inForce: 15_000 },
      { variable: 'DEFAULT_ROLE', value: 'viewer', inForce: 'creator' },
    ]);
    expect(warnings().join()).toMatch(/TIME_ZONE=Asia\/Tokyo is not used: the ledger says Europe\/London/);
  });
});

describe('the last owner in Slack', () => {
  test('cannot go, though the ledger still knows another one', async () => {
    const { context: world } = await startAs(OLIVIA);
    const { setRole } = await import('../src/app/people/commands.ts');
    const { setSuspended } = await import('../src/app/people/commands.ts');
    const { removePerson } = await import('../src/app/people/commands.ts');
    await by(OLIVIA, { kind: 'set_role', memberId: MARCUS, role: 'owner' });
    await by(OLIVIA, { kind: 'set_role', memberId: ANA, role: 'owner' });
    await slack.changePerson(MARCUS, { kind: 'guest' });
    await slack.changePerson(ANA, { deactivated: true });
    const of = { by: OLIVIA, memberId: OLIVIA };
    const refused = { ok: false, refusal: { reason: 'last_owner', memberId: OLIVIA } };
    expect(await setSuspended(world, { ...of, deliveryId: 'd1', isSuspended: true })).toEqual(refused);
    expect(await removePerson(world, { ...of, deliveryId: 'd2', reason: '' })).toEqual(refused);
    expect(await setRole(world, { ...of, deliveryId: 'd3', role: 'creator' })).toEqual(refused);
    expect(owners()).toEqual([OLIVIA]);
  });

  test('made a guest stays in the books: no line at each look, and the log says what to do', async () => {
    const { context: world } = await startAs(OLIVIA);
    const { syncMember: meet } = await import('../src/app/people/sync-member.ts');
    await slack.changePerson(OLIVIA, { kind: 'guest' });
    world.people.forget(OLIVIA);
    const before = world.book.now().seq;
    for (let n = 0; n < 3; n += 1) await meet(world, OLIVIA);
    expect(world.book.now().seq).toBe(before);
    expect(logged.at(-1)).toMatchObject({ level: 'error', message: expect.stringMatching(/npm run owner/) });
  });
});

/** Each run is a process of its own, and loads all packages. */
const PROCESSES_MS = 90_000;

describe('npm run owner', () => {
  let program: string;
  beforeAll(() => {
    program = programOfRun('scripts/owner.ts');
  });

  async function run(
    words: readonly string[],
    change: Record<string, string> = {},
  ): Promise<{ code: number | null; said: string }> {
    // Only what is given here, and no .env of whoever runs the tests.
    const child = spawn(process.execPath, [program, ...words], {
      cwd: dataDir,
      env: { ...environment(), ...change, PATH: '' },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (said += bytes.toString()));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, said };
  }

  async function appointsBesideARunningInkwell() {
    await startAs(OLIVIA);
    const { code, said } = await run([MARCUS]);
    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringMatching(/^U0MARCUS is an owner of Inkwell/) });
    const { context: world } = running as Running;
    await world.book.read();
    expect(owners()).toEqual([MARCUS, OLIVIA]);
    expect((await linesNow()).at(-1)).toMatchObject({ kind: 'owner_appointed', by: 'inkwell', how: 'operator' });
    const { recoverJobs: sweep } = await import('../src/app/images/recover-jobs.ts');
    await sweep(world, { alone: false });
    await sweep(world, { alone: false });
    expect(dms(OLIVIA)).toEqual([expect.stringMatching(/U0MARCUS.*on the machine that Inkwell runs on/)]);
    expect(dms(MARCUS)).toEqual([expect.stringMatching(/You.{0,40} became an /)]);
    expect(await run([MARCUS])).toEqual({ code: 0, said: 'U0MARCUS is an owner already. Nothing was changed.\n' });
  }

  test(
    'appoints one beside a running Inkwell on a folder, who may set things at once',
    async () => {
      await appointsBesideARunningInkwell();
      expect(await by(MARCUS, { kind: 'create_client', clientId: 'c1', name: 'C' })).toMatchObject({ ok: true });
    },
    PROCESSES_MS,
  );

  testLong(
    'refuses who cannot own Inkwell, whatever flag is given',
    async () => {
      await startAs(OLIVIA);
      const cases: [string[], RegExp][] = [
        [['U0NOBODY'], /not known/],
        [['U0GINA', '--without-slack'], /guest/],
        [['U0TOM', '--without-slack'], /another workspace/],
      ];
      for (const [words, sentence] of cases) {
        expect(await run(words)).toEqual({ code: 1, said: expect.stringMatching(sentence) });
      }
      await running?.context.book.read();
      expect(owners()).toEqual([OLIVIA]);
    },
    PROCESSES_MS,
  );

  testLong(
    'works without Slack only where that is said',
    async () => {
      await startAs(OLIVIA);
      await stop();
      const away = { SLACK_API_URL: 'http://127.0.0.1:9/api/' };
      const problem = expect.stringMatching(/Can’t reach Slack.*--without-slack/s);
      expect(await run([MARCUS], away)).toEqual({ code: 1, said: problem });
      const said = expect.stringMatching(/Slack was not asked/);
      expect(await run([MARCUS, '--without-slack'], away)).toEqual({ code: 0, said });
      await startAs(OLIVIA);
      expect(owners()).toEqual([MARCUS, OLIVIA]);
    },
    PROCESSES_MS,
  );

  testLong(
    'says where there is no ledger yet, and how it is used',
    async () => {
      expect(await run([MARCUS])).toEqual({
        code: 1,
        said: expect.stringMatching(/no ledger in .* yet. Set INKWELL_OWNER_ID/),
      });
      for (const words of [[MARCUS, 'olivia@example.com'], ['--help']]) {
        expect(await run(words)).toEqual({ code: 1, said: expect.stringMatching(/Use: npm run owner -- U/) });
      }
    },
    PROCESSES_MS,
  );

  (isLong ? describeOnMongo : () => undefined)('on MongoDB', () => {
    const database = testDatabase('owner-script');
    test(
      'appoints one beside a running Inkwell',
      async () => {
        await database.empty();
        mongoUri = database.uri;
        await appointsBesideARunningInkwell();
      },
      PROCESSES_MS,
    );
  });
});
