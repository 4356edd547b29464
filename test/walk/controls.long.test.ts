import { join } from 'node:path';
import {
  ANA,
  ATLAS,
  button,
  NORTHWIND,
  OLIVIA,
  plain,
  type StartedWithBot,
  startWithBot,
} from '@inkwell/local-slack/test/support.ts';
import type { BlockAction } from '@slack/bolt';
import type { HomeView, ModalView } from '@slack/types';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chromiumPath, NO_BROWSER, openBrowser } from '../support/browser.ts';

const PATIENCE_MS = 15_000;
const options = ['one', 'two', 'three'].map((value) => ({ text: plain(value.toUpperCase()), value }));
const confirm = { title: plain('Sure?'), text: plain('It stays so.'), confirm: plain('Do it'), deny: plain('Keep') };
const input = (block_id: string, element: object) => ({ type: 'input', block_id, label: plain(block_id), element });
const dispatching = (block_id: string, element: object) => ({ ...input(block_id, element), dispatch_action: true });

/** One of everything that a person can work, in Home. */
const HOME = {
  type: 'home',
  blocks: [
    dispatching('figure', {
      type: 'number_input',
      action_id: 'figure',
      is_decimal_allowed: false,
      min_value: '1',
      dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] },
    }),
    input('words', { type: 'plain_text_input', action_id: 'words', initial_value: 'first' }),
    dispatching('day', { type: 'datepicker', action_id: 'day', initial_date: '2026-12-01' }),
    dispatching('boxes', { type: 'checkboxes', action_id: 'boxes', options }),
    dispatching('radio', { type: 'radio_buttons', action_id: 'radio', options, initial_option: options[0] }),
    dispatching('several', { type: 'multi_static_select', action_id: 'several', options, max_selected_items: 2 }),
    dispatching('people', { type: 'multi_users_select', action_id: 'people' }),
    dispatching('rooms', {
      type: 'multi_conversations_select',
      action_id: 'rooms',
      filter: { include: ['public'], exclude_external_shared_channels: true },
    }),
    {
      type: 'actions',
      block_id: 'row',
      elements: [
        { type: 'overflow', action_id: 'menu', options, confirm },
        { ...button('sure', 'Be sure', 'v'), confirm },
        button('open', 'Open'),
      ],
    },
  ],
} as HomeView;

const form = (title: string, more: object = {}) =>
  ({
    type: 'modal',
    callback_id: title,
    external_id: title,
    title: plain(title),
    submit: plain('Send'),
    blocks: [
      input('name', { type: 'plain_text_input', action_id: 'name' }),
      { type: 'actions', elements: [button('deeper', 'Deeper')] },
    ],
    ...more,
  }) as ModalView;

const controls = chromiumPath ? describe : describe.skip;

