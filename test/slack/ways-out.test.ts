import type { Clickable } from '@inkwell/local-slack/user-client.ts';
import { describe, expect, test } from 'vitest';
import { KEPT_FOR_MS } from '../../src/app/images/next-action.ts';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import { askForRole } from '../../src/app/people/ask-for-role.ts';
import { directly } from '../../src/app/requester.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import { ACTIONS, SHORTCUTS } from '../../src/slack/kit/ids.ts';
import { ANA, BEN, CHANNEL, CLIENT, GINA, MARCUS, OLIVIA, WORKSPACE } from '../support/world.ts';
import { wordsIn } from './home-views.ts';
import { twoProcesses } from './two-processes.ts';

const { here, world, give, lines, ...people } = twoProcesses();
const limit = (
  limitCredits: number,
  over: 'refuse' | 'ask' = 'refuse',
  account: `client:${string}` | `project:${string}` | `member:${string}` | 'agency' = `client:${CLIENT}`,
) => give({ kind: 'set_limit', account, window: 'month', limitCredits, over, rollOverMaxCredits: null });
const rule = (change: Partial<(CommandBody & { kind: 'set_rule' })['rule'] & object>) =>
  give({
    kind: 'set_rule',
    scope: `client:${CLIENT}`,
    rule: { imagesMax: null, priceMaxCredits: null, models: null, qualities: null, ...change },
  });
const imagine = (text: string, as = ANA) => people.imagine(text, as);
type Json = Record<string, unknown>;
type Button = { action_id: string; value: string; text: { text: string } };
const whispers = (as = ANA) => people.whispers(as);
const directs = (to: string) => here.slack.messages(here.slack.directMessage(to), { as: to });
const buttonsOf = (message: { blocks: readonly unknown[] } | undefined): Button[] =>
  ((message?.blocks ?? []) as { type: string; elements: Button[] }[]).flatMap(({ type, elements }) =>
    type === 'actions' ? elements : [],
  );
const said = (as = ANA) => wordsIn(whispers(as).at(-1)?.blocks ?? []);
const offered = (as = ANA) => buttonsOf(whispers(as).at(-1)).map(({ text }) => text.text);
const click = async (action: string, { as = ANA, at = whispers(as).at(-1)! as { ts: string } | Clickable } = {}) => {
  here.clock.set(here.clock.now() + 10_000);
  await here.slack.as(as).click({ channelId: CHANNEL, ...(at as { ts: string }) }, action);
  await here.idle();
};
const held = async () =>
  (await lines()).flatMap((line) => (line.kind === 'held' ? [{ ...line.work, count: line.holds.length }] : []));

