import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import type { Policy } from '../../src/ledger/policy.ts';
import type { Rule } from '../../src/ledger/rules.ts';
import { BEN, CHANNEL, CLIENT, MARCUS, OLIVIA } from '../support/world.ts';
import { wordsIn } from './home-views.ts';
import { type Inkwell, startInkwell } from './set-up-world.ts';

/** Around what Slack takes: 100 options, or 100 groups of them; 3,000 characters of metadata; and the ledger’s 500. */
const SIZES = [0, 1, 2, 60, 99, 100, 101, 250, 498];
const CLIENTS = Array.from({ length: 500 }, (_, n) => `client-with-a-rather-long-id-${String(n).padStart(3, '0')}`);
const TEAMS = Array.from({ length: 120 }, (_, n) => `team-with-a-rather-long-id-too-${String(n).padStart(3, '0')}`);
const MODELS = Array.from({ length: 50 }, (_, n) =>
  `model-${String(n).padStart(2, '0')}-${'x'.repeat(70)}`.slice(0, 80),
);

const IS_LATE = /no ack within/;

/** One value of a form: a figure, a name, or whether something is in a list. */
type Atoms = Record<string, unknown>;
type Values = Record<string, string | string[]>;
/** Lost on the way: what the form carries, or what its blocks were drawn with. */
type Damage = 'none' | 'metadata' | 'initials';

type FormOfMine = {
  name: string;
  before: CommandBody[];
  open: Step[];
  /** What others save while it is open. */
  meanwhile: CommandBody[];
  /** What is typed, and what that means. */
  values: Values;
  typed: Atoms;
  read(): Atoms;
};
type Step = [action: string, where?: { value?: string; blockId?: string; choice?: string }];

/**
 * Forms that carry a copy of what they showed, with random content of random size, random changes of others meanwhile, and
 * random damage: nothing that others took away comes back, nothing that they gave is lost, and where it is not known what a
 * form showed, its reader hears so and keeps what they typed.
 */
