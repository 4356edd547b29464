import type { KnownBlock } from '@slack/types';
import type { CreditsView } from '../../app/home/credits-view.ts';
import type { Foreseen } from '../../app/images/foresee.ts';
import { leftInShort } from '../../words/balances.ts';
import { lessInShort } from '../../words/less.ts';
import { bold, context, type Inline, plainContext, richLines } from '../kit/parts.ts';
import { creditsToShow, OUTSIDERS_HERE } from '../kit/show-to-audience.ts';
import { refusalMessage } from '../refusals/refusal.ts';
import { type RefusalContext, tooLittle } from '../refusals/refusal-limit.ts';

/** Below the price: what is left, and what the ledger would answer. A figure stands alone only where it can be used. */
export function leftBlocks(known: CreditsView, foreseen: Foreseen | null): KnownBlock[] {
  const { own, client, boundToNone } = creditsToShow(known);
  if (boundToNone) return [context(':warning: This channel has no client, so images can’t be made here.')];
  // The name last: figures after a right-to-left name would be read as part of it.
  const parts = [`You: ${leftInShort(own)}`, ...(client ? [`${leftInShort(client)} for ${client.name}`] : [])];
  const isSaid = foreseen !== null && foreseen.kind !== 'made';
  const above = isSaid
    ? []
    : [own.less, client?.less].flatMap((less) => (less?.kind === 'above' ? [lessInShort(less)] : []));
  const all = [...parts, ...new Set(above)].join(' · ');
  const mark = known.audience === 'alone' ? [context(OUTSIDERS_HERE)] : [];
  return [plainContext(all), ...mark, ...(foreseen ? foreseenBlocks(foreseen, toReader(known, foreseen)) : [])];
}

function foreseenBlocks(foreseen: Foreseen, to: RefusalContext): KnownBlock[] {
  switch (foreseen.kind) {
    case 'made':
      return [];
    case 'asks': {
      const { exceeded, requestedCredits } = foreseen;
      const limits = exceeded.map((limit) => tooLittle(limit, requestedCredits, to));
      return [richLines([bold('This needs approval.')], ...limits)];
    }
    case 'refused': {
      const { refusal } = foreseen;
      if (refusal.reason !== 'limit_exceeded') return refused(refusalMessage(refusal, to).blocks);
      const { binding, exceeded, requestedCredits } = refusal;
      const others = exceeded.filter(({ account, window }) => account !== binding.account || window !== binding.window);
      const limits = [binding, ...others].map((limit): Inline[] => tooLittle(limit, requestedCredits, to));
      return [richLines([bold(NOT_NOW)], ...limits)];
    }
  }
}

const NOT_NOW = 'This can’t be made now.';

const refused = (why: readonly unknown[]): KnownBlock[] => [richLines([bold(NOT_NOW)]), ...(why as KnownBlock[])];

/** The form says it in the words of the refusal that would follow. */
function toReader(
  { memberId: readerId, audience, client, project, teams, helperIds }: CreditsView,
  foreseen: Foreseen,
): RefusalContext {
  const named = [...(client ? [client] : []), ...(project ? [project] : []), ...teams];
  return {
    readerId,
    audience,
    clientName: client?.name ?? null,
    helpers: helperIds,
    ...('hidden' in foreseen ? { hidden: foreseen.hidden } : {}),
    names: Object.fromEntries(named.map(({ account, name }) => [account, name])),
  };
}
