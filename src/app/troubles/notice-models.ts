import type { ModelList } from '../../images/openai/list-models.ts';
import type { AppContext } from '../context.ts';
import { availableModels } from '../images/available-models.ts';
import { mendTroubles, tellTrouble } from './tell-trouble.ts';

/** The key is tried before anybody asks for an image: one that is not taken is told to the owners and to the log. */
export async function noticeModels(context: AppContext, listed: ModelList | null): Promise<void> {
  if (listed === null) return;
  const { log, clock } = context;
  if (listed.ok) {
    const missing = context.rateCard().models.flatMap(({ id, isUnavailable }) => (isUnavailable ? id : []));
    const offered = availableModels(context).models.map(({ id }) => id);
    if (missing.length > 0) log.warn({ provider: 'openai', missing, offered }, 'API key cannot use all models');
    return await mendTroubles(context, ({ of, kind }) => of === 'openai' && kind === 'key');
  }
  const { status = null, code = null, requestId = null } = listed.said ?? {};
  const facts = { provider: 'openai', status, code, requestId };
  switch (listed.kind) {
    case 'refused': {
      log.error(facts, 'OPENAI_API_KEY is not accepted, its models are not offered');
      const trouble = { kind: 'key', of: 'openai', since: clock.now(), status, code, requestId } as const;
      return await tellTrouble(context, { ...trouble, model: null, what: null });
    }
    case 'unsaid':
      return log.info(facts, 'server does not list its models');
    case 'failed':
      return log.warn({ ...facts, detail: listed.detail }, 'could not read the list of models');
  }
}
