import type { HomeView as View } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { describe, expect, test } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { createPublish } from '../../src/slack/home/publish-home.ts';
import { createClock } from '../support/clock.ts';
import { homeView, jobView, wordsIn } from './home-views.ts';

/** A Web API that takes Home, or answers as it is told. */
function paperHome(...answers: (Error | null)[]) {
  const published: { userId: string; view: View }[] = [];
  const publish = async ({ user_id: userId, view }: { user_id: string; view: View }) => {
    const answer = answers.shift();
    if (answer) throw answer;
    published.push({ userId, view });
  };
  return { published, client: { views: { publish } } as unknown as WebClient };
}

const refused = (error: string) =>
  Object.assign(new Error(error), { code: 'slack_webapi_platform_error', data: { error } });
const appThat = (showHome: App['showHome']) => ({ showHome }) as App;

describe('publishing Home', () => {
  test('leaves the pictures out where Slack refuses one', async () => {
    const { client, published } = paperHome(refused('invalid_arguments'));
    const publish = createPublish({
      app: appThat(async () => homeView({ latest: [jobView()] })),
      clock: createClock(),
    });
    await publish(client, 'U0ANA');
    expect(published).toHaveLength(1);
    expect(JSON.stringify(published)).not.toContain('slack_file');
    expect(wordsIn(published[0]?.view.blocks)).toContain('a red fox at dusk');
  });

  test('fails with Slack’s code where Slack takes none', async () => {
    const { client } = paperHome(refused('not_enabled'));
    const publish = createPublish({ app: appThat(async () => homeView()), clock: createClock() });
    await expect(publish(client, 'U0ANA')).rejects.toMatchObject({ name: 'DeliveryFault', code: 'not_enabled' });
  });

  test('never lets an older state cover a newer one, whichever takes longer', async () => {
    const { client, published } = paperHome();
    const waits = [30, 0];
    let state = 0;
    const app = appThat(async () => {
      state += 1;
      const seen = homeView({ latest: [jobView({}, `state ${state}`)] });
      await new Promise((done) => setTimeout(done, waits.shift()));
      return seen;
    });
    const publish = createPublish({ app, clock: createClock() });
    await Promise.all([publish(client, 'U0ANA'), publish(client, 'U0ANA')]);
    expect(published.map(({ view }) => /state \d/.exec(wordsIn(view.blocks))?.[0])).toEqual(['state 1', 'state 2']);
  });

  test('goes on for the next one where the one before failed', async () => {
    const { client, published } = paperHome(refused('not_enabled'));
    const publish = createPublish({ app: appThat(async () => homeView()), clock: createClock() });
    const both = await Promise.allSettled([publish(client, 'U0ANA'), publish(client, 'U0ANA')]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(published).toHaveLength(1);
  });
});
