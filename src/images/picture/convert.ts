import { contentTypeOf, isShowable, UNKNOWN_TYPE } from './format.ts';

export type Picture = { bytes: Uint8Array; contentType: string };

/** Above the largest image that any provider sells; a small file can claim to be far larger. */
const PIXELS_MAX = 100_000_000;
const TIMEOUT_S = 30;

/**
 * The picture as Slack can show it. What is in another format becomes a PNG; what cannot be converted stays as it is, to
 * be kept as a file.
 */
export async function showable(bytes: Uint8Array): Promise<Picture> {
  const contentType = contentTypeOf(bytes) ?? UNKNOWN_TYPE;
  if (isShowable(contentType)) return { bytes, contentType };
  try {
    return { bytes: await toPng(bytes, contentType), contentType: 'image/png' };
  } catch {
    // Neither library says by a code whether it does not know a format or the bytes are damaged: the file is kept.
    return { bytes, contentType };
  }
}

/** Loaded when needed: most pictures come as PNG, and a start should not wait for a decoder. */
async function toPng(bytes: Uint8Array, contentType: string): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  const limits = { limitInputPixels: PIXELS_MAX, failOn: 'none' as const };
  const picture =
    contentType === 'image/bmp'
      ? // Of most BMPs the fourth byte of a pixel means nothing.
        sharp(...(await bmpPixels(bytes))).removeAlpha()
      : sharp(Buffer.from(bytes), limits).autoOrient();
  return await picture.toColourspace('srgb').timeout({ seconds: TIMEOUT_S }).png().toBuffer();
}

/** The decoder of the others knows no BMP. */
async function bmpPixels(bytes: Uint8Array) {
  const { decode } = await import('bmp-ts');
  const bmp = Buffer.from(bytes);
  const pixels = Math.abs(bmp.readInt32LE(18) * bmp.readInt32LE(22));
  if (pixels > PIXELS_MAX) throw new RangeError('a BMP of too many pixels');
  const { data, width, height } = decode(bmp, { toRGBA: true });
  return [Buffer.from(data), { raw: { width, height, channels: 4 as const } }] as const;
}
