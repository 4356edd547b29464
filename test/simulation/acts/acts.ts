import { STOPPING } from './check-again.ts';
import { DECIDING } from './decide.ts';
import { MAKING } from './make.ts';
import { PEOPLE } from './people.ts';
import { RUNNING } from './run-agency.ts';
import type { Act, MakeAct, Scene } from './scene.ts';

const ACTS = { ...MAKING, ...DECIDING, ...PEOPLE, ...RUNNING, ...STOPPING } satisfies Record<string, MakeAct>;

/** How often people do what. */
const WEIGHTS: Readonly<Record<keyof typeof ACTS, number>> = {
  request: 70,
  crowd: 2,
  reuse: 2,
  repeat: 5,
  remove: 4,
  open: 2,
  deleteMessage: 1,
  archive: 1,
  approve: 26,
  deny: 4,
  withdraw: 4,
  coach: 2,
  openForm: 2,
  delegate: 3,
  setRole: 2,
  setTeams: 2,
  setManages: 2,
  suspend: 2,
  removeOrBack: 5,
  deactivate: 1,
  becomeGuest: 1,
  invite: 2,
  setLimit: 8,
  saveLimits: 4,
  grant: 5,
  grantReused: 1,
  move: 5,
  setRule: 2,
  setPolicy: 3,
  bindChannel: 2,
  bindProject: 3,
  createProject: 2,
  closeOrOpen: 4,
  look: 10,
  checkAgain: 1,
};
/** While spending is stopped, everybody's work waits for it. */
const CHECKED_AGAIN = 0.12;

export function actAtChance(scene: Scene): Act {
  const { chance, told } = scene;
  const isPressing = told.stopId !== null && chance.is(CHECKED_AGAIN);
  const act = ACTS[isPressing ? 'checkAgain' : chance.weighted(WEIGHTS)](scene);
  return act ?? (MAKING.request(scene) as Act);
}
