import type { ImageOutcome, ImageRequest } from '../../../src/images/image-provider.ts';
import { createOpenAiProvider, type OpenAiProvider } from '../../../src/images/openai.ts';
import { modelOf, rateCardAt } from '../../../src/images/rate-card.ts';
import type { ModelRate } from '../../../src/images/rates/card.ts';
import {
  type Behaviour,
  type BehaviourName,
  type ScriptedProvider,
  startScriptedProvider,
} from '../scripted-provider.ts';

/** Long, because a busy machine is no fault; short for what never answers. */
export const DEADLINE_MS = 10_000;
const SILENCE_MS = 250;
const SILENT: readonly BehaviourName[] = ['hang', 'drip'];

export const card = rateCardAt(Date.UTC(2026, 10, 15));
/** A model of the card that is in force. */
export function rateOf(id: string): ModelRate {
  const rate = modelOf(card, id);
  if (!rate) throw new Error(`the card has no model ${id}`);
  return rate;
}

/** Key and prompt are worth recognising, so that tests see them where they do not belong. */
export const KEY = 'sk-secret-key';
export const request: ImageRequest = {
  rate: rateOf('gpt-image-2.5-flare'),
  size: '1024x1024',
  quality: 'medium',
  prompt: 'a teapot for ACME, confidential',
  safetyId: 'hmac-of-ann',
};

export type OpenAiRig = {
  provider: ScriptedProvider;
  maker: OpenAiProvider;
  makeWith(behaviour: Behaviour, changes?: Partial<ImageRequest>): Promise<ImageOutcome>;
  close(): Promise<void>;
};

/** The real adapter and, over real HTTP, a provider that does as it is told. */
export async function startOpenAiRig(): Promise<OpenAiRig> {
  const provider = await startScriptedProvider();
  const maker = createOpenAiProvider({ apiKey: KEY, baseUrl: provider.url });
  return {
    provider,
    maker,
    makeWith: (behaviour, changes = {}) => {
      provider.script([behaviour]);
      const name = typeof behaviour === 'string' ? behaviour : behaviour.name;
      const signal = AbortSignal.timeout(SILENT.includes(name) ? SILENCE_MS : DEADLINE_MS);
      return maker.make({ ...request, ...changes }, { signal });
    },
    close: async () => {
      await provider.close();
      await maker.close();
    },
  };
}
