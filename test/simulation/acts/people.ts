import { ROLES } from '../../../src/ledger/roles.ts';
import { CLIENTS, CREATORS, EVERYBODY, MANAGERS, OTHERS, TEAMS } from '../world/agency.ts';
import { type MakeAct, type Remembers, type Scene, somebody } from './scene.ts';

const LOOK_AFTER = ['owner', 'owner', 'manager'];

/** Those of whom there are several; owners now and then, so that the last one is met. */
const oneOfMany = ({ chance }: Scene) =>
  chance.is(0.06) ? chance.pick(EVERYBODY) : chance.pick([...CREATORS, ...CREATORS, ...MANAGERS, ...OTHERS]);

const who = (scene: Scene, status: string): string | null => {
  const all = [...scene.told.people].flatMap(([id, person]) => (person.status === status ? [id] : []));
  return all.length > 0 ? scene.chance.pick(all) : null;
};

const setRole: MakeAct = (scene) => {
  const change = { deliveryId: scene.newDelivery(), by: somebody(scene, ['owner']) };
  const memberId = oneOfMany(scene);
  const role = scene.chance.pick(['creator', 'creator', 'manager', ...ROLES] as const);
  return { name: 'set role', deliver: (app) => app.setRole({ ...change, memberId, role }) };
};

const setTeams: MakeAct = (scene) => {
  const teamIds = TEAMS.filter(() => scene.chance.is(0.5));
  const change = {
    deliveryId: scene.newDelivery(),
    by: somebody(scene, ['owner']),
    memberId: oneOfMany(scene),
    teamIds,
  };
  return { name: 'set teams', deliver: (app) => app.setTeams(change) };
};

const setManages: MakeAct = (scene) => {
  const { chance } = scene;
  const manages = { clientIds: CLIENTS.filter(() => chance.is(0.6)), teamIds: TEAMS.filter(() => chance.is(0.5)) };
  const memberId = chance.pick(MANAGERS);
  const change = { deliveryId: scene.newDelivery(), by: somebody(scene, ['owner']), memberId, manages };
  return { name: 'set manages', deliver: (app) => app.setManages(change) };
};

const suspend: MakeAct = (scene) => {
  const suspended = who(scene, 'suspended');
  const isSuspended = suspended === null || scene.chance.is(0.3);
  const memberId = isSuspended ? oneOfMany(scene) : suspended;
  const change = { deliveryId: scene.newDelivery(), by: somebody(scene, LOOK_AFTER), memberId, isSuspended };
  return { name: isSuspended ? 'suspend' : 'resume', deliver: (app) => app.setSuspended(change) };
};

const removeOrBack: MakeAct = (scene) => {
  const { chance } = scene;
  const removed = who(scene, 'removed');
  const by = somebody(scene, LOOK_AFTER);
  if (removed !== null && chance.is(0.55)) {
    const change = { deliveryId: scene.newDelivery(), by, memberId: removed, role: 'creator' as const };
    return { name: 'bring back', deliver: (app) => app.bringBackPerson(change) };
  }
  const change = { deliveryId: scene.newDelivery(), by, memberId: oneOfMany(scene), reason: 'Contract ended' };
  return { name: 'remove', deliver: (app) => app.removePerson(change) };
};

/** Slack says so, and may say so to any process, and twice. */
const deactivate: MakeAct = ({ chance, slack }) => {
  const memberId = chance.pick(CREATORS);
  const isBack = slack.kinds.get(memberId) === 'deactivated';
  slack.kinds.set(memberId, isBack ? 'member' : 'deactivated');
  return {
    name: isBack ? 'activated' : 'deactivated',
    async deliver(app, remembers) {
      forget(remembers, memberId);
      await app.removeDeactivated({ memberId });
    },
  };
};

function forget({ people, channels }: Remembers, userId: string): void {
  people.forget(userId);
  channels.forget({ userId });
}

const becomeGuest: MakeAct = ({ chance, slack }) => {
  const memberId = chance.pick([...CREATORS, ...MANAGERS, 'UNEW']);
  if (slack.kinds.get(memberId) === 'deactivated') return null;
  slack.kinds.set(memberId, slack.kinds.get(memberId) === 'guest' ? 'member' : 'guest');
  return { name: 'guest or not', deliver: async (_app, remembers) => forget(remembers, memberId) };
};

const invite: MakeAct = (scene) => {
  const { chance } = scene;
  const change = { deliveryId: scene.newDelivery(), by: somebody(scene, LOOK_AFTER), memberId: chance.pick(OTHERS) };
  const role = chance.pick(['creator', 'viewer', 'manager'] as const);
  const teamIds = chance.is(0.5) ? ['print'] : [];
  return { name: 'invite', deliver: (app) => app.invitePerson({ ...change, role, teamIds }) };
};

export const PEOPLE = { setRole, setTeams, setManages, suspend, removeOrBack, deactivate, becomeGuest, invite };
