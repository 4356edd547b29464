import { type Refused, type RuleBroken, refuse } from '../refusals.ts';
import { requestedCredits } from '../requests.ts';
import type { QualityCap, Rule, RuleScope } from '../rules.ts';
import type { State } from '../state.ts';
import type { Work } from '../work.ts';

type Asked = { memberId: string; clientId: string; imagesCount: number; eachCredits: number; work: Work };
type Scoped = Rule & { scope: RuleScope; untilAt?: number };

/** What one request may be: the rules of the role, the client and the member all count, and all that are broken are named. */
export function checkRules(state: State, asked: Asked, at: number): Refused | null {
  const rules = rulesFor(state, asked, at);
  const [first, ...also] = KINDS_OF_RULES.flatMap((broken) =>
    rules.flatMap((rule) => broken(rule, asked) ?? []).sort(strictest),
  );
  if (!first) return null;
  return refuse(also.length > 0 ? { ...first, also } : first);
}

type Broken = RuleBroken;

/** In the order in which they are named: models first, then figures. */
const KINDS_OF_RULES: readonly ((rule: Scoped, asked: Asked) => Broken | null)[] = [
  ({ scope, models }, { work: { model } }) =>
    models && !models.includes(model) ? { reason: 'model_not_allowed', scope, model, models } : null,
  ({ scope, qualities, untilAt }, { work: { quality } }) => {
    if (!qualities || qualities.includes(quality)) return null;
    return { reason: 'quality_not_allowed', scope, quality, qualities, ...(untilAt === undefined ? {} : { untilAt }) };
  },
  ({ scope, imagesMax }, { imagesCount }) =>
    imagesMax !== null && imagesCount > imagesMax ? { reason: 'too_many_images', scope, imagesCount, imagesMax } : null,
  ({ scope, priceMaxCredits }, asked) => {
    const price = requestedCredits(asked);
    if (priceMaxCredits === null || price <= priceMaxCredits) return null;
    return { reason: 'price_too_high', scope, requestedCredits: price, priceMaxCredits };
  },
];

/** Puts what allows less first. */
const strictest = (one: Broken, other: Broken) => allowedBy(one) - allowedBy(other);

function allowedBy(broken: Broken): number {
  switch (broken.reason) {
    case 'model_not_allowed':
      return broken.models.length;
    case 'quality_not_allowed':
      return broken.qualities.length;
    case 'too_many_images':
      return broken.imagesMax;
    case 'price_too_high':
      return broken.priceMaxCredits;
  }
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
export function checkBurst(state: State, count: string, at: number, underWay = 0): Refused | null {
  const burst = state.settings?.burst;
  if (!burst) return null;
  const { requestsMax, withinMs } = burst;
  const latest = (state.bursts.get(count) ?? []).filter((each) => each > at - withinMs);
  if (latest.length + underWay < requestsMax) return null;
  const first = latest.at(-requestsMax) ?? latest[0] ?? at;
  return refuse({ reason: 'too_fast', requestsMax, withinMs, againAt: first + withinMs });
}