describe('a request over a limit that refuses', () => {
  // A sample costs 2 credits in draft, 4 in standard, 8 in fine.
  test.each([
    [
      'a fox --n 4',
      13,
      ['Make 3 for 12 credits', 'Make 4 in draft for 8 credits'],
      0,
      { count: 3, quality: 'standard' },
    ],
    ['a fox --n 4', 13, ['Make 3 for 12 credits', 'Make 4 in draft for 8 credits'], 1, { count: 4, quality: 'draft' }],
    [
      'a fox --n 4 --quality fine',
      20,
      ['Make 2 for 16 credits', 'Make 4 in standard for 16 credits'],
      0,
      { count: 2, quality: 'fine' },
    ],
    ['a fox', 3, ['Make in draft for 2 credits'], 0, { count: 1, quality: 'draft' }],
    ['a fox --n 3', 3, ['Make 1 in draft for 2 credits'], 0, { count: 1, quality: 'draft' }],
  ])('%s, %i left: offers what fits, and makes it', async (text, left, labels, index, made) => {
    await limit(left);
    await imagine(text);
    expect(offered()).toEqual([...labels, 'Ask olivia']);
    expect(said()).not.toContain('may fit');
    expect(JSON.stringify(buttonsOf(whispers().at(-1)))).not.toContain('fox');
    await click([ACTIONS.insteadFirst, ACTIONS.insteadSecond][index]!);
    expect(await held()).toMatchObject([made]);
    expect(here.slack.messages(CHANNEL).at(-1)?.text).toContain('asked for');
  });

  test('the same button twice, or another one of the same refusal, makes nothing more and says so', async () => {
    await limit(13);
    await imagine('a fox --n 4');
    const refusal = whispers().at(-1)!;
    for (const action of [ACTIONS.insteadFirst, ACTIONS.insteadFirst, ACTIONS.insteadSecond]) {
      await click(action, { at: refusal });
    }
    expect(await held()).toHaveLength(1);
    expect(said()).toContain('already chose');
  });

  test('two clicks at the same instant, at two processes, make one', async () => {
    await limit(13);
    await imagine('a fox --n 4');
    await here.slack.as(ANA).click({ channelId: CHANNEL, ts: whispers().at(-1)!.ts }, ACTIONS.insteadSecond);
    const { body } = here.slack.deliveries.at(-1)!;
    await Promise.all([here.send(body, 0), here.send(body, 1)]);
    await here.idle();
    expect(await held()).toHaveLength(1);
  });

  test('a price that rose since is said first, with the button again', async () => {
    await limit(13);
    await imagine('a fox --n 4');
    await give({ kind: 'set_policy', policy: { name: 'markupBasisPoints', value: 20_000 } });
    await click(ACTIONS.insteadSecond);
    expect(await held()).toEqual([]);
    expect(said()).toContain('This now costs 16 credits');
    expect(offered()).toEqual(['Make 4 in draft for 16 credits']);
    await limit(16);
    await click(ACTIONS.insteadFirst);
    expect(await held()).toMatchObject([{ count: 4, quality: 'draft' }]);
  });

  test('what no longer fits by then is refused again, with other ways', async () => {
    await limit(13);
    await imagine('a fox --n 4');
    const refusal = whispers().at(-1)!;
    await limit(5);
    await click(ACTIONS.insteadFirst, { at: refusal });
    expect(offered()).toEqual(['Make 1 for 4 credits', 'Ask olivia']);
    await click(ACTIONS.insteadFirst);
    expect(await held()).toMatchObject([{ count: 1, quality: 'standard' }]);
  });

  test.each([
    ['another person’s request', BEN, (value: string) => value],
    ['a request that does not exist', ANA, (value: string) => value.replace(/"[^"]+"/, '"made-up"')],
    ['no request at all', ANA, () => 'made-up'],
    ['more images than there can be', ANA, (value: string) => value.replace(/,\d+,/, ',11,')],
  ])('%s: nothing is made, and they are told', async (_, as, forge) => {
    await limit(13);
    await give({ kind: 'add_member', memberId: BEN, role: 'creator' });
    await imagine('a fox --n 4');
    const [{ value } = { value: '' }] = buttonsOf(whispers().at(-1));
    await click(ACTIONS.helpAsk);
    const payload = JSON.parse(new URLSearchParams(here.slack.deliveries.at(-1)!.body).get('payload') ?? '') as Json;
    const forged = { ...payload, user: { id: as }, response_url: undefined, trigger_id: '1.1.forged' };
    const actions = [{ ...(payload.actions as Json[])[0], action_id: ACTIONS.insteadFirst, value: forge(value) }];
    await here.send(new URLSearchParams({ payload: JSON.stringify({ ...forged, actions }) }).toString(), 0);
    await here.idle();
    expect(await held()).toEqual([]);
    expect(said(as)).toMatch(/can’t find this request|another version of Inkwell/);
  });

  test('another process makes it too, until the prompt is erased after an hour', async () => {
    await limit(13);
    for (const isLate of [false, true]) {
      await imagine(`a fox in ${isLate ? 'rain' : 'snow'} --n 4`);
      const [jobId] = await world().records.jobs.latest({ workspace: WORKSPACE, memberId: ANA, jobsMax: 1 });
      here.clock.set(here.clock.now() + (isLate ? KEPT_FOR_MS : KEPT_FOR_MS / 2));
      await recoverJobs(here.all[1]!.world, { alone: false });
      const prompt = await world().records.prompts.get({ workspace: WORKSPACE, jobId: jobId! });
      expect(prompt).toBe(isLate ? null : 'a fox in snow');
      here.slack.deliverTo(here.all[1]!.url);
      await click(ACTIONS.insteadSecond);
      here.slack.deliverTo(here.all[0]!.url);
      expect(await held()).toHaveLength(1);
      await limit(100);
      await limit(21);
    }
    expect(said()).toContain('no longer keeps this prompt');
  });

  test('is offered nothing that would tell figures of the agency where others read along', async () => {
    await limit(13, 'refuse', 'agency');
    for (const { world: each } of here.all) each.channels.audience = async () => 'shared';
    await imagine('a fox --n 4');
    expect(offered()).toEqual(['Ask olivia']);
  });

  test('is asked about by itself where the limit asks', async () => {
    await limit(13, 'ask');
    await imagine('a fox --n 4');
    expect(buttonsOf(whispers().at(-1))).toEqual([]);
  });
});

describe('a request that a rule refuses', () => {
  test.each([
    ['a fox --n 4', { imagesMax: 3 }, ['Make 3 for 12 credits']],
    ['a fox --n 4', { priceMaxCredits: 9 }, ['Make 2 for 8 credits', 'Make 4 in draft for 8 credits']],
    ['a fox --quality fine', { qualities: ['draft', 'standard'] }, ['Make in standard for 4 credits']],
    ['a fox --quality draft --n 2', { qualities: ['fine'] }, ['Make 2 in fine for 16 credits']],
    ['a fox --n 5 --quality fine', { imagesMax: 2, qualities: ['draft'] }, ['Make 2 in draft for 4 credits']],
  ])('%s, %j: is offered what the rule allows', async (text, change, labels) => {
    await limit(1_000);
    await rule(change);
    await imagine(text);
    expect(offered()).toEqual([...labels, 'Ask olivia']);
    await click(ACTIONS.insteadFirst);
    expect(await held()).toHaveLength(1);
  });
});

describe('a form that would be refused', () => {
  const openForm = async (as = ANA) => {
    await here.slack.as(as).command('/imagine', '', { channelId: CHANNEL });
    await here.idle();
    await here.slack.as(as).submit(here.slack.modal(as)!, { prompt: 'a fox in the form' });
    await here.idle();
    return here.slack.modal(as)?.errors ?? {};
  };

  test('says so at the field, with the ways out, and keeps what was typed', async () => {
    await limit(3);
    expect(await openForm()).toEqual({
      count:
        'Northwind Coffee’s monthly budget has 3 credits left. This needs 4. Make in draft for 2 credits or ask olivia.',
    });
    expect(await held()).toEqual([]);
    expect(whispers()).toEqual([]);
    await limit(4);
    await here.slack.as(ANA).submit(here.slack.modal(ANA)!, { prompt: 'a fox in the form' });
    await here.idle();
    expect(here.slack.modal(ANA)).toBeNull();
    expect(await held()).toMatchObject([{ quality: 'standard', count: 1 }]);
  });

  test.each([
    ['project', `project.${CLIENT}`, 'The project Spring is closed'],
    ['client', 'prompt', 'Northwind Coffee is closed'],
  ])('a %s that was closed meanwhile: at %s', async (what, field, words) => {
    await limit(1_000);
    for (const name of ['Spring', 'Fall']) {
      const dueAt = here.clock.now() + 30 * 86_400_000;
      const project = { projectId: name.toLowerCase(), clientId: CLIENT, name, dueAt, stage: 'concept' } as const;
      await give({ kind: 'create_project', ...project });
    }
    await imagine('--project Spring');
    await give(
      what === 'client' ? { kind: 'close_client', clientId: CLIENT } : { kind: 'close_project', projectId: 'spring' },
    );
    await here.slack.as(ANA).submit(here.slack.modal(ANA)!, { prompt: 'a fox' });
    await here.idle();
    const errors = here.slack.modal(ANA)?.errors ?? {};
    expect(Object.keys(errors)).toEqual([field]);
    expect(errors[field]).toContain(words);
    expect(await held()).toEqual([]);
  });

  test('without figures where they are not to be said', async () => {
    await limit(3, 'refuse', 'agency');
    for (const { world: each } of here.all) each.channels.audience = async () => 'shared';
    expect(await openForm()).toEqual({
      count: 'The agency’s limit doesn’t cover this. It needs 4 credits. Ask olivia.',
    });
  });

  test('sent again after it went through, it is not refused for what it used itself', async () => {
    await limit(4);
    await openForm();
    const { body } = here.slack.deliveries.findLast(({ kind }) => kind !== 'event')!;
    await here.send(body, 1);
    await here.idle();
    expect(await held()).toHaveLength(1);
    expect(
      whispers()
        .map(({ text }) => text)
        .filter((text) => text.includes('budget')),
    ).toEqual([]);
  });
});

test('a mention in a thread is refused and made there', async () => {
  await limit(13);
  await here.slack.as(ANA).say('Ideas?', { channelId: CHANNEL });
  const { ts: threadTs } = here.slack.messages(CHANNEL).at(-1)!;
  await here.slack.as(ANA).say('@inkwell a fox --n 4', { channelId: CHANNEL, threadTs });
  await here.idle();
  const refusal = here.slack.messages(CHANNEL, { as: ANA }).findLast(({ ephemeral }) => ephemeral);
  expect(buttonsOf(refusal).map(({ text }) => text.text)).toContain('Make 3 for 12 credits');
  await click(ACTIONS.insteadFirst, { at: { channelId: CHANNEL, ts: refusal!.ts } });
  expect(await held()).toMatchObject([{ count: 3 }]);
  const made = here.slack.messages(CHANNEL).findLast(({ text }) => text.includes('asked for'));
  expect(made).toMatchObject({ threadTs, text: expect.stringContaining('3 images') });
});

describe('asking the people who can help', () => {
  const ITS = 'asks for your help';

  test('sends each of them one card with the form, and offers the images once nothing is in the way', async () => {
    await limit(3);
    await imagine('a fox --n 2');
    const refusal = whispers().at(-1)!;
    await click(ACTIONS.helpAsk, { at: refusal });
    await click(ACTIONS.helpAsk, { at: refusal });
    expect(said()).toContain('Inkwell asked @U0OLIVIA');
    const cards = directs(OLIVIA).filter(({ text }) => text.includes('asks for your help'));
    expect(cards).toHaveLength(1);
    expect(wordsIn(cards[0]!.blocks)).not.toContain('fox');
    const at = { channelId: here.slack.directMessage(OLIVIA), ts: cards[0]!.ts };
    await click(ACTIONS.limitsOpen, { as: OLIVIA, at });
    expect(here.slack.modal(OLIVIA)?.callback_id).toBe('limits');
    await limit(50);
    await click(ACTIONS.helpAsk, { at: refusal });
    expect(offered()).toEqual(['Make 2 for 8 credits']);
    await click(ACTIONS.insteadFirst);
    expect(await held()).toMatchObject([{ count: 2 }]);
  });

  test('says “a manager” where several can, and is not for a person who can do it', async () => {
    await limit(1_000);
    await give({ kind: 'create_team', teamId: 'design', name: 'Design' });
    await imagine('a cat');
    await give({ kind: 'set_teams', memberId: ANA, teamIds: ['design'] });
    await give({ kind: 'set_manages', memberId: MARCUS, clientIds: [CLIENT], teamIds: ['design'] });
    await limit(5, 'refuse', `member:${ANA}`);
    await imagine('a fox --n 2');
    expect(offered().at(-1)).toBe('Ask a manager');
    await click(ACTIONS.helpAsk);
    for (const who of [MARCUS, OLIVIA]) expect(directs(who).at(-1)?.text).toContain('asks for your help');
    await limit(3, 'refuse', `member:${OLIVIA}`);
    await imagine('a fox --n 2', OLIVIA);
    expect(offered(OLIVIA)).toEqual(['Make 1 in draft for 2 credits']);
  });

  test('passes over who is away, and asks them where all are', async () => {
    const isAsked = () => [MARCUS, OLIVIA].filter((who) => directs(who).at(-1)?.text.includes(ITS) ?? false);
    const leaves = (who: string) =>
      give({ kind: 'set_delegate', toId: BEN, untilAt: here.clock.now() + 3 * 86_400_000 }, who);
    await give({ kind: 'add_member', memberId: BEN, role: 'creator' });
    await limit(1_000);
    await give({ kind: 'create_team', teamId: 'design', name: 'Design' });
    await imagine('a cat');
    await give({ kind: 'set_teams', memberId: ANA, teamIds: ['design'] });
    await give({ kind: 'set_manages', memberId: MARCUS, clientIds: [CLIENT], teamIds: ['design'] });
    await limit(5, 'refuse', `member:${ANA}`);
    await leaves(MARCUS);
    await imagine('a fox --n 2');
    expect(offered().at(-1)).toBe('Ask olivia');
    await click(ACTIONS.helpAsk);
    expect(isAsked()).toEqual([OLIVIA]);
    await leaves(OLIVIA);
    await imagine('an owl --n 2');
    expect(offered().at(-1)).toBe('Ask a manager');
    await click(ACTIONS.helpAsk);
    expect(isAsked()).toEqual([MARCUS, OLIVIA]);
  });

  test('opens the rules for who may change them', async () => {
    await limit(1_000);
    await rule({ imagesMax: 1, priceMaxCredits: 3 });
    await imagine('a fox --n 2');
    await click(ACTIONS.helpAsk);
    const card = directs(OLIVIA).at(-1)!;
    expect(card.text).toContain('More than 1 at once isn’t allowed for Northwind Coffee');
    expect(card.text).toContain('More than 3 credits per request isn’t allowed');
    await click(ACTIONS.ruleOpen, { as: OLIVIA, at: { channelId: here.slack.directMessage(OLIVIA), ts: card.ts } });
    expect(here.slack.modal(OLIVIA)?.callback_id).toBe('rule');
  });
});

describe('a project that is in the way', () => {
  const project = (projectId: string, name: string) =>
    give({ kind: 'create_project', projectId, clientId: CLIENT, name, dueAt: null, stage: 'concept' });

  test.each(['its budget', 'that it is closed'])(
    'by %s: the form opens with the prompt, for another one',
    async (by) => {
      await limit(1_000);
      await project('spring', 'Spring');
      await project('autumn', 'Autumn');
      await give({ kind: 'bind_project', channelId: CHANNEL, threadTs: null, projectId: 'spring' });
      if (by === 'its budget') await limit(1, 'refuse', 'project:spring');
      else await give({ kind: 'close_project', projectId: 'spring' });
      await imagine('a fox in the snow --n 2');
      expect(offered()).toContain('Choose another project');
      await click(ACTIONS.otherProject);
      expect(JSON.stringify(here.slack.modal(ANA))).toContain('a fox in the snow');
      await here.slack.as(ANA).submit(here.slack.modal(ANA)!, { [`project.${CLIENT}`]: 'autumn' });
      await here.idle();
      expect(await held()).toMatchObject([{ count: 2 }]);
      expect((await world().records.jobs.latest({ workspace: WORKSPACE, memberId: ANA, jobsMax: 5 })).length).toBe(2);
    },
  );

  test('named by the person, and closed: the same', async () => {
    await limit(1_000);
    await project('spring', 'Spring');
    await project('autumn', 'Autumn');
    await give({ kind: 'close_project', projectId: 'spring' });
    await imagine('a fox in the snow --project Spring');
    expect(said()).toContain('The project Spring is closed');
    expect(offered()).toEqual(['Choose another project', 'Ask a manager']);
    await click(ACTIONS.otherProject);
    expect(JSON.stringify(here.slack.modal(ANA))).toContain('a fox in the snow');
    await here.slack.as(ANA).submit(here.slack.modal(ANA)!, { [`project.${CLIENT}`]: 'autumn' });
    await here.idle();
    expect(await held()).toHaveLength(1);
  });

  test('is no way out where the client has no other, or another limit is in the way too', async () => {
    await limit(1_000);
    await project('spring', 'Spring');
    await give({ kind: 'bind_project', channelId: CHANNEL, threadTs: null, projectId: 'spring' });
    await limit(1, 'refuse', 'project:spring');
    await imagine('a fox');
    expect(offered()).not.toContain('Choose another project');
    await project('autumn', 'Autumn');
    await limit(1);
    await imagine('a fox');
    expect(offered()).not.toContain('Choose another project');
  });
});

describe('a person who may make nothing', () => {
  const ask = async (how: string) => {
    await give({ kind: 'add_member', memberId: BEN, role: 'viewer' });
    if (how === 'a command') return await imagine('a fox', BEN);
    await here.slack.as(OLIVIA).say('Ideas?', { channelId: CHANNEL });
    const { ts } = here.slack.messages(CHANNEL).at(-1)!;
    await here.slack.as(BEN).shortcut(SHORTCUTS.imagineHere, { channelId: CHANNEL, ts });
    await here.idle();
  };
  const cards = () => directs(OLIVIA).filter(({ text }) => text.includes('asks to make images'));
  const atCard = () => ({ channelId: here.slack.directMessage(OLIVIA), ts: cards().at(-1)!.ts });

  test.each(['a command', 'the menu of a message'])('asks an owner after %s, and hears of the role', async (how) => {
    await ask(how);
    expect(offered(BEN)).toEqual(['Ask an owner']);
    const refusal = whispers(BEN).at(-1)!;
    await click(ACTIONS.roleAsk, { as: BEN, at: refusal });
    await click(ACTIONS.roleAsk, { as: BEN, at: refusal });
    expect(said(BEN)).toContain('Inkwell asked @U0OLIVIA');
    expect(cards()).toHaveLength(1);
    await click(ACTIONS.peoplePerson, { as: OLIVIA, at: atCard() });
    const form = here.slack.modal(OLIVIA)!;
    await here.slack.as(OLIVIA).submit(form, { [`role.${BEN}`]: 'creator' });
    await here.idle();
    expect(directs(BEN).at(-1)?.text).toBe('<@U0OLIVIA> made you a creator. You can make images now.');
    expect(buttonsOf(cards()[0])).toEqual([]);
    await click(ACTIONS.roleAsk, { as: BEN, at: refusal });
    expect(said(BEN)).toContain('You can make images now');
  });

  test('asks an owner from Home, and is answered by direct message', async () => {
    await give({ kind: 'add_member', memberId: BEN, role: 'viewer' });
    await here.slack.as(BEN).openHome();
    await here.idle();
    await here.slack.as(BEN).click(here.slack.home(BEN)!, ACTIONS.roleAsk);
    await here.idle();
    expect(cards()).toHaveLength(1);
    expect(directs(BEN).map(({ text }) => text)).toEqual([expect.stringContaining('Inkwell asked <@U0OLIVIA>')]);
    await give({ kind: 'set_role', memberId: BEN, role: 'creator' });
    await here.slack.as(BEN).openHome();
    await here.idle();
    expect(wordsIn(here.slack.home(BEN)!.blocks)).not.toContain('Ask an owner');
  });

  test('asks the owners who are there', async () => {
    await give({ kind: 'add_member', memberId: GINA, role: 'owner' });
    await give({ kind: 'set_delegate', toId: GINA, untilAt: here.clock.now() + 3 * 86_400_000 }, OLIVIA);
    await ask('a command');
    await click(ACTIONS.roleAsk, { as: BEN });
    expect(said(BEN)).toContain('Inkwell asked @U0GINA');
    expect([cards(), directs(GINA)].map(({ length }) => length)).toEqual([0, 1]);
  });

  test('hears that their role is kept, does not ask again for a day, and hears of a role that they get later', async () => {
    await ask('a command');
    const refusal = whispers(BEN).at(-1)!;
    await click(ACTIONS.roleAsk, { as: BEN, at: refusal });
    await click(ACTIONS.roleKeep, { as: OLIVIA, at: atCard() });
    expect(directs(BEN).at(-1)?.text).toContain('kept your role as it is');
    await click(ACTIONS.roleAsk, { as: BEN, at: refusal });
    expect(said(BEN)).toContain('kept your role as it is');
    expect(cards()).toHaveLength(1);
    await give({ kind: 'set_role', memberId: BEN, role: 'manager' });
    await recoverJobs(here.all[1]!.world, { alone: false });
    await recoverJobs(here.all[0]!.world, { alone: false });
    expect(directs(BEN).filter(({ text }) => text.includes('made you'))).toHaveLength(1);
    expect(directs(BEN).at(-1)?.text).toContain('made you a manager');
  });

  test.each([
    ['one after the other', [0, 0]],
    ['in two processes at once', [0, 1]],
  ])('asks owners once more after a day, %s, and one answer is about both asks', async (_, processes) => {
    await ask('a command');
    await click(ACTIONS.roleAsk, { as: BEN });
    const first = atCard();
    here.clock.set(here.clock.now() + 25 * 3_600_000);
    const requester = directly(BEN);
    await Promise.all(processes.map((each) => askForRole(here.all[each]!.world, { requester })));
    await here.idle();
    expect(cards()).toHaveLength(2);
    await click(ACTIONS.roleKeep, { as: OLIVIA, at: first });
    expect(cards().map(buttonsOf)).toEqual([[], []]);
    expect(directs(BEN).filter(({ text }) => text.includes('kept your role'))).toHaveLength(1);
    here.clock.set(here.clock.now() + 25 * 3_600_000);
    await askForRole(here.all[1]!.world, { requester });
    expect(cards().map((card) => buttonsOf(card).length)).toEqual([0, 0, 2]);
    await give({ kind: 'set_role', memberId: BEN, role: 'creator' });
    await recoverJobs(here.all[0]!.world, { alone: false });
    expect(cards().map(({ text }) => /kept|made/.exec(text)?.[0])).toEqual(['kept', 'kept', 'made']);
  });

  test('asks at once again where the role that they were given was taken away', async () => {
    await ask('a command');
    const refusal = whispers(BEN).at(-1)!;
    await click(ACTIONS.roleAsk, { as: BEN, at: refusal });
    for (const role of ['creator', 'viewer'] as const) {
      await give({ kind: 'set_role', memberId: BEN, role });
      await recoverJobs(here.all[1]!.world, { alone: false });
    }
    await click(ACTIONS.roleAsk, { as: BEN, at: refusal });
    expect(cards().map((card) => buttonsOf(card).length)).toEqual([0, 2]);
  });

  test('whose answer Slack did not draw, nor take, hears of it at the next click', async () => {
    await ask('a command');
    await click(ACTIONS.roleAsk, { as: BEN });
    here.slack.faults.next('chat.postMessage', { error: 'not_allowed_token_type' });
    here.slack.faults.next('chat.update', { error: 'not_allowed_token_type' });
    await click(ACTIONS.roleKeep, { as: OLIVIA, at: atCard() });
    expect(directs(BEN)).toEqual([]);
    expect(buttonsOf(cards()[0])).toHaveLength(2);
    await click(ACTIONS.roleKeep, { as: OLIVIA, at: atCard() });
    expect(directs(BEN)).toHaveLength(1);
    expect(buttonsOf(cards()[0])).toEqual([]);
  });

  test('cannot be answered by a person who may not change roles, nor twice', async () => {
    await give({ kind: 'add_member', memberId: GINA, role: 'owner' });
    await ask('a command');
    await click(ACTIONS.roleAsk, { as: BEN });
    const ofOlivia = atCard();
    await give({ kind: 'set_role', memberId: GINA, role: 'creator' });
    const ofGina = { channelId: here.slack.directMessage(GINA), ts: directs(GINA).at(-1)!.ts };
    await click(ACTIONS.roleKeep, { as: GINA, at: ofGina });
    expect(directs(BEN)).toEqual([]);
    await here.slack.as(OLIVIA).click(ofOlivia, ACTIONS.roleKeep);
    const { body } = here.slack.deliveries.at(-1)!;
    await here.idle();
    await here.send(body, 1);
    await here.idle();
    expect(directs(BEN)).toHaveLength(1);
  });
});
