import { beforeEach, describe, expect, test } from 'vitest';
import { tendAlerts } from '../../src/app/alerts/tend-alerts.ts';
import { processOpenRequests } from '../../src/app/approvals/process-open-requests.ts';
import { tellAffected } from '../../src/app/limits/tell-affected.ts';
import { mendTroubles, tellTrouble } from '../../src/app/troubles/tell-trouble.ts';
import type { AccountId } from '../../src/ledger/accounts.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import { cardMessage } from '../../src/slack/messenger/card.ts';
import { actsIn } from '../support/acts.ts';
import { imageInput } from '../support/image-input.ts';
import { loseAnswers } from '../support/lost-answers.ts';
import { requestImage } from '../support/verbs.ts';
import { CLIENT, createWorld, MARCUS, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';

/** A message that Slack took, and whose answer was lost, is found again, stands once, and says what is true by then. */

const ACCOUNT: AccountId = `client:${CLIENT}`;
let world: TestWorld;
const { as, spend } = actsIn(() => world);
const limit = (limitCredits: number, over: 'ask' | 'refuse' = 'ask'): CommandBody => ({
  ...{ kind: 'set_limit', account: ACCOUNT, window: 'month', limitCredits, over, rollOverMaxCredits: null },
});
const TROUBLE = {
  of: 'openai',
  kind: 'key',
  status: 401,
  code: 'invalid_api_key',
  requestId: null,
  model: null,
  what: null,
} as const;

beforeEach(async () => {
  world = await createWorld();
  await openAgency(world, { monthCredits: 100 });
  await world.clock.advance(20 * 60_000);
  loseAnswers(world);
});

type Case = {
  to: string;
  first(): Promise<unknown>;
  /** What changes before it is posted again. */
  meanwhile(): Promise<unknown>;
  again(): Promise<unknown>;
  says: RegExp;
};

const CASES: [string, () => Case][] = [
  [
    'a request',
    () => ({
      to: MARCUS,
      first: () => as(OLIVIA, limit(6)).then(() => requestImage(world, imageInput({ imagesCount: 2 }))),
      meanwhile: () => as(OLIVIA, limit(5)),
      again: () => processOpenRequests(world),
      says: /= 5 left/,
    }),
  ],
  [
    'an alert',
    () => ({
      to: MARCUS,
      first: () => spend(MARCUS, 60).then(() => tendAlerts(world)),
      meanwhile: () => spend(MARCUS, 30),
      again: () => tendAlerts(world),
      says: /80% used/,
    }),
  ],
  [
    'news of a change',
    () => ({
      to: MARCUS,
      first: () => as(OLIVIA, limit(40, 'refuse')).then(() => tellAffected(world)),
      meanwhile: () => as(OLIVIA, { kind: 'create_client', clientId: 'nova', name: 'Nova' }),
      again: () => tellAffected(world),
      says: /40 credits a month/,
    }),
  ],
  [
    'something that an operator has to fix, and has',
    () => ({
      to: OLIVIA,
      first: () => tellTrouble(world, { ...TROUBLE, since: world.clock.now() }),
      meanwhile: () => world.clock.advance(60_000),
      again: () => mendTroubles(world, () => true),
      says: /works again|accepts/,
    }),
  ],
];

describe.each(CASES)('%s', (_name, caseOf) => {
  const standing = (to: string) =>
    [...world.messenger.cards, ...world.messenger.news]
      .filter(({ memberId }) => memberId === to)
      .map(({ card }) => JSON.stringify(cardMessage(card)));

  test.each([0, 1, 3])('is drawn as it is now, where %i drawings fail first', async (failures) => {
    const { to, first, meanwhile, again, says } = caseOf();
    await first();
    expect(standing(to)).toHaveLength(1);
    await meanwhile();
    world.messenger.answerNext('redrawCard', ...Array(failures).fill({ kind: 'failed', code: 'ratelimited' }));
    for (let round = 0; round < 5; round += 1) await again();
    expect(standing(to)).toEqual([expect.stringMatching(says)]);
  });
});
