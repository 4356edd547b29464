import type { ImageDone } from '../../images/image-provider.ts';
import type { World } from '../context.ts';

/** So many wait only where neither the store nor Slack takes them for minutes. */
const ARRIVED_MAX = 100;
const ARRIVED_BYTES_MAX = 256 * 1024 * 1024;

/**
 * Pictures that have arrived in this process and are not stored: while it runs they are as good as stored, and they are
 * shown from here. They are paid for, so what the disk does not take is not lost for that.
 */
export function keepArrived(world: World, imageId: string, done: ImageDone): void {
  const { images } = arrivedIn(world);
  images.set(imageId, done);
  let bytes = [...images.values()].reduce((sum, each) => sum + sizeOf(each), 0);
  for (const [oldest, each] of images) {
    if (images.size === 1 || (images.size <= ARRIVED_MAX && bytes <= ARRIVED_BYTES_MAX)) return;
    images.delete(oldest);
    bytes -= sizeOf(each);
    world.log.error({ imageId: oldest }, 'a picture that could not be stored in time is given up');
  }
}

export const arrivedOf = (world: World, imageId: string): ImageDone | null =>
  arrivedIn(world).images.get(imageId) ?? null;

export const forgetArrived = (world: World, imageId: string): void => void arrivedIn(world).images.delete(imageId);

/** This process ends: what is only in its memory goes with it, and the log says what that is. */
export function stopArrived(world: World): void {
  const here = arrivedIn(world);
  here.isStopped = true;
  for (const imageId of here.images.keys()) {
    world.log.error({ imageId }, 'a picture that is paid for and not stored is lost with this process');
  }
}

/** Nothing more is waited for. */
export const isStopped = (world: World): boolean => arrivedIn(world).isStopped;

const sizeOf = ({ bytes, more = [] }: ImageDone): number =>
  bytes.byteLength + more.reduce((sum, each) => sum + each.bytes.byteLength, 0);

type Here = { images: Map<string, ImageDone>; isStopped: boolean };

function arrivedIn(world: World): Here {
  const known = inProcess.get(world) ?? { images: new Map(), isStopped: false };
  inProcess.set(world, known);
  return known;
}

const inProcess = new WeakMap<World, Here>();