export function staleForms({ runs, seed }: { runs: number; seed: number }): void {
  describe(`forms that others are quicker than, at random (seed ${seed})`, { timeout: 600_000 }, () => {
    let inkwell: Inkwell;
    let ids = 0;
    let hop: Awaited<ReturnType<typeof startHop>>;
    beforeAll(async () => {
      inkwell = await startInkwell();
      hop = await startHop(inkwell);
      for (const who of [MARCUS, OLIVIA]) await inkwell.slack.as(who).openHome();
      await inkwell.idle();
      await give({ kind: 'add_member', memberId: BEN, role: 'creator' });
      await give({ kind: 'create_team', teamId: TEAMS[0]!, name: 'Film' });
      await give({
        ...project({ name: 'Spring', stage: 'concept', dueAt: null }),
        kind: 'create_project',
        clientId: CLIENT,
      });
    }, 600_000);
    afterAll(async () => {
      await hop.stop();
      await inkwell.stop();
    });
    /** As many as there may be; only for the forms that list them. */
    const createMany = async () => {
      for (const [n, clientId] of CLIENTS.entries()) {
        if (state().clients.has(clientId)) continue;
        await give({ kind: 'create_client', clientId, name: `${n} <& "Client">${'ü'.repeat(n % 60)}` });
      }
      for (const [n, teamId] of TEAMS.entries()) {
        if (!state().teams.has(teamId))
          await give({ kind: 'create_team', teamId, name: `${n} Team${'w'.repeat(n % 60)}` });
      }
    };

    const give = async (wish: CommandBody) => {
      const answer = await inkwell.world.book.submit({ commandId: `stale-${++ids}`, by: OLIVIA, ...wish });
      if (!answer.ok && answer.refusal.reason !== 'nothing_changed') {
        throw new Error(`${wish.kind}: ${JSON.stringify(answer.refusal).slice(0, 300)}`);
      }
    };
    const state = () => inkwell.world.book.now();
    const marcus = () => state().members.get(MARCUS)!;

    const FORMS: Record<string, fc.Arbitrary<FormOfMine>> = {
      'a person': fc
        .record({
          clients: lists(CLIENTS, SIZES),
          leads: lists(TEAMS, [0, 1, 5, 99, 100, 119]),
          teams: lists(TEAMS, [0, 1, 4]),
          touched: fc.record({ clients: fc.boolean(), leads: fc.boolean(), teams: fc.boolean() }),
        })
        .map(({ clients, leads, teams, touched }) => {
          const of = (at: 'shown' | 'now'): CommandBody[] => [
            { kind: 'set_manages', memberId: MARCUS, clientIds: clients[at], teamIds: leads[at] },
            { kind: 'set_teams', memberId: MARCUS, teamIds: teams[at] },
          ];
          const mine = { clients, leads, teams };
          const names = (Object.keys(mine) as (keyof typeof mine)[]).filter((each) => touched[each]);
          const typed = (each: keyof typeof mine) => (touched[each] ? mine[each].typed : mine[each].shown);
          return {
            name: 'person',
            before: of('shown'),
            open: [
              ['home_tab_people', { value: '[0,0,"@people"]' }],
              ['people_person', { blockId: `person.${MARCUS}` }],
            ],
            meanwhile: of('now'),
            values: Object.fromEntries(names.map((each) => [`${each}.${MARCUS}`, mine[each].typed])),
            typed: {
              ...bits('clients', typed('clients')),
              ...bits('leads', typed('leads')),
              ...bits('teams', typed('teams')),
            },
            read: () => ({
              ...bits('clients', marcus().manages.clientIds),
              ...bits('leads', marcus().manages.teamIds),
              ...bits('teams', marcus().teamIds),
            }),
          };
        }),
      rule: fc
        .record({
          shown: rules(),
          now: rules(),
          typed: rules(),
          touched: fc.record({ figures: fc.boolean(), models: fc.boolean() }),
        })
        .map(({ shown, now, typed: all, touched }) => {
          const scope = `client:${CLIENT}` as const;
          const typed: Rule = {
            ...(touched.figures ? all : shown),
            // Only what is there to choose.
            models: touched.models ? (shown.models ?? []).filter((_, n) => n % 2 === 0).slice(0, 40) : shown.models,
          };
          if (touched.models && typed.models?.length === 0) typed.models = null;
          // No list is all there are: of those, the ones that any of the three names.
          const named = new Set([shown, now, typed].flatMap(({ models }) => models ?? []));
          const read = (rule: Rule | null | undefined): Atoms => ({
            imagesMax: rule?.imagesMax ?? null,
            priceMaxCredits: rule?.priceMaxCredits ?? null,
            ...bits('models', rule?.models?.filter((id) => named.has(id)) ?? [...named]),
          });
          const values = {
            ...(touched.figures
              ? { images_max: figure(typed.imagesMax), price_max: figure(typed.priceMaxCredits) }
              : {}),
            ...(touched.models && shown.models ? { models: [...(typed.models ?? [])] } : {}),
          };
          return {
            name: 'rule',
            before: [{ kind: 'set_rule', scope, rule: shown }],
            open: [['home_tab_limits'], ['rule_open', { value: `[0,0,"@limits","${scope}"]` }]],
            meanwhile: [{ kind: 'set_rule', scope, rule: now }],
            values,
            typed: read(touched.models && shown.models ? typed : { ...typed, models: shown.models }),
            read: () => read(state().rules.get(scope)),
          };
        }),
      limits: fc
        .record({ shown: limits(), now: limits(), typed: limits(), isTouched: fc.boolean() })
        .map(({ shown, now, typed, isTouched }) => {
          const account = `client:${CLIENT}` as const;
          const wish = ({ limitCredits, over }: Limit): CommandBody => ({
            kind: 'set_limit',
            account,
            window: 'day',
            limitCredits,
            over,
            rollOverMaxCredits: null,
          });
          const mine = isTouched ? typed : shown;
          return {
            name: 'limits',
            before: [wish(shown)],
            open: [['home_tab_limits'], ['limits_open', { value: `[0,0,"@limits","${account}"]` }]],
            meanwhile: [wish(now)],
            values: isTouched ? { day: String(mine.limitCredits), over_day: mine.over } : {},
            typed: { limitCredits: mine.limitCredits, over: mine.over },
            read: () => {
              const { limitCredits, over } = state()
                .limits.get(account)!
                .find(({ window }) => window === 'day')!;
              return { limitCredits, over };
            },
          };
        }),
      project: fc
        .record({
          shown: projects(),
          now: projects(),
          typed: projects(),
          touched: fc.tuple(fc.boolean(), fc.boolean()),
        })
        .map(({ shown, now, typed, touched: [name, stage] }) => {
          const mine = { ...shown, ...(name ? { name: typed.name } : {}), ...(stage ? { stage: typed.stage } : {}) };
          return {
            name: 'project',
            before: [project(shown)],
            open: [
              ['home_tab_clients'],
              ['home_projects', { value: `[0,0,"@clients","#0/${CLIENT}"]` }],
              ['home_project', { blockId: 'project.p1' }],
            ],
            meanwhile: [project(now)],
            values: { ...(name ? { name: mine.name } : {}), ...(stage ? { stage: mine.stage } : {}) },
            typed: { name: mine.name, stage: mine.stage },
            read: () => {
              const { name: called, stage: at } = state().projects.get('p1')!;
              return { name: called, stage: at };
            },
          };
        }),
      team: nameForm('team', {
        wish: (name) => ({ kind: 'rename_team', teamId: TEAMS[0]!, name }),
        open: [['home_tab_people'], ['people_team', { value: `[0,0,"@people","${TEAMS[0]}"]` }]],
        read: () => state().teams.get(TEAMS[0]!)!.name,
      }),
      client: nameForm('client', {
        wish: (name) => ({ kind: 'rename_client', clientId: CLIENT, name }),
        open: [['home_tab_clients'], ['home_client', { blockId: `client.${CLIENT}` }]],
        read: () => state().clients.get(CLIENT)!.name,
      }),
      channel: fc
        .record({ shown: fc.nat(3), now: fc.nat(3), typed: fc.nat(3), isTouched: fc.boolean() })
        .map(({ shown, now, typed, isTouched }) => {
          const wish = (n: number): CommandBody => ({
            kind: 'bind_channel',
            channelId: CHANNEL,
            clientId: CLIENTS[n]!,
            ifUnbound: false,
          });
          return {
            name: 'channel',
            before: [wish(shown)],
            open: [['home_bind_channel'], ['set_up_channel', { choice: CHANNEL }]],
            meanwhile: [wish(now)],
            values: isTouched ? { [`client.${CHANNEL}`]: CLIENTS[typed]! } : {},
            typed: { clientId: CLIENTS[isTouched ? typed : shown] },
            read: () => ({ clientId: state().channels.get(CHANNEL) }),
          };
        }),
      policy: fc
        .record({
          shown: policies(),
          now: policies(),
          typed: policies(),
          touched: fc.array(fc.constantFrom(...POLICY), { maxLength: 4 }),
        })
        .map(({ shown, now, typed, touched }) => {
          const mine = Object.fromEntries(POLICY.map((part) => [part, (touched.includes(part) ? typed : shown)[part]]));
          return {
            name: 'policy',
            before: policyWishes(shown),
            open: [['home_tab_limits'], ['policy_open']],
            meanwhile: policyWishes(now),
            values: Object.assign({}, ...touched.map((part) => POLICY_VALUES[part](typed))),
            typed: policyAtoms(mine as PolicyOfMine),
            read: () => policyAtoms(state().settings!),
          };
        }),
      'calendar and prices': fc
        .record({ shown: prices(), now: prices(), typed: prices(), touched: fc.tuple(fc.boolean(), fc.boolean()) })
        .map(({ shown, now, typed, touched: [markup, week] }) => {
          const wishes = ({ markupBasisPoints, weekStartsOn }: Prices): CommandBody[] => [
            { kind: 'set_policy', policy: { name: 'markupBasisPoints', value: markupBasisPoints } },
            { kind: 'set_policy', policy: { name: 'weekStartsOn', value: weekStartsOn } },
          ];
          const mine = {
            markupBasisPoints: (markup ? typed : shown).markupBasisPoints,
            weekStartsOn: (week ? typed : shown).weekStartsOn,
          };
          return {
            name: 'calendar and prices',
            before: wishes(shown),
            open: [['home_tab_limits'], ['calendar_prices_open']],
            meanwhile: wishes(now),
            values: {
              ...(markup ? { markup: String((mine.markupBasisPoints - 10_000) / 100) } : {}),
              ...(week ? { week_starts_on: String(mine.weekStartsOn) } : {}),
            },
            typed: mine,
            read: () => {
              const { markupBasisPoints, weekStartsOn } = state().settings!;
              return { markupBasisPoints, weekStartsOn };
            },
          };
        }),
    };

    const openForm = async (steps: readonly Step[]) => {
      const left = inkwell.slack.modal(OLIVIA);
      if (left) await inkwell.slack.as(OLIVIA).close(left);
      await inkwell.slack.as(OLIVIA).openHome();
      for (const [action, where] of steps) {
        await inkwell.idle();
        const place = inkwell.slack.modal(OLIVIA) ?? inkwell.slack.home(OLIVIA)!;
        await inkwell.slack.as(OLIVIA).click(place, action, where ?? {});
      }
      await inkwell.idle();
      return inkwell.slack.modal(OLIVIA)!;
    };
    const submit = async (values: Values) => {
      await inkwell.slack.as(OLIVIA).submit(inkwell.slack.modal(OLIVIA)!, values as Record<string, string>);
      await inkwell.idle();
    };
    const late = () => inkwell.slack.violations.filter(({ text: words }) => IS_LATE.test(words)).length;
    const nameOf = (clientId: string) => state().clients.get(clientId)!.name;
    const said = () => {
      const modal = inkwell.slack.modal(OLIVIA);
      const words = modal ? [...Object.values(modal.errors), wordsIn(modal.blocks)] : [];
      return `${words.join(' ')} ${wordsIn(inkwell.slack.home(OLIVIA)?.blocks ?? [])}`;
    };

    const LISTS = new Set(['a person', 'rule']);
    const MANY = new Set(['a person', 'channel']);
    const inOrder = Object.entries(FORMS).toSorted(([one], [other]) => Number(MANY.has(one)) - Number(MANY.has(other)));
    for (const [name, form] of inOrder) {
      test(`${name}: what was changed is changed, and nothing else`, async () => {
        if (MANY.has(name)) await createMany();
        await fc.assert(
          fc.asyncProperty(
            form,
            fc.constantFrom<Damage>('none', 'none', 'metadata', ...(LISTS.has(name) ? ['initials' as const] : [])),
            async (mine, damage) => {
              for (const wish of mine.before) await give(wish);
              const shown = mine.read();
              await openForm(mine.open);
              const { callback_id: opened } = inkwell.slack.modal(OLIVIA)!;
              for (const wish of mine.meanwhile) await give(wish);
              const now = mine.read();
              const lateBefore = late();
              hop.set(damage);
              await submit(mine.values);
              hop.set('none');
              // A machine that is too busy for Slack’s three seconds says nothing about forms.
              if (late() > lateBefore) return;
              const next = inkwell.slack.modal(OLIVIA)?.callback_id;
              if (next === 'limits_rehearsed' || next === 'calendar_prices_preview') await submit({});
              const after = mine.read();
              const isAsNow = Object.keys({ ...now, ...after }).every((atom) => same(after[atom], now[atom]));
              const wasTold =
                /Nothing was saved|The form below still shows|Nothing is saved yet|Nothing was changed/.test(said());
              if (isAsNow && wasTold) {
                // What was typed is there: in the form that is still open, or by name.
                if (damage === 'metadata') expect(inkwell.slack.modal(OLIVIA)?.callback_id).toBe(opened);
                if (said().includes('You had also chosen')) {
                  const added = Object.keys(mine.typed).filter((atom) => atom.startsWith('clients/') && !now[atom]);
                  for (const atom of added.slice(0, 40))
                    expect(said()).toContain(nameOf(atom.slice('clients/'.length)));
                }
                return;
              }
              expect(damage).not.toBe('metadata');
              expect(inkwell.slack.violations.filter(({ text: words }) => !IS_LATE.test(words))).toEqual([]);
              for (const atom of Object.keys({ ...shown, ...mine.typed, ...now, ...after })) {
                const isTouched = !same(mine.typed[atom], shown[atom]);
                expect([atom, after[atom] ?? false]).toEqual([
                  atom,
                  (isTouched ? mine.typed[atom] : now[atom]) ?? false,
                ]);
              }
            },
          ),
          { numRuns: runs, seed },
        );
        expect(inkwell.slack.violations.filter(({ text: words }) => !IS_LATE.test(words))).toEqual([]);
        expect(inkwell.errors).toEqual([]);
      });
    }
  });
}

