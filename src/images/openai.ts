import type { ImageGenerateParams } from 'openai/resources/images';
import { Agent } from 'undici';
import type { ImageOutcome, ImageProvider, ImageRequest, Said } from './image-provider.ts';
import { doneWith } from './openai/answer.ts';
import { type ConnectionOptions, OPENAI_URL, oneRequest, openAiClient, PATIENT } from './openai/connection.ts';
import { withDeadline } from './openai/deadline.ts';
import { detailOf, outcomeOfCode, outcomeOfFault } from './openai/faults.ts';
import { createFetchPicture, type FetchPicture } from './openai/fetch-picture.ts';
import type { Piece } from './openai/find-pictures.ts';
import { createLookAtModels, type ModelList } from './openai/list-models.ts';
import { type Optional, refusedParameters } from './openai/optional-parameters.ts';
import { readAnswer, type ServerAnswer } from './openai/read-answer.ts';
import { bodyOf, optionalIn } from './openai/request.ts';
import { type Picture, showable } from './picture/convert.ts';
import { contentTypeOf, isText } from './picture/format.ts';

export type OpenAiProvider = ImageProvider & {
  /** For the look at start and daily. It may fail: an answer that does not come is no reason not to start. */
  listModels(options: { signal: AbortSignal }): Promise<ModelList>;
  close(): Promise<void>;
};

export type OpenAiOptions = ConnectionOptions & {
  /** Whether members are told apart by an id of ours; true unless it is said. */
  safetyId?: boolean;
  /** A server that does not know a parameter: from now on it is left out. */
  onLeftOut?: (parameter: string) => void;
  now?: () => number;
};

export function createOpenAiProvider(options: OpenAiOptions): OpenAiProvider {
  const client = openAiClient(options);
  const agent = options.dispatcher ?? new Agent(PATIENT);
  const now = options.now ?? (() => Number.NaN);
  const fetchPicture = createFetchPicture(options.baseUrl ?? OPENAI_URL, options.proxied);
  /** What this server was found not to know. */
  const leftOut = new Set<Optional>(options.safetyId === false ? ['safety_identifier'] : []);

  /** One POST; another one only where the server has refused the first for a parameter that it can do without. */
  async function send(body: ImageGenerateParams, { signal, timeout }: { signal: AbortSignal; timeout: number }) {
    try {
      const fetchOptions = { dispatcher: oneRequest(agent), redirect: 'manual' as const };
      return await client.images.generate(body, { signal, timeout, fetchOptions }).asResponse();
    } catch (error) {
      const refused = refusedParameters(error, optionalIn(body));
      if (refused.length === 0) throw error;
      const less = { ...body };
      for (const name of refused) delete less[name];
      const response: Response = await send(less, { signal, timeout });
      for (const name of refused) {
        if (!leftOut.has(name)) options.onLeftOut?.(name);
        leftOut.add(name);
      }
      return response;
    }
  }

  async function outcomeOf(response: Response, made: { request: ImageRequest; signal: AbortSignal }) {
    const requestId = response.headers.get('x-request-id');
    const answer = await readAnswer(response.body);
    const pictures = await picturesOf(answer.pieces, { signal: made.signal, fetchPicture });
    if (pictures.ok) return doneWith(pictures.found, { ...made, usages: answer.usages });
    return withoutPicture(answer, { why: pictures.why, requestId });
  }

  return {
    async make(request, { signal }) {
      const { deadlineMs } = request.rate;
      const parsed = bodyOf(request, leftOut);
      if (!parsed.ok) return { kind: 'rejected', detail: parsed.detail };
      if (signal.aborted) return { kind: 'transient', detail: 'openai: stopped before it was sent', retryAfterMs: 0 };

      const deadline = withDeadline(signal, deadlineMs);
      try {
        const response = await send(parsed.body, { signal: deadline.signal, timeout: deadlineMs });
        return await outcomeOf(response, { request, signal: deadline.signal });
      } catch (error) {
        return outcomeOfFault(error, now());
      } finally {
        deadline.clear();
      }
    },

    listModels: createLookAtModels({ client, agent, now }),

    // Closing does not wait longer: requests still on their way count as unknown.
    close: async () => void (await Promise.all([agent.destroy(), fetchPicture.close()])),
  };
}

type Empty = { why: string | null; requestId: string | null };

/** It said that it went well, and there is no picture to show for it: it may have been billed. */
function withoutPicture(answer: ServerAnswer, { why, requestId: given }: Empty): ImageOutcome {
  const identifier = (value: string | null) => (value !== null && /^[\w.:-]{1,80}$/.test(value) ? value : null);
  const [code, requestId] = [identifier(answer.errorCode), identifier(given)];
  const said: Said = { status: null, code: code ?? why, param: null, requestId };
  const judged = outcomeOfCode(code, { detail: detailOf(['openai', code, requestId]), said });
  return judged ?? { kind: 'unknown', detail: endingOf(answer, { code, why, requestId }), said };
}

type Ending = { code: string | null; why: string | null; requestId: string | null };

function endingOf({ isCut, isStream, namesBase64 }: ServerAnswer, { code, why, requestId }: Ending): string {
  if (code !== null) return `openai connection ${code}`;
  if (why === 'not_an_image') return 'openai answered with something that is no image';
  if (why !== null) return `openai: the image could not be fetched: ${why}`;
  if (namesBase64 && !isCut) return 'openai answered with broken base64';
  const ending = isCut ? 'the answer broke off' : `the ${isStream ? 'stream' : 'answer'} ended without an image`;
  return detailOf([`openai: ${ending}`, requestId]);
}

/** `why`: a word for the log; null where there was nothing to look at. */
type Pictures = { ok: true; found: readonly [Picture, ...Picture[]] } | { ok: false; why: string | null };

/** One was asked for; servers that make more than this have misunderstood. */
const PICTURES_MAX = 10;

/** The pictures of an answer as Slack can show them, or as files; the same one twice is one. */
async function picturesOf(
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
