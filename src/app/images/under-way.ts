import { checkBurst } from '../../ledger/decide/rules.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import type { World } from '../context.ts';

/**
 * Whether somebody has asked too often to be asked for anything more: looked at before the first thing of a request is
 * written, with the requests of theirs that the ledger has not answered yet. Null: they are counted in, until `answered`.
 * The ledger decides all the same, for those of other processes.
 */
export function turnAway(world: World, { jobId, memberId }: Asked): Refusal | null {
  const underWay = underWayIn(world);
  const own = underWay.get(memberId) ?? new Set();
  const refused = checkBurst(world.book.now(), memberId, world.clock.now(), own.size);
  if (refused) {
    world.book.turnedAwayCount += 1;
    return refused.refusal;
  }
  underWay.set(memberId, own.add(jobId));
  return null;
}

/** The ledger has answered, or nothing came of it. */
export function answered(world: World, { jobId, memberId }: Asked): void {
  const own = underWayIn(world).get(memberId);
  own?.delete(jobId);
  if (own?.size === 0) underWayIn(world).delete(memberId);
}

type Asked = { jobId: string; memberId: string };

function underWayIn(world: World): Map<string, Set<string>> {
  const known = inProcess.get(world) ?? new Map<string, Set<string>>();
  inProcess.set(world, known);
  return known;
}

const inProcess = new WeakMap<World, Map<string, Set<string>>>();
