import { constants, gunzipSync } from 'node:zlib';
import { contentTypeOf } from '../picture/format.ts';
import { Events, type Part, parsed } from './events.ts';
import { type Piece, PREVIEW, piecesIn, sourceIn } from './find-pictures.ts';

/** What a successful answer holds. */
export type ServerAnswer = {
  pieces: readonly Piece[];
  usages: unknown[];
  errorCode: string | null;
  /** It broke off, or is larger than anything that is read. */
  isCut: boolean;
  isStream: boolean;
  /** It says that it holds base64, whether that can be read or not. */
  namesBase64: boolean;
};

/** More than ten of the largest images. */
const ANSWER_BYTES_MAX = 256 * 1024 * 1024;
/** How long the rest of an answer, its usage for one, is waited for once the picture is there. */
const REST_MS = 2_000;

/**
 * Reads an answer of any shape: a stream of events, a document, one a line, or the picture itself. What was sent before a
 * connection broke counts: the picture may be in it.
 */
export async function readAnswer(body: ReadableStream<Uint8Array> | null): Promise<ServerAnswer> {
  const events = new Events();
  const { bytes, isCut } = await readBytes(body, events);
  const packed = unpacked(bytes);
  if (packed === null) return answerOf(events, { bytes, isCut });
  const inner = new Events();
  inner.push(packed);
  return answerOf(inner, { bytes: packed, isCut });
}

const answerOf = (events: Events, { bytes, isCut }: Bytes): ServerAnswer => ({
  ...found(events, { bytes, isCut }),
  isCut,
  isStream: events.isStream,
  namesBase64: bytes.includes('"b64_json"'),
});

type Bytes = { bytes: Buffer; isCut: boolean };

async function readBytes(body: ReadableStream<Uint8Array> | null, events: Events): Promise<Bytes> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  let isCut = false;
  const reader = body?.getReader();
  while (reader && !isCut) {
    const read = reader.read().catch(() => 'cut' as const);
    const next = await (events.isFinished ? Promise.race([read, rest()]) : read);
    isCut = next === 'cut';
    if (typeof next === 'string' || next.done) break;
    sizeBytes += next.value.byteLength;
    isCut = sizeBytes > ANSWER_BYTES_MAX;
    chunks.push(next.value);
    events.push(next.value);
  }
  void reader?.cancel().catch(() => undefined);
  return { bytes: Buffer.concat(chunks), isCut };
}

const rest = (): Promise<'late'> =>
  new Promise((resolve) => {
    setTimeout(resolve, REST_MS, 'late').unref();
  });

/** Packed without saying so, else null. What is missing at the end is left out. */
function unpacked(bytes: Buffer): Buffer | null {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return null;
  try {
    return gunzipSync(bytes, { maxOutputLength: ANSWER_BYTES_MAX, finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return null;
  }
}

type Found = Pick<ServerAnswer, 'pieces' | 'usages' | 'errorCode'>;

function found(events: Events, { bytes, isCut }: Bytes): Found {
  const isPicture = bytes.length > 0 && contentTypeOf(bytes) !== null;
  // Half a picture is none.
  if (isPicture) return isCut ? NOTHING : whole({ kind: 'bytes', bytes });
  const { parts, left } = events.isStream
    ? { left: events.end({ isCut }), parts: events.parts }
    : documentsIn(bytes.toString('utf8').replace(/^\uFEFF/, ''));
  const gathered = gather(parts);
  if (gathered.pieces.length > 0) return gathered;
  const bare = isCut ? null : sourceIn(left.trim(), 'b64_json');
  return bare?.kind === 'bytes' ? whole(bare) : { ...gathered, pieces: salvaged(left) };
}

const NOTHING: Found = { pieces: [], usages: [], errorCode: null };
const whole = (source: Piece['source']): Found => ({ ...NOTHING, pieces: [{ source, standing: 'finished' }] });

/** One document, or one a line; and what is neither. */
function documentsIn(text: string): { parts: Part[]; left: string } {
  const part = (value: unknown): Part => ({ value, pieces: piecesIn(value) });
  const one = parsed(text);
  if (one !== null) return { parts: [part(one)], left: '' };
  const parts: Part[] = [];
  const left: string[] = [];
  for (const line of text.split('\n')) {
    const value = parsed(line);
    if (typeof value === 'object' && value !== null) parts.push(part(value));
    else left.push(line);
  }
  return { parts, left: left.join('\n') };
}

/** Of parts that do not say whether their picture is finished the last one counts: those before it may be previews. */
function gather(parts: readonly Part[]): Found {
  const of =
    (standing: Piece['standing']) =>
    ({ pieces }: Part) =>
      pieces.filter((each) => each.standing === standing);
  const finished = parts.flatMap(of('finished'));
  const unsaid = parts.map(of('unsaid')).findLast(({ length }) => length > 0) ?? [];
  return {
    pieces: finished.length > 0 ? finished : unsaid,
    usages: parts.flatMap(({ value }) => members(value, 'usage')).reverse(),
    errorCode: parts.map(({ value }) => errorIn(value)).findLast((code) => code !== null) ?? null,
  };
}

/** On the document, in the first of its images, or in what it wraps. */
function members(value: unknown, name: string): unknown[] {
  const { [name]: own, data, response, result } = (value ?? {}) as Record<string, unknown>;
  const inner = [Array.isArray(data) ? data[0] : data, response, result].map(
    (each) => (each as Record<string, unknown> | null | undefined)?.[name],
  );
  return [...inner, own].filter((each) => each !== undefined && each !== null);
}

function errorIn(value: unknown): string | null {
  const { error, type } = (value ?? {}) as {
    error?: { code?: unknown; type?: unknown } | string | null;
    type?: unknown;
  };
  if (error === undefined || error === null) return type === 'error' ? 'error' : null;
  const code = typeof error === 'string' ? error : (error.code ?? error.type);
  return typeof code === 'string' ? code : 'error';
}

/** What is cut or malformed may hold the picture all the same: a string that has an end. Previews say so before it. */
function salvaged(text: string): readonly Piece[] {
  const strings: string[] = [];
  for (let start = text.indexOf('"'); start >= 0; ) {
    const end = text.indexOf('"', start + 1);
    if (end < 0) break;
    strings.push(text.slice(start + 1, end).replaceAll('\\/', '/'));
    start = text.indexOf('"', end + 1);
  }
  if (strings.some((each) => each.length < 100 && PREVIEW.test(each))) return [];
  return strings.flatMap((each, index) => piecesIn({ [strings[index - 1] ?? '']: each }));
}
