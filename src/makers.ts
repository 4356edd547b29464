import type { Clock, Log } from './app/ports.ts';
import type { World } from './app/world.ts';
import type { Config } from './config.ts';
import { createMakers } from './images/makers.ts';
import { PATIENT } from './images/openai/connection.ts';
import { createOpenAiMaker, type OpenAiMaker } from './images/openai.ts';
import { modelOf, type RateCard, rateCardAt, rateCardById, withShutdowns } from './images/rate-card.ts';
import { createSketchMaker } from './images/sketch.ts';
import { agentFor } from './network.ts';

const LOOK_TIMEOUT_MS = 20_000;

export type Making = Pick<World, 'makers' | 'rateCard' | 'rateCardOf'> & {
  /** Asks the providers which models they are going to switch off; at start and daily. */
  lookForShutdowns(options: { signal: AbortSignal }): Promise<void>;
  close(): Promise<void>;
};

/** Whoever makes images, by configuration, and the rate cards that they are paid by. */
export function createMaking(
  { openAi, sketch, proxy }: Pick<Config, 'openAi' | 'sketch' | 'proxy'>,
  clock: Clock,
  log: Log,
): Making {
  let shutdowns: ReadonlyMap<string, number> = new Map();
  const rateCard = (): RateCard => withShutdowns(rateCardAt(clock.now()), shutdowns);
  const lookup = (modelId: string) => modelOf(rateCard(), modelId);
  const openAiMaker: OpenAiMaker | null =
    openAi && createOpenAiMaker({ ...openAi, lookup, dispatcher: agentFor(proxy, PATIENT) });
  return {
    makers: createMakers({ lookup, sketch: sketch ? createSketchMaker() : null, openai: openAiMaker }),
    rateCard,
    rateCardOf: rateCardById,
    async lookForShutdowns({ signal }) {
      if (!openAiMaker) return;
      const look = new AbortController();
      const giveUp = () => look.abort();
      signal.addEventListener('abort', giveUp, { once: true });
      const takeBack = clock.after(LOOK_TIMEOUT_MS, giveUp);
      const listed = await openAiMaker.listModels({ signal: look.signal });
      signal.removeEventListener('abort', giveUp);
      takeBack();
      if (!listed.ok) return log.warn({ detail: listed.detail }, 'the list of models could not be read');
      shutdowns = new Map(
        listed.models.flatMap(({ id, shutdownAt }) => (shutdownAt === null ? [] : [[id, shutdownAt]])),
      );
    },
    close: async () => await openAiMaker?.close(),
  };
}
