/** What Slack's image blocks show. */
const SHOWABLE: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif']);

export const isShowable = (contentType: string): boolean => SHOWABLE.has(contentType);

/** Of bytes that are no text and of no format known here. */
export const UNKNOWN_TYPE = 'application/octet-stream';

/** The first bytes of a format, in hex; dots stand for any. */
const STARTS: readonly (readonly [hex: string, contentType: string])[] = [
  ['89504e470d0a1a0a', 'image/png'],
  ['ffd8ff', 'image/jpeg'],
  ['474946383761', 'image/gif'],
  ['474946383961', 'image/gif'],
  ['52494646........57454250', 'image/webp'],
  ['49492a00', 'image/tiff'],
  ['4d4d002a', 'image/tiff'],
  ['49492b00', 'image/tiff'],
  ['4d4d002b', 'image/tiff'],
  ['ff0a', 'image/jxl'],
  ['0000000c4a584c20', 'image/jxl'],
  ['0000000c6a502020', 'image/jp2'],
  ['38425053', 'image/vnd.adobe.photoshop'],
  ['762f3101', 'image/x-exr'],
  ['716f6966', 'image/qoi'],
  ['00000100', 'image/x-icon'],
  ['25504446', 'application/pdf'],
  ['1a45dfa3', 'video/webm'],
];

/** Brands of the container that begins with a size and `ftyp`. */
const BRANDS: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  avis: 'image/avif',
  heic: 'image/heic',
  heix: 'image/heic',
  heim: 'image/heic',
  hevc: 'image/heic',
  mif1: 'image/heic',
  msf1: 'image/heic',
};

/** Sizes of the second header of a BMP: two letters alone are too little to go by. */
const BMP_HEADERS: readonly number[] = [12, 16, 40, 52, 56, 64, 108, 124];
/** A remark ends where it first can: else a row of them could be read in endlessly many ways. */
const SVG = /^\uFEFF?\s*(?:<\?xml[^>]*>\s*|<!--(?:(?!-->)[\s\S])*-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s>]/i;
const HEAD_BYTES = 4_096;

/** What bytes are, told by the first of them and never by a name. Null where nothing here knows them. */
export function contentTypeOf(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, HEAD_BYTES));
  const hex = head.toString('hex', 0, 16);
  const known = STARTS.find(([start]) => new RegExp(`^${start}`).test(hex));
  if (known) return known[1];
  if (head.toString('latin1', 4, 8) === 'ftyp') return BRANDS[head.toString('latin1', 8, 12)] ?? 'video/mp4';
  if (isBmp(head)) return 'image/bmp';
  return SVG.test(head.toString('utf8')) ? 'image/svg+xml' : null;
}

const isBmp = (head: Buffer) =>
  head.length >= 18 && head.toString('latin1', 0, 2) === 'BM' && BMP_HEADERS.includes(head.readUInt32LE(14));

/** A page, a sentence or a document in place of a picture. */
export function isText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ['image/jpeg', 'jpg'],
  ['image/svg+xml', 'svg'],
  ['image/x-icon', 'ico'],
  ['image/x-exr', 'exr'],
  ['image/vnd.adobe.photoshop', 'psd'],
  ['application/pdf', 'pdf'],
]);

/** For a file's name. */
export const extensionOf = (contentType: string): string =>
  EXTENSIONS.get(contentType) ?? /^(?:image|video)\/([a-z0-9]{2,5})$/.exec(contentType)?.[1] ?? 'bin';
