import { Agent } from 'undici';
import type { ImageMaker } from './image-maker.ts';
import { outcomeOfAnswer } from './openai/answer.ts';
import { type ConnectionOptions, oneRequest, openAiClient, PATIENT } from './openai/connection.ts';
import { withDeadline } from './openai/deadline.ts';
import { detailOf, outcomeOfFault } from './openai/faults.ts';
import { bodyOf } from './openai/request.ts';
import type { ModelRate } from './rates/card.ts';

export type OpenAiMaker = ImageMaker & {
  /** For the look at start and daily. It may fail: an answer that does not come is no reason not to start. */
  listModels(options: { signal: AbortSignal }): Promise<ModelList>;
  close(): Promise<void>;
};

export type ModelList = { ok: true; models: readonly ListedModel[] } | { ok: false; detail: string };
export type ListedModel = { id: string; shutdownAt: number | null };

export type OpenAiOptions = ConnectionOptions & {
  /** The rate card's, so that models, prices and capabilities stay data. */
  lookup: (modelId: string) => ModelRate | null;
};

export function createOpenAiMaker(options: OpenAiOptions): OpenAiMaker {
  const client = openAiClient(options);
  const agent = options.dispatcher ?? new Agent(PATIENT);

  return {
    async make(request, { signal }) {
      const model = options.lookup(request.model);
      if (model?.provider !== 'openai') return { kind: 'rejected', detail: 'openai: not a model of the rate card' };
      const parsed = bodyOf(model, request);
      if (!parsed.ok) return { kind: 'rejected', detail: parsed.detail };
      if (signal.aborted) return { kind: 'transient', detail: 'openai: stopped before it was sent', retryAfterMs: 0 };

      const deadline = withDeadline(signal, model.deadlineMs);
      try {
        const { data: events, request_id } = await client.images
          .generate(parsed.body, {
            signal: deadline.signal,
            timeout: model.deadlineMs,
            fetchOptions: { dispatcher: oneRequest(agent), redirect: 'manual' },
          })
          .withResponse();
        for await (const event of events) {
          if (event.type === 'image_generation.completed') return outcomeOfAnswer(event, model, request);
        }
        // A stream that is cut, or stopped by the signal, ends without an error: only the image is the end.
        return { kind: 'unknown', detail: detailOf(['openai: the stream ended without an image', request_id]) };
      } catch (error) {
        return outcomeOfFault(error);
      } finally {
        deadline.clear();
      }
    },

    async listModels({ signal }) {
      try {
        const page = await client.models.list({ signal, fetchOptions: { dispatcher: oneRequest(agent) } });
        return {
          ok: true,
          models: page.data.map(({ id, shutdown_date }) => ({ id, shutdownAt: epochMs(shutdown_date) })),
        };
      } catch (error) {
        return { ok: false, detail: outcomeOfFault(error).detail };
      }
    },

    // Whoever closes has waited long enough: what is still on its way counts as unknown.
    close: () => agent.destroy(),
  };
}

/** A date without a time is midnight UTC; what cannot be read counts as not announced. */
function epochMs(date: string | null | undefined): number | null {
  const ms = Date.parse(date ?? '');
  return Number.isNaN(ms) ? null : ms;
}
