/** Where a picture is, in an answer: its bytes, or an address to fetch it from. */
export type Source = { kind: 'bytes'; bytes: Uint8Array } | { kind: 'address'; url: string };

/** `finished`: the answer says so. `preview`: it says that it is not the picture yet. */
export type Standing = 'finished' | 'unsaid' | 'preview';
export type Piece = { source: Source; standing: Standing };

/** Deeper nesting and more parts than any known answer has. */
const DEPTH_MAX = 12;
const PARTS_MAX = 20_000;
/** Shorter than any picture. */
const BASE64_MIN = 8;

export const PREVIEW = /partial|preview|progress|draft|intermediate|thumb/i;
const FINISHED = /complet|done|final|finish|succe/i;
/** Names under which servers give base64, whatever its first bytes say; of other strings a picture's beginning is asked. */
const BASE64_NAMES = /^(?:b64(?:_json)?|base64|image_base64|b64_image|image_b64)$/i;
const ADDRESS_NAMES =
  /^(?:ur[il]|href|src|links?|images?|image_ur[il]|download_url|file_url|signed_url|outputs?|results?|data|content|sample)$/i;
const WORDS = /^(?:(?:revised_)?prompt|id|model|object|type|user)$/i;

const DATA_URL = /^\s*data:([\w.+/-]*)[^,]{0,200}?(;base64)?,/i;
const WEB_ADDRESS = /^https?:\/\/\S+$/i;

/** Every picture in a part of an answer, whatever its shape: in the order in which they stand. */
export function piecesIn(value: unknown, eventName = ''): Piece[] {
  const pieces: Piece[] = [];
  let parts = 0;
  const walk = (part: unknown, name: string, standing: Standing, depth: number): void => {
    parts += 1;
    if (depth > DEPTH_MAX || parts > PARTS_MAX || WORDS.test(name)) return;
    const here = PREVIEW.test(name) ? 'preview' : standing;
    if (typeof part === 'string') {
      const source = sourceIn(part, name);
      if (source) pieces.push({ source, standing: here });
      return;
    }
    if (typeof part !== 'object' || part === null) return;
    if (Array.isArray(part)) {
      for (const each of part) walk(each, name, here, depth + 1);
      return;
    }
    const found = pieces.length;
    const said = standingOf(part as Record<string, unknown>, here);
    for (const [key, each] of Object.entries(part)) walk(each, key, said, depth + 1);
    keepBytes(pieces, found);
  };
  walk(value, '', saidBy(eventName) ?? 'unsaid', 0);
  return pieces;
}

/** What one string holds; null where it is no picture. */
export function sourceIn(text: string, name = ''): Source | null {
  const embedded = DATA_URL.exec(text);
  if (embedded) return bytesOfDataUrl(text, embedded);
  const address = text.trim();
  if (address.length < 8_192 && WEB_ADDRESS.test(address)) {
    return ADDRESS_NAMES.test(name) ? { kind: 'address', url: address } : null;
  }
  const bytes = bytesOfBase64(text);
  if (!bytes) return null;
  return BASE64_NAMES.test(name) || looksLikePicture(text) ? { kind: 'bytes', bytes } : null;
}

/** Base64 of either alphabet, with or without line breaks and padding; null for whatever else. */
export function bytesOfBase64(text: string): Uint8Array | null {
  const plain = text
    .replace(/\s+|\\[nr]/g, '')
    .replace(/-/g, '+')
    .replace(/_/g, '/');
  const unpadded = plain.replace(/={1,2}$/, '');
  if (unpadded.length < BASE64_MIN || unpadded.length % 4 === 1 || !/^[A-Za-z0-9+/]+$/.test(unpadded)) return null;
  return Buffer.from(unpadded, 'base64');
}

/** The beginnings of PNG, JPEG, GIF, WebP, TIFF, BMP, ISO containers and SVG in base64. */
const PICTURE_STARTS =
  /^(?:iVBORw0KGgo|\/9j\/|R0lGOD[dl]h|UklGR|SUkqA|TU0AK|Qk0|AAAA(?:[A-Za-z0-9+/]{2})mdHlw|PHN2Z|PD94bW)/;
const looksLikePicture = (text: string) => text.length > 200 && PICTURE_STARTS.test(text.trimStart().slice(0, 24));

function bytesOfDataUrl(text: string, [head, , base64]: RegExpExecArray): Source | null {
  const content = text.slice(head.length);
  if (base64) {
    const bytes = bytesOfBase64(content);
    return bytes && { kind: 'bytes', bytes };
  }
  try {
    return { kind: 'bytes', bytes: Buffer.from(decodeURIComponent(content), 'utf8') };
  } catch {
    return null;
  }
}

function standingOf(part: Record<string, unknown>, otherwise: Standing): Standing {
  if ('partial_image_index' in part) return 'preview';
  const words = [part.type, part.object, part.status, part.event].filter((each) => typeof each === 'string').join(' ');
  return saidBy(words) ?? otherwise;
}

function saidBy(words: string): Standing | null {
  if (PREVIEW.test(words)) return 'preview';
  return FINISHED.test(words) ? 'finished' : null;
}

/** One image given both ways is one image: its bytes need not be fetched. */
function keepBytes(pieces: Piece[], from: number): void {
  const own = pieces.slice(from);
  if (own.length < 2 || !own.some(({ source }) => source.kind === 'bytes')) return;
  pieces.splice(from, own.length, ...own.filter(({ source }) => source.kind === 'bytes'));
}
