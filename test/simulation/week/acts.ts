import { expectUse } from '../../../src/app/alerts/expect-use.ts';
import { muteAlerts } from '../../../src/app/alerts/mute-alerts.ts';
import type { AppContext } from '../../../src/app/context.ts';
import type { AccountId } from '../../../src/ledger/accounts.ts';
import { type CommandBody, INKWELL } from '../../../src/ledger/commands/commands.ts';
import type { Window } from '../../../src/ledger/usage/windows.ts';
import type { Chance } from '../world/chance.ts';
import type { Rules } from './audit/facts.ts';
import { type ClientId, CREATOR, holding, MANAGERS, OWNERS } from './world/agency.ts';

/** What somebody does; delivered a second time, it is the same. */
export type WeekAct = { name: string; deliver(world: AppContext): Promise<unknown> };

const LIMITED: readonly [AccountId, Window, least: number, most: number][] = [
  ['agency', 'month', 150, 500],
  ['client:acme', 'week', 20, 60],
  ['client:acme', 'month', 60, 200],
  ['client:nova', 'week', 15, 60],
  ['team:film', 'month', 80, 300],
  ['project:spring', 'total', 40, 150],
];
const [OWNER, SECOND] = OWNERS;
/** Times that clocks leave out, have twice, or begin a date with are among them. */
const MINUTES = [0, 30, 90, 120, 150, 540, 540, 1_020, 1_439] as const;
const QUIET = [
  null,
  null,
  { from: '20:00', to: '08:00' },
  { from: '12:00', to: '14:30' },
  { from: '01:00', to: '03:00' },
];
const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'America/Santiago'] as const;
const SPIKE_CREDITS = 400;

/** How it begins: limits, the time of the digest, quiet hours. */
export function firstWishes(chance: Chance): CommandBody[] {
  return [
    ...LIMITED.filter(() => chance.is(0.7)).map(([account, window]) => limitOf(chance, account, window)),
    digestAtChance(chance),
    alertsAtChance(chance),
    ...CLIENTS.filter(() => chance.is(0.6)).map((clientId) => clientDigest(clientId, true)),
  ];
}

const limitOf = (chance: Chance, account: AccountId, window: Window): CommandBody => {
  const [, , least = 0, most = 0] = LIMITED.find((each) => each[0] === account && each[1] === window) ?? [];
  return {
    ...{ kind: 'set_limit', account, window, limitCredits: chance.int(least, most) },
    ...{ over: 'warn', rollOverMaxCredits: null },
  };
};

const digestAtChance = (chance: Chance): CommandBody => ({
  kind: 'set_policy',
  policy: {
    name: 'digest',
    value: {
      weekday: chance.pick([0, 0, 1, 1, 5, chance.int(0, 6)]),
      minuteOfDay: chance.pick(MINUTES),
      readers: chance.weighted({ owners_and_managers: 6, owners: 2, no_one: 1 }),
    },
  },
});

const CLIENTS = ['acme', 'nova'] as const;
const clientDigest = (clientId: ClientId, isOn: boolean): CommandBody => ({
  kind: 'set_client_digest',
  clientId,
  isOn,
});

const alertsAtChance = (chance: Chance): CommandBody => ({
  kind: 'set_policy',
  policy: {
    name: 'alerts',
    value: { percents: chance.pick([[50, 80, 100], [80], [30, 60, 90, 100]]), quiet: chance.pick(QUIET) },
  },
});

/** `rules`: what the lines say so far; `today`: on the workspace's wall. */
export type WeekScene = { chance: Chance; rules(): Rules; today(): string; newDelivery(): string };

export function actAtChance(scene: WeekScene): WeekAct {
  const { chance } = scene;
  const name = chance.weighted(WEIGHTS);
  return { name, deliver: ACTS[name](scene, scene.newDelivery()) };
}

