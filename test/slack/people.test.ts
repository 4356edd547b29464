import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { People } from '../../src/ports/ports.ts';
import { createPeople } from '../../src/slack/platform/people.ts';
import { ANA, GINA, openQuickSlack, type QuickSlack, TOM } from './quick-slack.ts';

let here: QuickSlack;
let people: People;
beforeAll(async () => {
  here = await openQuickSlack();
});
beforeEach(() => {
  here.slack.faults.clear();
  here.clock.slept.length = 0;
  people = createPeople({ ...here, teamId: 'T0JUNIPER' });
});
afterAll(() => here.slack.close());

const asked = () => here.slack.calls.filter(({ method }) => method === 'users.info').length;
const during = async (work: () => Promise<unknown>) => {
  const before = asked();
  await work();
  return asked() - before;
};

describe('people', () => {
  test.each([
    [ANA, 'member'],
    [GINA, 'guest'],
    [TOM, 'outsider'],
    ['U0INKWELL', 'bot'],
  ])('%s is a %s', async (userId, kind) => {
    expect(await people.look(userId)).toMatchObject({ userId, kind });
  });

  test('have a name and a time zone', async () => {
    expect(await people.look(ANA)).toEqual({ userId: ANA, name: 'Ana', kind: 'member', timeZone: 'Europe/London' });
  });

  test('that Slack does not know are nobody', async () => {
    expect(await people.look('U0NOBODY')).toBeNull();
  });

  test('who left are deactivated, whatever else they were', async () => {
    await here.slack.changePerson(GINA, { deactivated: true });
    expect(await people.look(GINA)).toMatchObject({ kind: 'deactivated' });
    await here.slack.changePerson(GINA, { deactivated: false });
  });

  test('are asked for once in five minutes, also by many at once, until they are forgotten', async () => {
    expect(await during(() => Promise.all([people.look(ANA), people.look(ANA), people.look(ANA)]))).toBe(1);
    here.clock.pass(4 * 60_000);
    expect(await during(() => people.look(ANA))).toBe(0);
    people.forget(ANA);
    expect(await during(() => people.look(ANA))).toBe(1);
    here.clock.pass(5 * 60_000);
    expect(await during(() => people.look(ANA))).toBe(1);
  });

  test('are a fault where Slack cannot be asked, and are asked for again the next time', async () => {
    here.slack.faults.next('users.info', { status: 500 }, 'cut_before_effect');
    await expect(people.look(ANA)).rejects.toMatchObject({ name: 'PeopleFault', code: 'unavailable' });
    expect(await people.look(ANA)).toMatchObject({ kind: 'member' });
  });

  test('are a fault where the token is wrong, which is not to be taken for nobody', async () => {
    here.slack.faults.next('users.info', { error: 'invalid_auth' });
    await expect(people.look(ANA)).rejects.toMatchObject({ name: 'PeopleFault' });
  });

  test('are a fault, and nobody waits, when Slack asks to slow down', async () => {
    here.slack.faults.next('users.info', { retryAfterS: 30 });
    await expect(people.look(ANA)).rejects.toMatchObject({ name: 'PeopleFault' });
    expect(here.clock.slept).toEqual([]);
    expect(await people.look(ANA)).toMatchObject({ kind: 'member' });
  });

  test('are a fault after two seconds of silence', async () => {
    here.slack.faults.next('users.info', { delayMs: 300 });
    const asked = people.look(ANA);
    await here.slack.until(() => here.slack.calls.some(({ method }) => method === 'users.info'));
    here.clock.pass(2_000);
    await expect(asked).rejects.toMatchObject({ name: 'PeopleFault', message: 'users.info: no_answer_in_time' });
  });
});
