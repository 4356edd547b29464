import type { AccountId } from '../../../src/ledger/accounts.ts';
import type { PolicyChange } from '../../../src/ledger/commands/commands.ts';
import {
  accountAtChance,
  CHANNELS,
  CLIENTS,
  CREATORS,
  OWNERS,
  overAtChance,
  PROJECTS,
  THREAD,
} from '../world/agency.ts';
import { type MakeAct, type Scene, somebody } from './scene.ts';

const by = (scene: Scene) => somebody(scene, ['owner', 'owner', 'manager']);
const change = (scene: Scene) => ({ deliveryId: scene.newDelivery(), by: by(scene) });

const setLimit: MakeAct = (scene) => {
  const { chance } = scene;
  const [account, window] = accountAtChance(chance);
  const limitCredits = chance.is(0.06) ? null : chance.int(0, 200);
  const rollOverMaxCredits = window === 'month' && chance.is(0.3) ? chance.int(0, 30) : null;
  const wish = { ...change(scene), account, window, limitCredits, over: overAtChance(chance), rollOverMaxCredits };
  return { name: 'set limit', deliver: (app) => app.setLimit(wish) };
};

const saveLimits: MakeAct = (scene) => {
  const { chance } = scene;
  const [account, window] = accountAtChance(chance);
  const figures = { limitCredits: chance.int(10, 200), over: overAtChance(chance), rollOverMaxCredits: null };
  const whole = { ...change(scene), account, wanted: [{ window, figures }] };
  const { deliveryId: _, ...rehearsal } = whole;
  if (chance.is(0.3)) return { name: 'rehearse', deliver: (app) => app.rehearseLimits(rehearsal) };
  return { name: 'save limits', deliver: (app) => app.saveLimits(whole) };
};

const grant: MakeAct = (scene) => {
  const { chance, now } = scene;
  const [account] = accountAtChance(chance);
  const untilDate = chance.is(0.6) ? new Date(now() + chance.int(0, 2) * 86_400_000).toISOString().slice(0, 10) : null;
  const wish = { deliveryId: scene.newDelivery(), by: somebody(scene, ['owner']), account, untilDate };
  const amountCredits = chance.int(1, 40);
  return { name: 'grant', deliver: (app) => app.grantCredits({ ...wish, amountCredits, reason: 'For the pitch' }) };
};

/** The delivery of a grant that stands, come again with another amount. */
const grantReused: MakeAct = ({ chance, told }) => {
  const granted = told.grants.filter(({ grantId }) => grantId.startsWith('g-D'));
  if (granted.length === 0) return null;
  const { grantId, account, amountCredits } = chance.pick(granted);
  const wish = { deliveryId: grantId.slice(2), by: OWNERS[0], account: account as AccountId, untilDate: null };
  const other = { ...wish, amountCredits: amountCredits + 1, reason: 'For another pitch' };
  return { name: 'grant reused', isForged: true, deliver: (app) => app.grantCredits(other) };
};

const move: MakeAct = (scene) => {
  const { chance } = scene;
  const [from, window] = accountAtChance(chance);
  const [to] = accountAtChance(chance);
  const wish = { ...change(scene), from, to, window, amountCredits: chance.int(1, 20) };
  return { name: 'move', deliver: (app) => app.moveBudget(wish) };
};

const setRule: MakeAct = (scene) => {
  const { chance } = scene;
  const scope = chance.pick(['role:creator', 'client:acme', `member:${chance.pick(CREATORS)}`] as const);
  const most = { imagesMax: chance.int(1, 3), priceMaxCredits: chance.int(8, 40), models: null, qualities: null };
  const rule = chance.is(0.6) ? null : most;
  const wish = change(scene);
  return { name: 'set rule', deliver: (app) => app.setRule({ ...wish, scope, rule }) };
};

