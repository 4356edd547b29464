import { createSampleImages } from '@inkwell/sample-images';
import type { AppContext } from '../app/context.ts';
import type { LookedAt } from '../app/troubles/notice-models.ts';
import type { Config } from '../config.ts';
import { type Availability, createAvailability } from '../images/availability.ts';
import { PATIENT } from '../images/openai/connection.ts';
import { createOpenAiProvider, type OpenAiProvider } from '../images/openai.ts';
import { rateCards, withFreeSamples } from '../images/rate-card.ts';
import type { RateCard } from '../images/rates/card.ts';
import { createProviders } from '../images/route-by-model.ts';
import type { Clock, Log } from '../ports/ports.ts';
import { agentFor } from './network.ts';
import { createRateCardWatch } from './watch-rate-card.ts';

const LOOK_TIMEOUT_MS = 20_000;
export const LOOK_AT_RATE_CARD_EVERY_MS = 60_000;

export type ImageProviders = Pick<AppContext, 'providers' | 'rateCard' | 'rateCardOf'> & {
  /**
   * Asks the providers which models they make for our keys, and which they are going to switch off; at start, daily, and more
   * often while some are not offered. A provider is left out before it is time to ask it.
   */
  lookAtModels(options: { signal: AbortSignal }): Promise<readonly LookedAt[]>;
  /** Tells the operator where the file with the agency's rate cards has changed since the start. */
  lookAtRateCard(): Promise<void>;
  close(): Promise<void>;
};

/** Builds the configured providers and the rate cards that price their images. */
export function createImageProviders(
  config: Pick<Config, 'openAi' | 'sketch' | 'proxy' | 'rateCards' | 'rateCardPath' | 'endpoints' | 'slack'>,
  clock: Clock,
  log: Log,
): ImageProviders {
  const all = rateCards(config.rateCards);
  const asHere = config.slack.mode === 'playground' ? (card: RateCard) => card : withFreeSamples;
  const cards = {
    at: (ms: number) => asHere(all.at(ms)),
    byId: (rateCardId: string) => asHere(all.byId(rateCardId)),
  };
  const makers = serversOf(config).map((server) => {
    const availability = createAvailability({
      now: clock.now,
      models: () => cards.at(clock.now()).models.filter(({ provider }) => provider === server.name),
      isOpenAi: server.baseUrl === null,
    });
    const ways = {
      dispatcher: agentFor(config.proxy, PATIENT),
      ...(config.proxy ? { proxied: agentFor(config.proxy) } : {}),
    };
    const provider = createOpenAiProvider({ ...server, ...leftOut(log, server.name), ...ways, now: clock.now });
    return { name: server.name, availability, provider };
  });
  return {
    providers: createProviders(
      new Map([
        ...makers.map(({ name, availability, provider }) => [name, availability.heeding(provider)] as const),
        ...(config.sketch ? [['sketch', createSampleImages()] as const] : []),
      ]),
    ),
    rateCard: (): RateCard => makers.reduce((card, { availability }) => availability.on(card), cards.at(clock.now())),
    rateCardOf: cards.byId,
    lookAtModels: async ({ signal }) => {
      const due = makers.filter(({ availability }) => availability.isLookDue());
      return await Promise.all(due.map((maker) => lookAt(maker, { signal, clock })));
    },
    lookAtRateCard: createRateCardWatch(config, log),
    close: async () => void (await Promise.all(makers.map(({ provider }) => provider.close()))),
  };
}

type Server = { name: string; apiKey: string; baseUrl: string | null; safetyId?: boolean };

/** OpenAI's own, or what stands in its place, and the endpoints of the rate card. */
const serversOf = ({ openAi, endpoints }: Pick<Config, 'openAi' | 'endpoints'>): readonly Server[] => [
  ...(openAi ? [{ name: 'openai', ...openAi }] : []),
  ...endpoints,
];

type Maker = { name: string; availability: Availability; provider: OpenAiProvider };

async function lookAt(
  { name, availability, provider }: Maker,
  { signal, clock }: { signal: AbortSignal; clock: Clock },
): Promise<LookedAt> {
  const look = new AbortController();
  const giveUp = () => look.abort();
  signal.addEventListener('abort', giveUp, { once: true });
  const takeBack = clock.after(LOOK_TIMEOUT_MS, giveUp);
  const listed = await provider.listModels({ signal: look.signal });
  signal.removeEventListener('abort', giveUp);
  takeBack();
  availability.take(listed);
  return { provider: name, listed };
}

const leftOut = (log: Log, provider: string) => ({
  onLeftOut: (parameter: string) =>
    log.warn({ provider, parameter }, 'server refused a parameter, leaving it out from now on'),
});
