import { createSampleImages } from '@inkwell/sample-images';
import type { AppContext } from '../app/context.ts';
import type { Config } from '../config.ts';
import { createAvailability } from '../images/availability.ts';
import { PATIENT } from '../images/openai/connection.ts';
import type { ModelList } from '../images/openai/list-models.ts';
import { createOpenAiProvider, type OpenAiProvider } from '../images/openai.ts';
import { modelOf, rateCardAt, rateCardById } from '../images/rate-card.ts';
import type { RateCard } from '../images/rates/card.ts';
import { createProviders } from '../images/route-by-model.ts';
import type { Clock, Log } from '../ports/ports.ts';
import { agentFor } from './network.ts';

const LOOK_TIMEOUT_MS = 20_000;

export type ImageProviders = Pick<AppContext, 'providers' | 'rateCard' | 'rateCardOf'> & {
  /**
   * Asks the provider which models it makes for our key, and which it is going to switch off; at start, daily, and more
   * often while some are not offered. Null without a provider to ask, or before it is time.
   */
  lookAtModels(options: { signal: AbortSignal }): Promise<ModelList | null>;
  close(): Promise<void>;
};

/** Builds the configured providers and the rate cards that price their images. */
export function createImageProviders(
  { openAi, sketch, proxy }: Pick<Config, 'openAi' | 'sketch' | 'proxy'>,
  clock: Clock,
  log: Log,
): ImageProviders {
  const lookup = (modelId: string) => modelOf(rateCardAt(clock.now()), modelId);
  const availability = createAvailability({
    now: clock.now,
    modelIds: () => rateCardAt(clock.now()).models.flatMap(({ id, provider }) => (provider === 'openai' ? id : [])),
    isOpenAi: openAi?.baseUrl === null,
  });
  const ways = { dispatcher: agentFor(proxy, PATIENT), ...(proxy ? { proxied: agentFor(proxy) } : {}) };
  const openAiProvider: OpenAiProvider | null =
    openAi && createOpenAiProvider({ ...openAi, ...leftOut(log), ...ways, lookup, now: clock.now });
  return {
    providers: createProviders(
      {
        sketch: sketch ? createSampleImages() : null,
        openai: openAiProvider && availability.heeding(openAiProvider),
      },
      lookup,
    ),
    rateCard: (): RateCard => availability.on(rateCardAt(clock.now())),
    rateCardOf: rateCardById,
    async lookAtModels({ signal }) {
      if (!openAiProvider || !availability.isLookDue()) return null;
      const look = new AbortController();
      const giveUp = () => look.abort();
      signal.addEventListener('abort', giveUp, { once: true });
      const takeBack = clock.after(LOOK_TIMEOUT_MS, giveUp);
      const listed = await openAiProvider.listModels({ signal: look.signal });
      signal.removeEventListener('abort', giveUp);
      takeBack();
      availability.take(listed);
      return listed;
    },
    close: async () => await openAiProvider?.close(),
  };
}

const leftOut = (log: Log) => ({
  onLeftOut: (parameter: string) =>
    log.warn({ provider: 'openai', parameter }, 'server refused a parameter, leaving it out from now on'),
});
