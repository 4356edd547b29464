import type { Part } from '../../../src/app/home/credits-view.ts';
import { part, standing } from '../../../test/slack/home-views.ts';
import { CROWD, HUGE, LONG_NAME, LONG_WORD, RTL_NAME } from '../hard-cases.ts';

/** Figures that more than one family shows. */

export const hugePart = (account: Part['account']): Part =>
  part({
    account,
    standings: [
      standing({ account, limitCredits: HUGE, grantsCredits: HUGE, usedCredits: HUGE, heldCredits: 123_456_789 }),
    ],
    usedThisMonthCredits: HUGE,
    heldCredits: 123_456_789,
  });

const ODD_NAMES = ['Northwind Coffee', LONG_NAME, RTL_NAME, LONG_WORD];

export const clientNames: readonly string[] = Array.from(
  { length: CROWD },
  (_, index) => ODD_NAMES[index] ?? `Client no. ${index + 1}`,
);

export const hundredClients = (): (Part & { name: string })[] =>
  clientNames.map((name, index) => {
    const account = `client:c${index}` as const;
    const limitCredits = index % 5 === 0 ? 0 : 100 * index;
    const standings = index % 7 === 3 ? [] : [standing({ account, limitCredits, usedCredits: 37 * (index % 9) })];
    return { ...part({ account, standings }), name };
  });
