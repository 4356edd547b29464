import type { ModelList } from '../../images/openai/list-models.ts';
import { type ProviderName, providerFacts } from '../../images/providers.ts';
import type { AppContext } from '../context.ts';
import { availableModels } from '../images/available-models.ts';
import { mendTroubles, tellTrouble } from './tell-trouble.ts';

/** What a provider says of its models and of our key. */
export type LookedAt = { provider: ProviderName; listed: ModelList };

/** The key is tried before anybody asks for an image: one that is not taken is told to the owners and to the log. */
export async function noticeModels(context: AppContext, { provider, listed }: LookedAt): Promise<void> {
  const { log, clock } = context;
  if (listed.ok) {
    const missing = context
      .rateCard()
      .models.flatMap((each) => (each.provider === provider && each.isUnavailable ? each.id : []));
    const offered = availableModels(context).models.map(({ id }) => id);
    if (missing.length > 0) log.warn({ provider, missing, offered }, 'API key cannot use all models');
    return await mendTroubles(context, ({ of, kind }) => of === provider && kind === 'key');
  }
  const { status = null, code = null, requestId = null } = listed.said ?? {};
  const facts = { provider, status, code, requestId };
  switch (listed.kind) {
    case 'refused': {
      log.error(facts, `${providerFacts(provider).key} is not accepted, its models are not offered`);
      const trouble = { kind: 'key', of: provider, since: clock.now(), status, code, requestId } as const;
      return await tellTrouble(context, { ...trouble, model: null, what: null });
    }
    case 'unsaid':
      return log.info(facts, 'server does not list its models');
    case 'failed':
      return log.warn({ ...facts, detail: listed.detail }, 'could not read the list of models');
  }
}
