import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app/app.ts';
import type { MovePlace } from '../../src/app/limits/move-budget.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import type { Refusal } from '../../src/ledger/refusals.ts';
import { refusedForm } from '../../src/slack/kit/form/home-answer.ts';
import { accountFields } from '../../src/slack/limits/move-fields.ts';
import { refusalMessage } from '../../src/slack/refusals/refusal.ts';
import { ANA, BEN, CHANNEL, CLIENT, MARCUS, OLIVIA } from '../support/world.ts';
import { wordsIn } from './home-views.ts';
import { type Inkwell, startInkwell } from './set-up-world.ts';

let inkwell: Inkwell;
let ids = 0;
beforeAll(async () => {
  inkwell = await startInkwell();
  await give({ kind: 'add_member', memberId: ANA, role: 'creator' });
  await give({ kind: 'add_member', memberId: BEN, role: 'creator' });
});
afterAll(() => inkwell.stop());
afterEach(() => {
  expect(inkwell.slack.violations).toEqual([]);
  expect(inkwell.errors).toEqual([]);
});

const give = async (wish: CommandBody, by = OLIVIA) => {
  const answer = await inkwell.world.book.submit({ commandId: `advice-${++ids}`, by, ...wish });
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
};
const credits = async (text: string, as = OLIVIA) => {
  await inkwell.slack.as(as).command('/credits', text, { channelId: CHANNEL });
  await inkwell.idle();
  const messages = inkwell.slack.messages(CHANNEL, { as }).filter(({ ephemeral }) => ephemeral);
  return wordsIn(messages.at(-1)?.blocks ?? []);
};

describe('who can help', () => {
  const words = (change: Partial<Refusal & { reason: 'not_allowed' }>) => {
    const refusal = {
      reason: 'not_allowed',
      action: 'move_budget',
      role: 'manager',
      account: `member:${BEN}`,
    } as const;
    const message = refusalMessage(
      { ...refusal, roles: ['owner', 'manager'], ...change },
      { readerId: MARCUS, audience: 'internal', clientName: null, helpers: [OLIVIA] },
    );
    return wordsIn(message.blocks);
  };

  test.each([
    ['a manager, about a person of another', {}, true],
    ['a manager, about what owners alone do', { action: 'grant', roles: ['owner'] }, true],
    ['a creator, about what managers do', { role: 'creator' }, false],
    ['a viewer, about images', { action: 'hold', role: 'viewer', roles: ['owner', 'manager', 'creator'] }, false],
    ['a person without a role', { role: null }, false],
  ] as const)('%s', (_, change, isDone) => {
    expect(words(change as never)).toContain(isDone ? '@U0OLIVIA can do this.' : '@U0OLIVIA can change your role.');
  });

  test('no one is named where no one can', () => {
    expect(words({ roles: [] })).not.toMatch(/can (do this|change)/);
  });

  test('a manager who would move from another’s person is told that an owner can', async () => {
    const seen = await createApp(inkwell.world).showMove({ by: MARCUS, account: `member:${BEN}` });
    if (seen.ok) throw new Error('it was allowed');
    const said = wordsIn(refusedForm(seen.refusal, MARCUS).blocks);
    expect(said).toContain('You’re a manager.');
    expect(said).toContain('An owner can do this.');
  });
});

const LIMIT = { limitCredits: 100, over: 'refuse', rollOverMaxCredits: null } as const;

describe('a person who cannot be brought back, invited or promoted', () => {
  test.each([
    ['U0GONE', 'is deactivated in Slack. A workspace admin has to activate them there first. Nothing was changed.'],
    ['U0BOT', 'is an app, so it can’t have a role in Inkwell. Nothing was changed.'],
    ['U0STRANGER', 'Slack doesn’t know @U0STRANGER. Nothing was changed.'],
  ])('%s: it is said why', async (memberId, why) => {
    const app = createApp(inkwell.world);
    const who = { by: OLIVIA, memberId, role: 'creator' as const };
    if (memberId === 'U0GONE') await give({ kind: 'add_member', memberId, role: 'creator' });
    for (const refused of [
      await app.invitePerson({ ...who, deliveryId: `invite-${memberId}`, teamIds: [] }),
      await app.setRole({ ...who, deliveryId: `role-${memberId}` }),
      await app.bringBackPerson({ ...who, deliveryId: `back-${memberId}` }),
    ]) {
      if (refused.ok) throw new Error('it was allowed');
      const to = { readerId: OLIVIA, audience: 'internal', clientName: null, helpers: [] } as const;
      expect(wordsIn(refusalMessage(refused.refusal, to).blocks)).toContain(why);
    }
  });
});