controls(`the page’s controls, by keyboard${chromiumPath ? '' : ` (${NO_BROWSER})`}`, () => {
  let started: StartedWithBot;
  let browser: Browser;
  let page: Page;
  let heard: BlockAction[] = [];
  let answers: object[] = [];

  beforeAll(async () => {
    started = await startWithBot(
      (app) => {
        app.event('app_home_opened', async ({ event, client }) => {
          await client.views.publish({ user_id: event.user, view: HOME });
        });
        app.action(/.*/, async ({ ack, body, action, client }) => {
          await ack();
          heard.push(body as BlockAction);
          const { trigger_id } = body as BlockAction;
          if (action.type !== 'button' || !('action_id' in action)) return;
          if (action.action_id === 'open') await client.views.open({ trigger_id, view: form('First') });
          if (action.action_id === 'deeper') await client.views.push({ trigger_id, view: form('Second') });
        });
        app.view(/.*/, async ({ ack }) => ack((answers.shift() ?? {}) as never));
      },
      { pageFolder: join('packages', 'local-slack', 'src', 'page') },
    );
    browser = await openBrowser(chromiumPath ?? '');
    page = await browser.newPage({ viewport: { width: 1280, height: 1600 } });
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(`${started.slack.url}/?as=${OLIVIA}#APP:home`);
    await page.locator('[data-block-id="row"]').first().waitFor();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    expect(started.slack.violations).toEqual([]);
    await started.stop();
  });
  beforeEach(() => {
    heard = [];
  });

  const control = (actionId: string) => page.locator(`[data-action-id="${actionId}"]`).first();
  const next = async () => {
    await started.slack.until(() => heard.length > 0, PATIENCE_MS);
    const { actions, ...body } = heard.shift()!;
    return {
      action: actions[0],
      values: (body as unknown as { view: HomeView & { state: { values: object } } }).view.state.values,
    };
  };

  test('Enter in a number of Home tells the app, with all that stands in Home', async () => {
    await control('words').fill('typed, not sent');
    await control('figure').fill('25');
    expect(heard).toEqual([]);
    await control('figure').press('Enter');
    const { action, values } = await next();
    expect(action).toMatchObject({ type: 'number_input', value: '25', block_id: 'figure' });
    expect(values).toMatchObject({
      figure: { figure: { value: '25' } },
      words: { words: { value: 'typed, not sent' } },
      day: { day: { selected_date: '2026-12-01' } },
      boxes: { boxes: { selected_options: [] } },
    });
  });

  test('a day, boxes and radio buttons', async () => {
    await control('day').fill('2026-12-24');
    await control('day').blur();
    expect((await next()).action).toMatchObject({ selected_date: '2026-12-24' });
    await control('boxes').press('Space');
    expect((await next()).action).toMatchObject({ selected_options: [{ value: 'one' }] });
    await control('radio').press('ArrowDown');
    expect((await next()).action).toMatchObject({ selected_option: { value: 'two' } });
  });

  test('lists of several, up to the most that may be chosen', async () => {
    await control('several').press('Enter');
    await page.keyboard.press('Enter');
    expect((await next()).action).toMatchObject({ selected_options: [{ value: 'one' }] });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect((await next()).action).toMatchObject({ selected_options: [{ value: 'one' }, { value: 'two' }] });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    expect(heard).toEqual([]);
    expect(await control('several').innerText()).toMatch(/ONE\s*TWO/);
  });

  test('people and channels, found by name', async () => {
    await control('people').press('Enter');
    await page.keyboard.type('lindq');
    await page.keyboard.press('Enter');
    expect((await next()).action).toMatchObject({ selected_users: [ANA] });
    await page.keyboard.press('Escape');
    await control('rooms').press('Enter');
    expect(await page.getByTestId('option').filter({ hasText: 'northwind' }).count()).toBe(0);
    await page.locator(`[data-testid="option"][data-value="${ATLAS}"]`).click();
    expect((await next()).action).toMatchObject({ selected_conversations: [ATLAS] });
    await page.keyboard.press('Escape');
  });

  test('a menu and a button ask whether one is sure', async () => {
    for (const pressed of ['menu', 'sure']) {
      await control(pressed).press('Enter');
      if (pressed === 'menu') await page.keyboard.press('ArrowDown');
      if (pressed === 'menu') await page.keyboard.press('Enter');
      await page.getByTestId('confirm-dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.getByTestId('confirm-dialog').waitFor({ state: 'detached' });
      expect(heard).toEqual([]);
      await control(pressed).press('Enter');
      if (pressed === 'menu') await page.keyboard.press('ArrowDown');
      if (pressed === 'menu') await page.keyboard.press('Enter');
      await page.getByTestId('confirm-ok').press('Enter');
      const { action } = await next();
      expect(action).toMatchObject(pressed === 'menu' ? { selected_option: { value: 'two' } } : { value: 'v' });
    }
  });

  test('three forms above one another: pushed, wrong, put right, closed one by one or all at once', async () => {
    const modal = page.getByTestId('modal');
    const title = (words: string) => modal.getByTestId('modal-title').filter({ hasText: words }).waitFor();
    const name = modal.getByTestId('field').first();
    await control('open').press('Enter');
    await title('First');
    await name.fill('kept below');
    await modal.locator('[data-action-id="deeper"]').press('Enter');
    await title('Second');
    answers = [
      { response_action: 'errors', errors: { name: 'Somebody has that name.' } },
      { response_action: 'push', view: form('Third', { clear_on_close: true }) },
    ];
    await name.fill('Juniper');
    await name.press('Enter');
    await modal.getByTestId('input-error').filter({ hasText: 'Somebody has that name.' }).waitFor();
    await name.press('Enter');
    await title('Third');
    expect(started.slack.modal(OLIVIA)).toMatchObject({ external_id: 'Third' });

    await page.keyboard.press('Escape');
    await modal.waitFor({ state: 'hidden' });
    expect(started.slack.modal(OLIVIA)).toBeNull();

    await control('open').press('Enter');
    await title('First');
    await name.fill('kept below');
    await modal.locator('[data-action-id="deeper"]').press('Enter');
    await title('Second');
    await page.keyboard.press('Escape');
    await title('First');
    expect(await name.inputValue()).toBe('kept below');
    answers = [{ response_action: 'update', view: form('Renamed') }, { response_action: 'clear' }];
    await name.press('Enter');
    await title('Renamed');
    await name.press('Enter');
    await modal.waitFor({ state: 'hidden' });
  });

  test('an administrator makes guests and leavers, and empties a channel', async () => {
    await page.goto('about:blank');
    await page.goto(`${started.slack.url}/?as=${OLIVIA}#${NORTHWIND}`);
    // A page that is not in front loses keys.
    await page.bringToFront();
    await page.getByTestId('administer').press('Enter');
    await page.getByTestId('admin').waitFor();
    const row = (kind: string, userId: string) => page.locator(`[data-testid="${kind}"][data-person-id="${userId}"]`);
    await row('admin-person', ANA).locator('select').selectOption('deactivated');
    await row('admin-person', ANA).getByText('deactivated', { exact: true }).waitFor();
    await page.locator(`[data-testid="person"][data-person-id="${ANA}"][disabled]`).waitFor();
    await row('admin-person', OLIVIA).locator('select').selectOption('guest');
    await page.getByTestId('admin-note').filter({ hasText: 'owns the workspace' }).waitFor();
    expect(await row('admin-person', OLIVIA).locator('select').inputValue()).toBe('member');
    await row('admin-member', 'U0BEN').locator('input').press('Space');
    await page.getByTestId('admin-shared').press('Space');
    await page.getByTestId('shared-mark').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.getByTestId('admin').waitFor({ state: 'hidden' });
    const named = (name: string) => `[data-testid="members"][aria-label*="${name}"]`;
    await page.locator(`${named('Ben')},${named('Tom')}`).waitFor({ state: 'detached' });
    expect(await page.getByTestId('members').getAttribute('aria-label')).toContain('Marcus');
  });
});
