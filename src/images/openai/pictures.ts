import { type Picture, showable } from '../picture/convert.ts';
import { contentTypeOf, isText } from '../picture/format.ts';
import type { FetchPicture } from './fetch-picture.ts';
import type { Piece } from './find-pictures.ts';

/** `why`: a word for the log; null where there was nothing to look at. */
export type Pictures = { ok: true; found: readonly [Picture, ...Picture[]] } | { ok: false; why: string | null };

/** One was asked for; servers that make more than this have misunderstood. */
const PICTURES_MAX = 10;

/** The pictures of an answer as Slack can show them, or as files; the same one twice is one. */
export async function picturesOf(
  pieces: readonly Piece[],
  { signal, fetchPicture }: { signal: AbortSignal; fetchPicture: FetchPicture },
): Promise<Pictures> {
  const found: Picture[] = [];
  let why: string | null = null;
  const seen: Uint8Array[] = [];
  for (const { source } of pieces.slice(0, PICTURES_MAX)) {
    const got = source.kind === 'bytes' ? { ok: true as const, ...source } : await fetchPicture(source.url, { signal });
    if (!got.ok) {
      why ??= `address_${got.code}`;
      continue;
    }
    const { bytes } = got;
    if (seen.some((each) => Buffer.compare(each, bytes) === 0)) continue;
    seen.push(bytes);
    // A page or a sentence is no picture, not even in an unknown format.
    if (contentTypeOf(bytes) === null && isText(bytes)) why ??= 'not_an_image';
    else found.push(await showable(bytes));
  }
  const [first, ...more] = found;
  return first ? { ok: true, found: [first, ...more] } : { ok: false, why };
}
