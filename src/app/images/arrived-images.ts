import type { ImageDone } from '../../images/image-provider.ts';
import type { AppContext } from '../context.ts';

/** So many wait only where neither the store nor Slack takes them for minutes. */
const ARRIVED_MAX = 100;
const ARRIVED_BYTES_MAX = 256 * 1024 * 1024;

/**
 * Pictures that have arrived in this process and are not stored: while it runs they are as good as stored, and they are
 * shown from here. They are paid for, so what the disk does not take is not lost for that.
 */
export function keepArrived(context: AppContext, imageId: string, done: ImageDone): void {
  const { images } = arrivedIn(context);
  images.set(imageId, done);
  let bytes = [...images.values()].reduce((sum, each) => sum + sizeOf(each), 0);
  for (const [oldest, each] of images) {
    if (images.size === 1 || (images.size <= ARRIVED_MAX && bytes <= ARRIVED_BYTES_MAX)) return;
    images.delete(oldest);
    bytes -= sizeOf(each);
    context.log.error({ imageId: oldest }, 'image not stored in time, giving up');
  }
}

export const arrivedOf = (context: AppContext, imageId: string): ImageDone | null =>
  arrivedIn(context).images.get(imageId) ?? null;

export const forgetArrived = (context: AppContext, imageId: string): void =>
  void arrivedIn(context).images.delete(imageId);

/** This process ends: what is only in its memory goes with it, and the log says what that is. */
export function stopArrived(context: AppContext): void {
  const here = arrivedIn(context);
  here.isStopped = true;
  for (const imageId of here.images.keys()) {
    context.log.error({ imageId }, 'a paid image that is not stored is lost if this process ends');
  }
}

/** Nothing more is waited for. */
export const isStopped = (context: AppContext): boolean => arrivedIn(context).isStopped;

const sizeOf = ({ bytes, more = [] }: ImageDone): number =>
  bytes.byteLength + more.reduce((sum, each) => sum + each.bytes.byteLength, 0);

type Here = { images: Map<string, ImageDone>; isStopped: boolean };

function arrivedIn(context: AppContext): Here {
  const known = inProcess.get(context) ?? { images: new Map(), isStopped: false };
  inProcess.set(context, known);
  return known;
}

const inProcess = new WeakMap<AppContext, Here>();
