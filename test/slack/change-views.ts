import type { ChangeNews } from '../../src/app/limits/change-news.ts';
import { NOW } from './home-views.ts';

const OLIVIA = 'U0OLIVIA';
const RTL_NAME = 'قهوة الشمال';

/** A raised limit, a move of which one side is hidden, and extra credits with a reason. */
export const changeNews = (): ChangeNews => ({
  kind: 'change_news',
  seq: 9,
  rows: [
    {
      ...{ seq: 9, at: NOW, by: OLIVIA, hides: null },
      facts: {
        ...{ kind: 'limit_set', account: 'client:northwind', window: 'month', limitCredits: 900 },
        ...{ over: 'ask', rollOverMaxCredits: null },
        before: { limitCredits: 600, over: 'ask', rollOverMaxCredits: null },
      },
    },
    {
      ...{ seq: 10, at: NOW, by: OLIVIA, hides: 'to' },
      facts: {
        ...{ kind: 'budget_moved', from: 'client:northwind', to: 'client:nova' },
        ...{ window: 'month', amountCredits: 50 },
      },
    },
    {
      ...{ seq: 11, at: NOW, by: OLIVIA, hides: null },
      facts: {
        ...{ kind: 'granted', grantId: 'g1', account: 'client:nova', amountCredits: 20 },
        ...{ expiresAt: NOW + 86_400_000, reason: 'A pitch on Friday' },
      },
    },
  ] as unknown as ChangeNews['rows'],
  moreCount: 2,
  names: { 'client:northwind': 'Northwind Coffee', 'client:nova': RTL_NAME },
});