test('Bring back of a person who is deactivated in Slack stays open and says so', async () => {
  await give({ kind: 'remove_member', memberId: BEN, reason: '' });
  const { people } = inkwell.world;
  const look = people.look;
  people.look = async (userId) => {
    const found = await look(userId);
    return found && userId === BEN ? { ...found, kind: 'deactivated' } : found;
  };
  const as = inkwell.slack.as(OLIVIA);
  const home = () => inkwell.slack.home(OLIVIA)!;
  const click = async (...[where, action, options]: Parameters<typeof as.click>) => {
    await as.click(where, action, options);
    await inkwell.idle();
  };
  await as.openHome();
  await inkwell.idle();
  await click(home(), 'home_tab_people');
  await click(home(), 'people_filter', { choice: '[0,0,"@people","!removed"]' });
  await click(home(), 'people_person', { blockId: `person.${BEN}` });
  await click(await inkwell.slack.until(() => inkwell.slack.modal(OLIVIA)), 'person_bring_back');
  const form = await inkwell.slack.until(() => {
    const open = inkwell.slack.modal(OLIVIA);
    return open?.callback_id === 'bring_back' ? open : null;
  });
  await as.submit(form, {});
  await inkwell.idle();
  expect(wordsIn(inkwell.slack.modal(OLIVIA)?.blocks)).toContain(
    '@U0BEN is deactivated in Slack. A workspace admin has to activate them there first. Nothing was changed.',
  );
  expect(inkwell.world.book.now().members.get(BEN)?.status).toBe('removed');
  people.look = look;
});

