import type { ImageDone } from '../images/image-maker.ts';
import type { World } from './world.ts';

/** Each may be several megabytes; so many at once wait only where neither store nor Slack takes them. */
const ARRIVED_MAX = 100;

/**
 * Pictures that have arrived in this process and are not stored: while it runs they are as good as stored, and they are
 * shown from here. They are paid for, so what the disk does not take is not lost for that.
 */
export function keepArrived(world: World, imageId: string, done: ImageDone): void {
  const arrived = arrivedIn(world);
  arrived.set(imageId, done);
  const [oldest] = arrived.keys();
  if (arrived.size <= ARRIVED_MAX || oldest === undefined) return;
  arrived.delete(oldest);
  world.log.error({ imageId: oldest }, 'a picture that could not be stored in time is given up');
}

export const arrivedOf = (world: World, imageId: string): ImageDone | null => arrivedIn(world).get(imageId) ?? null;

export const forgetArrived = (world: World, imageId: string): void => void arrivedIn(world).delete(imageId);

function arrivedIn(world: World): Map<string, ImageDone> {
  const known = inProcess.get(world) ?? new Map<string, ImageDone>();
  inProcess.set(world, known);
  return known;
}

const inProcess = new WeakMap<World, Map<string, ImageDone>>();
