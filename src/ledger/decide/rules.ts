import { type Refused, refuse } from '../refusals.ts';
import { requestedCredits } from '../requests.ts';
import type { QualityCap, Rule, RuleScope } from '../rules.ts';
import type { State } from '../state.ts';
import type { Work } from '../work.ts';

type Asked = { memberId: string; clientId: string; imagesCount: number; eachCredits: number; work: Work };
type Scoped = Rule & { scope: RuleScope; untilAt?: number };

/** What one request may be: the rules of the role, the client and the member all count; models first, then figures. */
export function checkRules(state: State, asked: Asked, at: number): Refused | null {
  const { imagesCount, work } = asked;
  const rules = rulesFor(state, asked, at);
  for (const { scope, models, qualities, untilAt } of rules) {
    const { model, quality } = work;
    if (models && !models.includes(model)) return refuse({ reason: 'model_not_allowed', scope, model, models });
    if (qualities && !qualities.includes(quality)) {
      const until = untilAt === undefined ? {} : { untilAt };
      return refuse({ reason: 'quality_not_allowed', scope, quality, qualities, ...until });
    }
  }
  const price = requestedCredits(asked);
  for (const { scope, imagesMax, priceMaxCredits } of rules) {
    if (imagesMax !== null && imagesCount > imagesMax) {
      return refuse({ reason: 'too_many_images', scope, imagesCount, imagesMax });
    }
    if (priceMaxCredits !== null && price > priceMaxCredits) {
      return refuse({ reason: 'price_too_high', scope, requestedCredits: price, priceMaxCredits });
    }
  }
  return null;
}

/** Every rule that a person's request for a client has to keep then, and what the client’s qualities are capped at. */
export function rulesFor(
  state: State,
  { memberId, clientId }: { memberId: string; clientId: string | null },
  at: number,
): Scoped[] {
  const role = state.members.get(memberId)?.role ?? 'viewer';
  const ofClient: RuleScope[] = clientId === null ? [] : [`client:${clientId}`];
  const scopes: RuleScope[] = [`role:${role}`, ...ofClient, `member:${memberId}`];
  const rules = scopes.flatMap((scope): Scoped[] => {
    const rule = state.rules.get(scope);
    return rule ? [{ scope, ...rule }] : [];
  });
  const cap = clientId === null ? null : capAt(state, { clientId, at });
  return cap ? [...rules, { ...ANYTHING, ...cap, scope: `client:${clientId}` }] : rules;
}

/** What the client’s qualities are capped at then. */
export function capAt(state: State, { clientId, at }: { clientId: string; at: number }): QualityCap | null {
  const cap = state.clients.get(clientId)?.qualityCap;
  return cap && cap.untilAt > at ? { qualities: cap.qualities, untilAt: cap.untilAt } : null;
}

const ANYTHING: Rule = { imagesMax: null, priceMaxCredits: null, models: null, qualities: null };

/** So many requests within a while, whatever becomes of them; `underWay`: those that no line tells of yet. */
export function checkBurst(state: State, memberId: string, at: number, underWay = 0): Refused | null {
  const burst = state.settings?.burst;
  if (!burst) return null;
  const { requestsMax, withinMs } = burst;
  const latest = (state.bursts.get(memberId) ?? []).filter((each) => each > at - withinMs);
  if (latest.length + underWay < requestsMax) return null;
  const first = latest.at(-requestsMax) ?? latest[0] ?? at;
  return refuse({ reason: 'too_fast', requestsMax, withinMs, againAt: first + withinMs });
}
