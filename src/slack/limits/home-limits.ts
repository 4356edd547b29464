import type { KnownBlock } from '@slack/types';
import type { LimitRow, LimitsView } from '../../app/limits/limits-view.ts';
import { accountParts, accountWords } from '../../words/accounts.ts';
import { standingLines } from '../../words/balances.ts';
import { number } from '../../words/figures.ts';
import { digestButtons } from '../digest/digest-buttons.ts';
import { findField } from '../kit/find-field.ts';
import { type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import { actions, button, context, richLines, title } from '../kit/parts.ts';

/** Every account that has a limit or may get one, how it stands, and what can be done about it. */
export function limitsBlocks(view: LimitsView, pages: HomeLocation): KnownBlock[] {
  const { rows, find, accountsCount } = view;
  const here: HomeLocation = { ...pages, members: view.page, find };
  const found =
    find === '' ? 'Nothing has a limit yet.' : 'No matches. Try a shorter search, or clear it to see everything.';
  return [
    title(`Limits and rules · ${number(accountsCount)}`),
    findField({
      blockId: 'limits_find',
      action: ACTIONS.limitsFind,
      label: 'Find a client, team, project or person',
      placeholder: 'Part of the name, then press Enter',
      find,
    }),
    actions(...runButtons(view, here)),
    ...rows.flatMap((row) => rowBlocks(row, here)),
    ...(rows.length === 0 ? [context(found)] : []),
    ...pager(view, pages),
  ];
}

function runButtons({ mayRun }: LimitsView, pages: HomeLocation) {
  const value = writeMetadata(pages);
  return [
    button('Limits for a person…', { action: ACTIONS.homeMemberLimit, value }),
    ...(mayRun
      ? [
          button('Rules for creators…', { action: ACTIONS.ruleCreators, value }),
          button('Rules for managers…', { action: ACTIONS.ruleManagers, value }),
          button('Rules for owners…', { action: ACTIONS.ruleOwners, value }),
          button('Rules for viewers…', { action: ACTIONS.ruleViewers, value }),
          button('Agency settings…', { action: ACTIONS.policyOpen, value }),
          button('Calendar and prices…', { action: ACTIONS.calendarPricesOpen, value }),
          ...digestButtons(value),
        ]
      : []),
  ];
}

function rowBlocks(row: LimitRow, pages: HomeLocation): KnownBlock[] {
  const value = writeMetadata(pages, row.account);
  const label = accountWords(row);
  const mayRule = row.mayMove && (row.kind === 'client' || row.kind === 'member');
  const buttons = [
    ...(row.mayEdit
      ? [button('Edit', { action: ACTIONS.limitsOpen, value, label: `Edit the limits of ${label}` })]
      : []),
    ...(row.mayGrant
      ? [button('Add credits…', { action: ACTIONS.grantOpen, value, label: `Add credits for ${label}` })]
      : []),
    ...(row.mayMove && row.standings.length > 0
      ? [button('Move credits…', { action: ACTIONS.moveOpen, value, label: `Move credits from ${label}` })]
      : []),
    ...(mayRule ? [button('Rules…', { action: ACTIONS.ruleOpen, value, label: `Rules for ${label}` })] : []),
  ];
  return [richLines(accountParts(row), ...standingLines(row)), ...(buttons.length > 0 ? [actions(...buttons)] : [])];
}

function pager({ page, pagesCount, find }: LimitsView, pages: HomeLocation): KnownBlock[] {
  if (pagesCount <= 1) return [];
  const turn = (to: number) => writeMetadata({ ...pages, members: to, find });
  const back = button('‹ Previous', {
    action: ACTIONS.limitsPageBack,
    value: turn(page - 1),
    label: 'Previous limits',
  });
  const on = button('Next ›', { action: ACTIONS.limitsPage, value: turn(page + 1), label: 'Next limits' });
  return [
    context(`Page ${number(page + 1)} of ${number(pagesCount)}`),
    actions(...(page > 0 ? [back] : []), ...(page + 1 < pagesCount ? [on] : [])),
  ];
}
