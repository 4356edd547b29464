import type { KnownBlock } from '@slack/types';
import type { HomeView } from '../../app/messenger.ts';
import { type Pages, writeHint } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import { actions, button, type Inline, lines, person, when } from '../kit/parts.ts';
import { people } from '../refusals/refusal-limit.ts';

/** Who decides about approvals in somebody's place, and in whose place they decide. */
export function awayBlocks({ approvals }: HomeView, pages: Pages): KnownBlock[] {
  if (!approvals) return [];
  const { mayNameDelegate, delegate, decidesForIds } = approvals;
  const value = writeHint(pages);
  const said: Inline[][] = [
    ...(delegate
      ? [
          [
            person(delegate.toId),
            ' decides about approvals in your place until ',
            when(delegate.untilAt),
            '.',
          ] as Inline[],
        ]
      : []),
    ...(decidesForIds.length > 0
      ? [['You decide about approvals in the place of ', ...people(decidesForIds, 'and'), '.'] as Inline[]]
      : []),
  ];
  const buttons = [
    button(delegate ? 'Change who decides…' : 'Away until…', { action: ACTIONS.homeAway, value }),
    ...(delegate ? [button('I am back', { action: ACTIONS.homeBack, value })] : []),
  ];
  return [...(said.length > 0 ? [lines(...said)] : []), ...(mayNameDelegate ? [actions(...buttons)] : [])];
}
