import type { CreditsView } from '../../app/home/credits-view.ts';
import type { Overview } from '../../app/home/overview-view.ts';
import type { SetupView } from '../../app/messenger.ts';
import { balanceInShort, balanceLines } from '../../words/balances.ts';
import { credits } from '../../words/figures.ts';
import { forecastWords, usedWords } from '../../words/overview.ts';
import { monthChart } from '../digest/month-chart.ts';
import { type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { MessageBlock } from '../kit/newer-blocks.ts';
import { bold, button, context, type Inline, name, plainContext, richLines, title } from '../kit/parts.ts';

type Look = { setup: SetupView; credits: CreditsView; pages: HomeLocation };

/** The month at a glance: what is used and left, how it will end at this pace, and a chart. */
export function monthBlocks(overview: Overview, look: Look): MessageBlock[] {
  const { month } = overview;
  return [
    ...(look.credits.agency ? agencyBlocks(look.credits.agency, look) : managedBlocks(overview)),
    ...(month
      ? [plainContext(forecastWords(month)), monthChart(month)]
      : [context('Nothing was used this month yet.')]),
  ];
}

/** Only for readers who may see the agency's figures. */
function agencyBlocks(agency: NonNullable<CreditsView['agency']>, { setup, pages }: Look): MessageBlock[] {
  const { maySetLimits, slippedCredits } = setup;
  const edit = button('Edit', {
    action: ACTIONS.homeAgencyLimit,
    value: writeMetadata(pages),
    label: 'Edit the agency’s limit',
  });
  const lost = `${credits(slippedCredits)} went to images whose outcome is unknown. The agency paid; no client was charged.`;
  return [
    title('The agency', maySetLimits ? edit : undefined),
    richLines(...balanceLines(agency)),
    ...(slippedCredits > 0 ? [context(lost)] : []),
  ];
}

const TEAMS_MAX = 10;

function managedBlocks({ month, teams, clientsCount }: Overview): MessageBlock[] {
  const lines: Inline[][] = [
    ...(month ? [[bold(usedWords(month)), clientsCount === 1 ? ' by your client.' : ' by your clients.']] : []),
    ...teams.slice(0, TEAMS_MAX).map((team): Inline[] => [name(team.name), `, your team · ${balanceInShort(team)}`]),
  ];
  return [title('Your clients and teams'), ...(lines.length > 0 ? [richLines(...lines)] : [])];
}
