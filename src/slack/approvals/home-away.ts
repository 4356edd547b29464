import type { KnownBlock } from '@slack/types';
import type { HomeView } from '../../app/messenger.ts';
import { type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import { actions, button, dateToken, type Inline, person, richLines } from '../kit/parts.ts';
import { people } from '../refusals/refusal-limit.ts';

/** Draws this person's delegate for approvals, and the people whose delegate this person is. */
export function awayBlocks({ approvals }: HomeView, pages: HomeLocation): KnownBlock[] {
  if (!approvals) return [];
  const { mayNameDelegate, delegate, decidesForIds } = approvals;
  const value = writeMetadata(pages);
  const said: Inline[][] = [
    ...(delegate
      ? [[person(delegate.toId), ' handles your approvals until ', dateToken(delegate.untilAt), '.'] as Inline[]]
      : []),
    ...(decidesForIds.length > 0
      ? [['You’re handling approvals for ', ...people(decidesForIds, 'and'), '.'] as Inline[]]
      : []),
  ];
  const buttons = [
    button(delegate ? 'Change who covers…' : 'Away until…', { action: ACTIONS.homeAway, value }),
    ...(delegate ? [button('I’m back', { action: ACTIONS.homeBack, value })] : []),
  ];
  return [...(said.length > 0 ? [richLines(...said)] : []), ...(mayNameDelegate ? [actions(...buttons)] : [])];
}