type Drawn = { element?: { initial_options?: unknown } };

/** Stands between Slack and the app for one form, and loses parts of it on the way. */
async function startHop({ slack, url }: Inkwell) {
  let damage: Damage = 'none';
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const body = damaged(await text(request), damage);
    const headers = { 'content-type': String(request.headers['content-type']), ...slack.sign(body) };
    const answer = await fetch(url, { method: 'POST', body, headers });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
    response.end(await answer.text());
  };
  const server = createServer((request, response) => void pass(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  return {
    set(next: Damage) {
      damage = next;
      slack.deliverTo(damage === 'none' ? url : here);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function damaged(raw: string, damage: Damage): string {
  const payload = JSON.parse(new URLSearchParams(raw).get('payload') ?? '{}') as {
    type?: string;
    view: { blocks: Drawn[] };
  };
  if (payload.type !== 'view_submission') return raw;
  if (damage === 'metadata') Object.assign(payload.view, { private_metadata: '' });
  else for (const { element } of payload.view.blocks) if (element) Reflect.deleteProperty(element, 'initial_options');
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}

const same = (one: unknown, other: unknown) => (one ?? false) === (other ?? false);
const bits = (name: string, ids: readonly string[]): Atoms =>
  Object.fromEntries(ids.map((id) => [`${name}/${id}`, true]));
const figure = (credits: number | null) => (credits === null ? '' : String(credits));

/** What was shown of all there are, what others made of it, and what is typed: each a little or a lot of another. */
const lists = (all: readonly string[], sizes: readonly number[]) =>
  fc
    .record({
      size: fc.constantFrom(...sizes),
      from: fc.nat(all.length),
      takes: fc.constantFrom(0, 1, 30, 60, 250),
      gives: fc.constantFrom(0, 1, 2),
      mineTakes: fc.constantFrom(0, 1, 40),
      mineGives: fc.constantFrom(0, 1),
    })
    .map(({ size, from, takes, gives, mineTakes, mineGives }) => {
      const turned = [...all.slice(from), ...all.slice(0, from)];
      const shown = turned.slice(0, size);
      const others = turned.slice(size, size + gives);
      const mine = turned.slice(size + 1, size + 1 + mineGives);
      return {
        shown,
        now: [...shown.slice(takes), ...others],
        typed: [...shown.slice(0, Math.max(0, size - mineTakes)), ...mine],
      };
    });

const rules = (): fc.Arbitrary<Rule> =>
  fc.record({
    imagesMax: fc.constantFrom(1, 2, 3, 10),
    priceMaxCredits: fc.constantFrom(null, 1, 90, 5_000),
    models: fc.option(fc.subarray(MODELS, { minLength: 1 }), { nil: null }),
    qualities: fc.constant(null),
  });

type Limit = { limitCredits: number; over: 'refuse' | 'ask' | 'warn' };
const limits = (): fc.Arbitrary<Limit> =>
  fc.record({ limitCredits: fc.constantFrom(0, 5, 50, 900), over: fc.constantFrom('refuse', 'ask', 'warn') });

type Project = { name: string; stage: 'concept' | 'iteration' | 'final'; dueAt: null };
const names = fc.constantFrom('Spring', 'Summer "& <Sun>', 'Ä'.repeat(80), 'Autumn');
const projects = (): fc.Arbitrary<Project> =>
  fc.record({ name: names, stage: fc.constantFrom('concept', 'iteration', 'final'), dueAt: fc.constant(null) });
const project = (said: Project) => ({ kind: 'change_project', projectId: 'p1', ...said }) as const;

const nameForm = (
  name: string,
  { wish, open, read }: { wish: (name: string) => CommandBody; open: Step[]; read: () => string },
): fc.Arbitrary<FormOfMine> =>
  fc
    .record({ shown: names, now: names, typed: names, isTouched: fc.boolean() })
    .map(({ shown, now, typed, isTouched }) => ({
      name,
      before: [wish(shown)],
      open,
      meanwhile: [wish(now)],
      values: isTouched ? { name: typed } : {},
      typed: { name: isTouched ? typed : shown },
      read: () => ({ name: read() }),
    }));

type PolicyOfMine = Omit<Policy, 'defaultRole' | 'digest' | 'peerCheck'>;
const POLICY = [
  'burst',
  'escalateAfterMs',
  'lapseAfterMs',
  'ownerAboveCredits',
  'repeats',
  'alerts',
  'coachingText',
  'reactions',
] as const;
const HOUR_MS = 3_600_000;
const STARS = { keep: 'star', final: 'trophy', discard: 'wastebasket' };
const policies = (): fc.Arbitrary<PolicyOfMine> =>
  fc.record({
    burst: fc.record({ requestsMax: fc.constantFrom(5, 20), withinMs: fc.constantFrom(60_000, 120_000) }),
    escalateAfterMs: fc.constantFrom(2 * HOUR_MS, 3 * HOUR_MS),
    lapseAfterMs: fc.constantFrom(24 * HOUR_MS, 48 * HOUR_MS),
    ownerAboveCredits: fc.constantFrom(null, 100, 200),
    repeats: fc.record({
      approvalsCount: fc.constantFrom(3, 4),
      withinMs: fc.constantFrom(30 * 24 * HOUR_MS, 7 * 24 * HOUR_MS),
    }),
    alerts: fc.record({
      percents: fc.constantFrom([50, 80], [90]),
      quiet: fc.constantFrom(null, { from: '20:00', to: '08:00' }),
    }),
    coachingText: fc.constantFrom('Ask earlier.', 'Use drafts.\nThey are cheap.', 'ü'.repeat(1_500)),
    reactions: fc.constantFrom(null, STARS, { ...STARS, keep: 'heart' }),
  });
const policyWishes = (policy: PolicyOfMine): CommandBody[] =>
  POLICY.map((name) => ({ kind: 'set_policy', policy: { name, value: policy[name] } }) as CommandBody);
const policyAtoms = ({ burst, repeats, alerts, ...rest }: PolicyOfMine): Atoms => ({
  alertsPercents: alerts.percents.join(),
  alertsQuiet: JSON.stringify(alerts.quiet),
  burstCount: burst?.requestsMax,
  burstWithin: burst?.withinMs,
  repeatsCount: repeats.approvalsCount,
  repeatsWithin: repeats.withinMs,
  escalateAfterMs: rest.escalateAfterMs,
  lapseAfterMs: rest.lapseAfterMs,
  ownerAboveCredits: rest.ownerAboveCredits,
  coachingText: rest.coachingText,
  reactions: rest.reactions && Object.values(rest.reactions).join(' '),
});
const POLICY_VALUES: Record<(typeof POLICY)[number], (policy: PolicyOfMine) => Values> = {
  burst: ({ burst }) => ({ burst_count: String(burst!.requestsMax), burst_minutes: String(burst!.withinMs / 60_000) }),
  escalateAfterMs: ({ escalateAfterMs }) => ({ escalate_hours: String(escalateAfterMs / HOUR_MS) }),
  lapseAfterMs: ({ lapseAfterMs }) => ({ lapse_hours: String(lapseAfterMs / HOUR_MS) }),
  ownerAboveCredits: ({ ownerAboveCredits }) => ({ owner_above: figure(ownerAboveCredits) }),
  repeats: ({ repeats }) => ({
    repeats_count: String(repeats.approvalsCount),
    repeats_days: String(repeats.withinMs / (24 * HOUR_MS)),
  }),
  alerts: ({ alerts: { percents, quiet } }) => ({
    alerts_percents: percents.join(', '),
    quiet_from: quiet?.from ?? '',
    quiet_to: quiet?.to ?? '',
  }),
  coachingText: ({ coachingText }) => ({ coaching: coachingText }),
  reactions: ({ reactions }) => ({ reactions: Object.values(reactions ?? {}).join(' ') }),
};

type Prices = { markupBasisPoints: number; weekStartsOn: number };
const prices = (): fc.Arbitrary<Prices> =>
  fc.record({ markupBasisPoints: fc.constantFrom(10_000, 15_000, 12_550), weekStartsOn: fc.constantFrom(0, 1, 6) });