const setPolicy: MakeAct = (scene) => {
  const { chance } = scene;
  const changes: PolicyChange[] = chance.pick<PolicyChange[]>([
    [{ name: 'burst', value: { requestsMax: chance.int(2, 6), withinMs: 60_000 } }],
    [{ name: 'burst', value: null }],
    [{ name: 'burst', value: null }],
    [{ name: 'ownerAboveCredits', value: chance.int(5, 30) }],
    [{ name: 'ownerAboveCredits', value: null }],
    [{ name: 'escalateAfterMs', value: chance.int(1, 5) * 60_000 }],
  ]);
  const wish = { deliveryId: scene.newDelivery(), by: somebody(scene, ['owner']), changes };
  return { name: 'set policy', deliver: (app) => app.setPolicy(wish) };
};

const bindChannel: MakeAct = (scene) => {
  const { chance } = scene;
  const channelId = chance.is(0.7) ? 'C0PITCH' : chance.pick(CHANNELS);
  const clientId = chance.pick(CLIENTS);
  const decision = chance.is(0.9) ? ({ kind: 'client', clientId } as const) : ({ kind: 'none' } as const);
  const wish = { ...change(scene), channelId, decision, ifUnbound: chance.is(0.7) };
  return { name: 'bind channel', deliver: (app) => app.bindChannel(wish) };
};

const bindProject: MakeAct = (scene) => {
  const { chance } = scene;
  const project = chance.is(0.8) ? chance.pick(PROJECTS) : null;
  const threadId = chance.is(0.4) ? THREAD : null;
  const place = { channelId: chance.pick(CHANNELS), threadId };
  const binding = { ...change(scene), place, project };
  return { name: 'bind project', deliver: (app) => app.bindProject(binding) };
};

const createProject: MakeAct = (scene) => {
  const wish = change(scene);
  const said = {
    clientId: scene.chance.pick(CLIENTS),
    name: `job ${wish.deliveryId}`,
    dueOn: null,
    stage: 'final' as const,
  };
  return { name: 'create project', deliver: (app) => app.createProject({ ...wish, ...said }) };
};

/** What is closed is mostly opened again: there has to be somewhere to spend. */
const closeOrOpen: MakeAct = (scene) => {
  const { chance, told } = scene;
  const closedProject = [...told.projects].find(([, { isOpen }]) => !isOpen)?.[0];
  const closedClient = [...told.clients].find(([, isOpen]) => !isOpen)?.[0];
  const wish = { deliveryId: scene.newDelivery(), by: somebody(scene, ['owner']) };
  if (closedClient) {
    return {
      name: 'reopen client',
      deliver: (app) => app.setClientClosed({ ...wish, clientId: closedClient, isClosed: false }),
    };
  }
  if (closedProject && chance.is(0.7)) {
    const again = { ...wish, projectId: closedProject, isClosed: false };
    return { name: 'reopen project', deliver: (app) => app.setProjectClosed(again) };
  }
  if (chance.is(0.25)) {
    const closing = { ...wish, clientId: chance.pick(CLIENTS), isClosed: true };
    return { name: 'close client', deliver: (app) => app.setClientClosed(closing) };
  }
  const closing = { ...wish, projectId: chance.pick(PROJECTS), isClosed: true };
  return { name: 'close project', deliver: (app) => app.setProjectClosed(closing) };
};

const look: MakeAct = (scene) => {
  const { chance } = scene;
  const reads = somebody(scene, ['owner', 'manager', 'creator']);
  const channelId = chance.pick(CHANNELS);
  switch (chance.weighted({ credits: 5, home: 2, people: 1, projects: 1 })) {
    case 'credits':
      return { name: 'look', deliver: (app) => app.showCredits({ by: reads, place: { channelId, threadId: null } }) };
    case 'home':
      return { name: 'look', deliver: (app) => app.showHome({ by: reads }) };
    case 'people':
      return { name: 'look', deliver: (app) => app.showPeople({ by: reads, find: '', filter: 'all', page: 0 }) };
    case 'projects':
      return {
        name: 'look',
        deliver: (app) => app.showProjects({ by: reads, place: { channelId, threadId: null }, typed: null }),
      };
  }
};

export const RUNNING = {
  setLimit,
  saveLimits,
  grant,
  grantReused,
  move,
  setRule,
  setPolicy,
  bindChannel,
  bindProject,
  createProject,
  closeOrOpen,
  look,
};
