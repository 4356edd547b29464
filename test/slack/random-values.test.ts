import { workingParts } from '@inkwell/local-slack/blocks/parts.ts';
import type { KnownBlock } from '@slack/types';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import { ACTIONS, VIEWS } from '../../src/slack/kit/ids.ts';
import { hold } from '../support/fixtures.ts';
import { isLong } from '../support/is-long.ts';
import { ANA, BEN, CHANNEL, CLIENT, MARCUS, OLIVIA } from '../support/world.ts';
import { wordsIn } from './home-views.ts';
import { type Inkwell, startInkwell, TOKEN } from './set-up-world.ts';

const ROUNDS = isLong ? 150 : 8;
const ROUNDS_MS = isLong ? 600_000 : 60_000;
/** Names of fields, units of the machine, and figures that no one groups. */
const MACHINE = /\b[a-z]+[A-Z]\w*|\w_\w|\bms\b|milli|micro|basis|\d{5,}|undefined|null|NaN|\[object|Error\b/;

type View = keyof typeof VIEWS;
type Opening = { action: string; value: string; by?: string };
const home = (...words: string[]) => JSON.stringify([0, 0, '@limits', ...words]);

/** The button of every form into which people type, and what it carries. */
const OPENED: Partial<Record<View, Opening>> = {
  imagine: { action: ACTIONS.homeImagine, value: home() },
  createClient: { action: ACTIONS.homeCreateClient, value: home() },
  client: { action: ACTIONS.homeClient, value: home(CLIENT) },
  requestUntil: { action: ACTIONS.requestUntil, value: '' },
  requestRaise: { action: ACTIONS.requestRaise, value: '' },
  requestDeny: { action: ACTIONS.requestDeny, value: '' },
  requestMove: { action: ACTIONS.requestMove, value: '' },
  away: { action: ACTIONS.homeAway, value: home(), by: MARCUS },
  createProject: { action: ACTIONS.homeCreateProject, value: home(CLIENT) },
  project: { action: ACTIONS.homeProject, value: home('spring') },
  removePerson: { action: ACTIONS.personRemove, value: home(BEN) },
  createTeam: { action: ACTIONS.peopleCreateTeam, value: home() },
  team: { action: ACTIONS.peopleTeam, value: home('film') },
  limits: { action: ACTIONS.limitsOpen, value: home(`client:${CLIENT}`) },
  grant: { action: ACTIONS.grantOpen, value: home(`client:${CLIENT}`) },
  move: { action: ACTIONS.moveOpen, value: home('client:nova') },
  rule: { action: ACTIONS.ruleOpen, value: home(`client:${CLIENT}`) },
  policy: { action: ACTIONS.policyOpen, value: home() },
  calendarPrices: { action: ACTIONS.calendarPricesOpen, value: home() },
  askOwners: { action: ACTIONS.askOwnersOpen, value: home(`client:${CLIENT}`, 'month'), by: MARCUS },
};
/** People choose in them, or read. */
const NOTHING_TYPED: readonly View[] = [
  ...(['bindChannel', 'person', 'bringBack', 'invite', 'deleteTeam', 'limitsRehearsed', 'limitsPerson'] as const),
  ...(['calendarPricesPreview', 'digest', 'peerCheck', 'peerCheckOn'] as const),
];

const number = fc.oneof(
  fc.integer({ min: -5, max: 2_000 }).map(String),
  fc.double({ min: -3, max: 3_000, noNaN: true }).map((value) => value.toFixed(2)),
  fc.bigInt({ min: 0n, max: 10n ** 30n }).map(String),
);
const odd = fc.constantFrom(
  ...['', ' ', '0', '-0', '-1', '1', '00012', '+5', '0.01', '0,5', '1.', '.5', '1e9', '1/2', '12%', '$5', '5 credits'],
  ...[
    'two',
    '½',
    '٣',
    '１２',
    '１，２００',
    '10²',
    '²',
    '①',
    '৫',
    'Ⅻ',
    '∞',
    '−3',
    '–3',
    '1,200',
    '1.200',
    '1 200',
    "1'200",
  ],
  ...[
    '999999999999',
    '1000000000',
    '1000000001',
    '9007199254740993',
    '20:00',
    '25:99',
    '24:00',
    '9',
    '50, 80',
    '80, 50',
  ],
  ...[
    'star trophy',
    'a b c',
    '<@U0ANA>',
    '<!channel>',
    '*bold*',
    '💥',
    '\u202e12',
    '\u200b',
    'NaN',
    'null',
    '__proto__',
  ],
  ...['Europe/Berlin', 'Mars/Base', 'Film', 'Northwind Coffee', 'x'.repeat(3_000), '🦊'.repeat(100)],
);
const typed = fc.oneof(number, odd, odd);
const days = fc.constantFrom(
  '1970-01-01',
  '2026-11-23',
  '2026-11-30',
  '2027-02-28',
  '2028-02-29',
  '2099-12-31',
  '9999-12-31',
);

describe('values that people type', () => {
  let inkwell: Inkwell;
  let ids = 0;
  let asked = '';
  beforeAll(async () => {
    inkwell = await startInkwell();
    for (const who of [ANA, BEN, MARCUS]) await inkwell.slack.as(who).openHome();
    await inkwell.idle();
    await give({ kind: 'create_team', teamId: 'film', name: 'Film' });
    await give({ kind: 'create_client', clientId: 'nova', name: 'Nova' });
    await give({
      kind: 'create_project',
      clientId: CLIENT,
      projectId: 'spring',
      name: 'Spring',
      stage: 'concept',
      dueAt: null,
    });
    const limit = { kind: 'set_limit', window: 'month', over: 'ask', rollOverMaxCredits: null } as const;
    await give({ ...limit, account: `client:${CLIENT}`, limitCredits: 20 });
    await give({ ...limit, account: 'client:nova', limitCredits: 5_000 });
  });
  afterAll(() => inkwell.stop());

  async function give(wish: CommandBody, by = OLIVIA, commandId = `given-here-${++ids}`) {
    const answer = await inkwell.world.book.submit({ commandId, by, ...wish });
    if (!answer.ok && answer.refusal.reason !== 'nothing_changed') throw new Error(JSON.stringify(answer.refusal));
  }

  const linesAfter = async (seq: number) => {
    const { journal, book } = inkwell.world;
    return await journal.read({ workspace: book.workspace, afterSeq: seq, linesMax: 1_000 });
  };
  const modalOf = (by: string) => inkwell.slack.modal(by);
  const closeAll = async (by: string) => {
    for (let open = modalOf(by); open; open = modalOf(by)) await inkwell.slack.as(by).close(open);
  };

  /** A message with the button, which the person clicks. */
  async function press({ action, value, by = OLIVIA }: Opening) {
    await closeAll(by);
    const button = { type: 'button', text: { type: 'plain_text', text: 'Open' }, action_id: action, value };
    const post = async (method: string, body: object) => {
      const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json; charset=utf-8' };
      const answer = await fetch(`${inkwell.slack.apiUrl}${method}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      return (await answer.json()) as { ts: string; channel: { id: string } };
    };
    const { channel } = await post('conversations.open', { users: by });
    const message = { channel: channel.id, text: 'Open', blocks: [{ type: 'actions', elements: [button] }] };
    const { ts } = await post('chat.postMessage', message);
    await inkwell.slack.as(by).click({ channelId: channel.id, ts }, action);
    await inkwell.idle();
    return await inkwell.slack.until(() => modalOf(by));
  }

  /** A value of its kind for each field of the form; some stay as they are. */
  function valuesFor(blocks: readonly KnownBlock[]): fc.Arbitrary<Record<string, string | undefined>> {
    const fields: Record<string, fc.Arbitrary<string | undefined>> = {};
    for (const { blockId, element } of workingParts(blocks)) {
      const max = typeof element.max_length === 'number' ? element.max_length : 3_000;
      if (element.type === 'plain_text_input') fields[blockId] = typed.map((text) => text.slice(0, max));
      if (element.type === 'datepicker') fields[blockId] = days;
      if (element.type === 'static_select') fields[blockId] = fc.constantFrom(...optionsOf(element));
    }
    return fc.record(fields, { requiredKeys: [] });
  }

  const plainly = (words: string, given: readonly (string | undefined)[]) =>
    given.reduce<string>((left, value) => left.replaceAll(value?.trim() || '\0', ''), words);

  test('are typed into every form that takes any', () => {
    const known = [...Object.keys(OPENED), ...NOTHING_TYPED].sort();
    expect(known).toEqual(Object.keys(VIEWS).sort());
  });

  test.each(
    NOTHING_TYPED.filter((view) => !['limitsRehearsed', 'calendarPricesPreview', 'peerCheckOn'].includes(view)),
  )('%s takes none', async (view) => {
    const opening: Partial<Record<View, Opening>> = {
      bindChannel: { action: ACTIONS.homeBindChannel, value: home() },
      person: { action: ACTIONS.peoplePerson, value: home(BEN) },
      invite: { action: ACTIONS.peopleInvite, value: home() },
      deleteTeam: { action: ACTIONS.teamDelete, value: home('film') },
      limitsPerson: { action: ACTIONS.homeMemberLimit, value: home() },
      digest: { action: ACTIONS.digestOpen, value: home() },
      peerCheck: { action: ACTIONS.peerCheckOpen, value: home() },
    };
    const found = opening[view];
    if (!found) return;
    const form = await press(found);
    expect(form.callback_id).toBe(VIEWS[view]);
    const kinds = workingParts(form.blocks).map(({ element }) => element.type);
    expect(kinds.filter((kind) => kind === 'plain_text_input' || kind === 'datepicker')).toEqual([]);
  });

  test.each(Object.entries(OPENED) as [View, Opening][])(
    'into %s are taken whole, or it says in plain words at the field why not',
    async (view, opening) => {
      const { by = OLIVIA } = opening;
      const drawn = await reopened(view, opening);
      expect(drawn.callback_id).toBe(VIEWS[view]);
      for (const values of fc.sample(valuesFor(drawn.blocks), {
        numRuns: ROUNDS,
        seed: 17,
      })) {
        const form = await reopened(view, opening);
        const fields = form.blocks.filter(({ type }) => type === 'input').map(({ block_id: id }) => id);
        const given = Object.fromEntries(
          Object.entries(values).filter(([id, value]) => value !== undefined && fields.includes(id)),
        );
        const { seq } = inkwell.world.book.now();
        await inkwell.slack.as(by).submit(form, given as Record<string, string>);
        await inkwell.idle();
        const open = modalOf(by);
        const what = `${view} ${JSON.stringify(given).slice(0, 300)}`;
        const errors = Object.entries(open?.errors ?? {});
        for (const [field, words] of errors) {
          expect(fields, what).toContain(field);
          expect(plainly(words, Object.values(given)), what).not.toMatch(MACHINE);
        }
        const notice = (open?.blocks ?? []).filter(({ block_id: id }) => id?.startsWith('notice.'));
        expect(plainly(wordsIn(notice), Object.values(given)), what).not.toMatch(MACHINE);
        const deeds = (await linesAfter(seq)).filter(({ kind }) => kind !== 'refused');
        if (errors.length + notice.length > 0) expect(deeds, what).toEqual([]);
        expect(inkwell.errors, what).toEqual([]);
        expect(inkwell.slack.violations, what).toEqual([]);
      }
      await closeAll(by);
    },
    ROUNDS_MS,
  );

  /** The form as it is opened now; what an earlier round decided or removed is there again. */
  async function reopened(view: View, opening: Opening) {
    const { by = OLIVIA } = opening;
    const state = inkwell.world.book.now();
    if (state.members.get(BEN)?.status === 'removed')
      await give({ kind: 'bring_back_member', memberId: BEN, role: 'creator' });
    if (state.projects.get('spring')?.closedAt) await give({ kind: 'reopen_project', projectId: 'spring' });
    if (view.startsWith('request')) return await press({ ...opening, value: await askedNow() });
    const form = await press(opening);
    if (view !== 'limits') return form;
    await inkwell.slack.as(by).click(form, ACTIONS.limitsMore);
    await inkwell.idle();
    return modalOf(by)!;
  }

  /** A request that waits: the latest, or a new one that goes over the limit again, whatever rounds before approved. */
  async function askedNow(): Promise<string> {
    if (inkwell.world.book.now().requests.get(asked)?.end !== null) {
      asked = `asked-${++ids}`;
      const limit = { kind: 'set_limit', window: 'month', over: 'ask', rollOverMaxCredits: null } as const;
      await give({ ...limit, account: `client:${CLIENT}`, limitCredits: 0 });
      // Forms before may have set both.
      await give({ kind: 'set_policy', policy: { name: 'burst', value: { requestsMax: 1_000, withinMs: 60_000 } } });
      await give({ kind: 'set_rule', scope: `client:${CLIENT}`, rule: null });
      await give({ ...hold(2_000_000, { by: ANA, channelId: CHANNEL }) }, ANA, asked);
    }
    return JSON.stringify([asked, `client:${CLIENT} month`]);
  }
});

type Option = { value: string };
function optionsOf(element: Record<string, unknown>): string[] {
  const groups = (element.option_groups ?? []) as { options: Option[] }[];
  return ((element.options as Option[] | undefined) ?? groups.flatMap(({ options }) => options)).map(
    ({ value }) => value,
  );
}