const WEIGHTS = {
  use: 12,
  spike: 0.5,
  limit: 3,
  unlimit: 0.6,
  move: 0.8,
  digest: 1.5,
  alerts: 1.5,
  zone: 0.15,
  mute: 1.5,
  unmute: 0.8,
  expect: 0.7,
  clientDigest: 1,
  manages: 1,
  status: 0.8,
} as const;

type Made = (scene: WeekScene, id: string) => WeekAct['deliver'];

const submitting =
  (by: string, wish: CommandBody, id: string): WeekAct['deliver'] =>
  ({ book }) =>
    book.submit({ commandId: id, by, ...wish });

const ACTS: Record<keyof typeof WEIGHTS, Made> = {
  use: ({ chance }, id) => using(chance.pick(['acme', 'acme', 'nova']), chance.pick([2, 5, 11, 23]), id),
  spike: ({ chance }, id) => using(chance.pick(['acme', 'nova']), SPIKE_CREDITS, id),
  limit: ({ chance }, id) => {
    const [account, window] = chance.pick(LIMITED);
    return submitting(OWNER, limitOf(chance, account, window), id);
  },
  unlimit: ({ chance }, id) => {
    const [account, window] = chance.pick(LIMITED);
    const wish = { ...limitOf(chance, account, window), limitCredits: null } as CommandBody;
    return submitting(OWNER, wish, id);
  },
  move: ({ chance }, id) => {
    const [from, to] = chance.pick([['client:acme', 'client:nova'] as const, ['client:nova', 'client:acme'] as const]);
    const amountCredits = chance.int(1, 20);
    return submitting(OWNER, { kind: 'move_budget', from, to, window: 'week', amountCredits }, id);
  },
  digest: ({ chance }, id) => submitting(OWNER, digestAtChance(chance), id),
  alerts: ({ chance }, id) => submitting(OWNER, alertsAtChance(chance), id),
  zone: ({ chance }, id) =>
    submitting(OWNER, { kind: 'set_policy', policy: { name: 'timeZone', value: chance.pick(ZONES) } }, id),
  mute: ({ chance }, id) => {
    const [account] = chance.pick(LIMITED);
    const until = chance.pick(['day', 'week', 'month'] as const);
    return (world) => muteAlerts(world, { deliveryId: id, by: OWNER, account, until });
  },
  unmute: ({ chance }, id) => {
    const [account] = chance.pick(LIMITED);
    return (world) => muteAlerts(world, { deliveryId: id, by: OWNER, account, until: null });
  },
  expect: ({ chance, today }, id) => {
    const account = chance.pick(['client:acme', 'client:nova'] as const);
    const date = today();
    return (world) => expectUse(world, { deliveryId: id, by: OWNER, account, date, hour: null });
  },
  clientDigest: ({ chance, rules }, id) => {
    const clientId = chance.pick(CLIENTS);
    return submitting(OWNER, clientDigest(clientId, !rules().clientDigests.has(clientId)), id);
  },
  manages: ({ chance }, id) => {
    const memberId = chance.pick(MANAGERS);
    const clientIds = chance.pick([[], ['acme'], ['nova'], ['acme', 'nova']]);
    const teamIds = chance.is(0.5) ? ['film'] : [];
    return submitting(OWNER, { kind: 'set_manages', memberId, clientIds, teamIds }, id);
  },
  status: ({ chance, rules }, id) => {
    const memberId = chance.pick([...MANAGERS, SECOND]);
    const isActive = rules().people.get(memberId)?.isActive;
    const wish: CommandBody = isActive
      ? { kind: 'suspend_member', memberId, reason: '' }
      : { kind: 'resume_member', memberId };
    return submitting(OWNER, wish, id);
  },
};

const using =
  (clientId: ClientId, credits: number, id: string): WeekAct['deliver'] =>
  async ({ book }) => {
    const held = await book.submit({ commandId: id, by: CREATOR, ...holding(clientId, credits) });
    if (!held.ok) return held;
    const capture = { kind: 'capture', holdId: `${id}/1`, capturedCredits: credits, costMicroUsd: 1 } as const;
    return await book.submit({ commandId: `${id}/capture`, by: INKWELL, ...capture });
  };
