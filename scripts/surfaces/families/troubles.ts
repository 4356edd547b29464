import { TROUBLE_KINDS, type Trouble } from '../../../src/app/troubles/trouble.ts';
import { troubleCard } from '../../../src/slack/troubles/trouble-card.ts';
import { NOW } from '../../../test/slack/home-views.ts';
import type { Family, Sample } from '../sample.ts';

const CODES: Readonly<Record<Trouble['kind'], [status: number | null, code: string]>> = {
  quota: [429, 'insufficient_quota'],
  key: [401, 'invalid_api_key'],
  forbidden: [403, 'unsupported_country_region_territory'],
  model: [404, 'model_not_found'],
  parameter: [400, 'invalid_value'],
  unknown_outcomes: [502, 'bad_gateway'],
  slack: [null, 'token_revoked'],
};

const card = (kind: Trouble['kind'], change: Partial<Trouble> = {}, mendedAt: number | null = null): Sample => {
  const [status, code] = CODES[kind];
  const of = kind === 'slack' ? 'slack' : 'openai';
  const known = { requestId: 'req_7f3a9c', model: of === 'openai' ? 'gpt-image-2.5-flare' : null, what: null };
  const trouble: Trouble = { kind, of, since: NOW - 3_600_000, status, code, ...known, ...change };
  return {
    name: `${kind}${change.code ? ` ${change.code}` : ''}${mendedAt === null ? '' : ', mended'}`,
    kind: 'message',
    draw: () => troubleCard({ kind: 'trouble_card', at: NOW, trouble, mendedAt }),
  };
};

/** What only an operator can mend. */
export const TROUBLES: Family = {
  name: 'troubles',
  samples: [
    ...TROUBLE_KINDS.map((kind) => card(kind)),
    card('slack', { code: 'missing_scope', what: 'upload' }),
    card('parameter', { code: 'unknown_parameter', what: 'quality' }),
    card('key', {}, NOW),
  ],
};