describe('lists to choose from', () => {
  const NAMES = ['zebra', 'Ångström', 'Éclair', 'apple', 'Zulu 2', 'Zulu 10', '株式会社'];
  const optionsOf = (view: { blocks: readonly unknown[] } | null, block: string) => {
    type Field = { block_id: string; element: { option_groups?: Group[]; options?: Option[] } };
    type Option = { text: { text: string }; value: string };
    type Group = { label: { text: string }; options: Option[] };
    const field = ((view?.blocks ?? []) as Field[]).find(({ block_id: id }) => id === block)!;
    const groups = field.element.option_groups ?? [{ label: { text: '' }, options: field.element.options ?? [] }];
    return groups.map(({ label, options }) => [label.text, options.map(({ text }) => text.text)] as const);
  };

  test('where credits can be moved: clients, projects and teams, each by name', async () => {
    const byName = NAMES.toSorted(new Intl.Collator().compare);
    for (const [index, name] of NAMES.entries()) {
      const id = `x${NAMES.length - index}`;
      await give({ kind: 'create_client', clientId: id, name });
      await give({ kind: 'set_limit', account: `client:${id}`, window: 'month', ...LIMIT });
      const project = {
        projectId: `p${id}`,
        clientId: id,
        name: `${name} job`,
        dueAt: null,
        stage: 'concept',
      } as const;
      await give({ kind: 'create_project', ...project });
      await give({ kind: 'set_limit', account: `project:p${id}`, window: 'month', ...LIMIT });
    }
    await give({ kind: 'create_team', teamId: 'a1', name: 'Writers' });
    await give({ kind: 'create_team', teamId: 'a2', name: 'Designers' });
    await give({ kind: 'set_limit', account: `member:${ANA}`, window: 'month', ...LIMIT });
    for (const teamId of ['a1', 'a2'])
      await give({ kind: 'set_limit', account: `team:${teamId}`, window: 'month', ...LIMIT });
    await inkwell.slack.as(OLIVIA).openHome();
    await inkwell.idle();
    await inkwell.slack.as(OLIVIA).click(inkwell.slack.home(OLIVIA)!, 'home_tab_limits');
    await inkwell.idle();
    const value = JSON.stringify([0, 0, '@limits', `client:${CLIENT}`]);
    await inkwell.slack.as(OLIVIA).click(inkwell.slack.home(OLIVIA)!, 'move_open', { value });
    await inkwell.idle();
    expect(optionsOf(inkwell.slack.modal(OLIVIA), 'account')).toEqual([
      [
        'This month',
        [
          ...byName.map((name) => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`),
          ...byName.map((name) => `The project ${name} job`),
          'The team Designers',
          'The team Writers',
          'Ana',
        ],
      ],
    ]);
    await inkwell.slack.as(OLIVIA).close(inkwell.slack.modal(OLIVIA)!);
  });

  const place = (index: number): MovePlace => ({
    account: `client:c${index}`,
    kind: 'client',
    name: `Client ${String(index).padStart(4, '0')}`,
    memberId: null,
    window: 'month',
    leftCredits: 1_000,
    personName: null,
  });

  test.each([[101], [350], [900]])('%i of them are all listed, in groups', (count) => {
    const places = Array.from({ length: count }, (_, index) => place(index));
    const blocks = accountFields({ places, isCut: false }, 'To');
    const groups = optionsOf({ blocks }, 'account');
    expect(groups.every(([, options]) => options.length <= 100)).toBe(true);
    expect(groups.flatMap(([, options]) => options)).toEqual(places.map(({ name }) => name));
    expect(JSON.stringify(blocks)).not.toContain('Not all are listed');
  });

  test('more than a form takes are said to be cut', () => {
    const name = (index: number) => `${'🦊'.repeat(36)}${index}`;
    const places = Array.from({ length: 2_000 }, (_, index) => ({ ...place(index), name: name(index) }));
    const blocks = accountFields({ places, isCut: false }, 'To');
    expect(Buffer.byteLength(JSON.stringify(blocks))).toBeLessThan(240_000);
    expect(JSON.stringify(blocks)).toContain('Not all are listed');
  });
});

describe('options of /credits', () => {
  const LINK = `https://juniper.slack.com/archives/${CHANNEL}/p1700000000000100`;

  test.each([
    ['people --by model', '/credits people doesn’t take --by.', '/credits report does.'],
    ['team --csv', '/credits team doesn’t take --csv.', '/credits report does.'],
    ['Northwind Coffee --csv', '/credits doesn’t take --csv.', '/credits report does.'],
    ['report --thread x', '/credits report doesn’t take --thread.', '/credits project does.'],
    ['report last month —quality high', '/credits report doesn’t take --quality.', '/imagine does.'],
    ['report --splt model', '/credits report doesn’t take --splt.', 'It takes --by and --csv.'],
    ['project Spring --stage final', '/credits project doesn’t take --stage.', '/imagine does.'],
    ['--verbose', '/credits doesn’t take --verbose.', '/credits help lists what it knows.'],
    ['project Spring --thread', 'After --thread comes a message link', 'Nothing was changed.'],
    ['project --thread Spring', 'After --thread comes a message link', 'Nothing was changed.'],
  ])('%s: refused with a sentence', async (text, ...sentences) => {
    const said = await credits(text);
    for (const each of sentences) expect(said).toContain(each);
  });

  test.each([
    ['people --help', 'shows what’s left for you'],
    ['project --help', 'shows what’s left for you'],
    ['report last month --help', 'What a report answers'],
    ['report --csv --by day', 'The file is in your messages'],
    ['project "Launch --final"', 'no project called Launch --final'],
    ['project Acme - Spring', 'no project called Acme - Spring'],
  ])('%s: works', async (text, words) => {
    const said = await credits(text);
    expect(said).toContain(words);
    expect(said).not.toContain('doesn’t take');
  });

  test.each([`--thread ${LINK}`, `--thread=${LINK}`, LINK])('a thread counts toward a project: %s', async (link) => {
    const { world } = inkwell;
    const projectId = `p${++ids}`;
    const project = { projectId, clientId: CLIENT, name: `Launch ${ids}`, dueAt: null, stage: 'concept' } as const;
    await give({ kind: 'create_project', ...project });
    await credits(`project ${project.name} ${link}`);
    expect(world.book.now().places.get(`${CHANNEL} 1700000000.000100`)).toBe(projectId);
  });
});
