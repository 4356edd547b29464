import { workingParts } from '@inkwell/local-slack/blocks/parts.ts';
import type { Clickable, UserClient } from '@inkwell/local-slack/user-client.ts';
import type { KnownBlock } from '@slack/types';
import { ACTIONS, EVENTS, SHORTCUTS, VIEWS } from '../../src/slack/kit/ids.ts';
import { CALENDAR_PRICES_FIELDS } from '../../src/slack/limits/read-calendar-prices.ts';
import type { Organisation } from './organisation.ts';

type Json = Record<string, unknown>;

/** More than any one surface of ours has. */
const CLICKS_MAX = 150;

/** What would change who everybody is while they are looked at: not worked, and sent by the forger alone. */
export const NOT_WORKED: ReadonlySet<string> = new Set([
  ACTIONS.personSuspend,
  ACTIONS.personResume,
  ACTIONS.homeCloseClient,
  ACTIONS.homeReopenClient,
  ACTIONS.homeUnbindChannel,
  ACTIONS.homeUnbindProject,
  ACTIONS.requestApprove,
  ACTIONS.requestWithdraw,
  ACTIONS.delete,
  ACTIONS.cardNone,
  ACTIONS.cardClient,
  ACTIONS.receiptBringBack,
  VIEWS.removePerson,
  VIEWS.deleteTeam,
  VIEWS.bringBack,
  VIEWS.requestDeny,
  VIEWS.requestUntil,
  VIEWS.requestRaise,
]);

/** Drawn only after what the walk leaves alone: forged from nothing. */
export const ONLY_FORGED: ReadonlySet<string> = new Set([
  // Below help, which is typed.
  ACTIONS.creditsMore,
  // At messages of people, which no walk writes. `test/slack/in-threads.test.ts` does both.
  EVENTS.mentioned,
  SHORTCUTS.imagineHere,
  // After a change that can be taken back.
  ACTIONS.homeUndo,
  ACTIONS.moveUndo,
  ACTIONS.limitsBack,
  ACTIONS.calendarPricesBack,
  // In lists of more than twenty.
  ACTIONS.limitsPage,
  ACTIONS.limitsPageBack,
  // While spending is stopped, which would stop everybody else here too.
  ACTIONS.spendingResume,
  // While the ledger is dated ahead, which would stop everybody else too.
  ACTIONS.clockCorrect,
  // For somebody who was removed, and for whoever keeps exceeding.
  ACTIONS.personBringBack,
  ACTIONS.requestCoach,
  ACTIONS.requestMove,
  VIEWS.requestMove,
  // Under an image that is being made, which takes no time here. `test/slack/making.test.ts` clicks it.
  ACTIONS.cancel,
  // Under an image that stands: here none is left by the time of the walk. `test/slack/marks.test.ts` clicks them.
  ACTIONS.keep,
  ACTIONS.final,
  ACTIONS.discard,
  ACTIONS.mark,
  ACTIONS.stage,
  // Under an alert, which is posted after days of use.
  ACTIONS.alertMuteDay,
  ACTIONS.alertMuteWindow,
  ACTIONS.alertExpect,
  ACTIONS.alertUnmute,
  ACTIONS.alertCapQuality,
  ACTIONS.alertLiftCap,
  ACTIONS.askOwnersOpen,
  VIEWS.askOwners,
  // Below refusals of a limit or of a role. `test/slack/ways-out.test.ts` clicks them.
  ACTIONS.insteadFirst,
  ACTIONS.insteadSecond,
  ACTIONS.otherProject,
  ACTIONS.helpAsk,
  ACTIONS.roleAsk,
  ACTIONS.roleKeep,
  // In a note after weeks of work, and behind a choice that no walk makes. `test/peer-check.test.ts` clicks them.
  ACTIONS.peerDifferent,
  VIEWS.peerCheckOn,
]);

/**
 * Goes through everything that a person is shown, as somebody would who tries every button once: each tab of Home, what
 * opens from there, and the messages they see. What goes out to the app on the way is the material of forgeries.
 */
export async function crawl(org: Organisation, userId: string, channelIds: readonly string[]): Promise<void> {
  const { slack, idle } = org;
  const as = slack.as(userId);
  const done = new Set<string>();
  await as.openHome();
  await idle();
  const tabs = partsOf(slack.home(userId)?.blocks).filter(({ actionId }) => actionId.startsWith('home_tab_'));
  for (const tab of tabs.length > 0 ? tabs : [null]) await crawlTab(org, userId, { tab, done });
  for (const channelId of [...channelIds, slack.directMessage(userId)]) {
    for (const message of slack.messages(channelId, { as: userId })) {
      for (const part of partsOf(message.blocks as KnownBlock[])) {
        if (!isNew(part, done)) continue;
        await work(as, { channelId, ts: message.ts }, part);
        await idle();
        await throughModals(org, userId, done);
      }
    }
  }
}

/** What is drawn after a click is looked through first: an undo, or a list that opened, is gone once Home is opened anew. */
async function crawlTab(
  org: Organisation,
  userId: string,
  { tab, done }: { tab: Part | null; done: Set<string> },
): Promise<void> {
  const { slack } = org;
  const as = slack.as(userId);
  await openTab(org, userId, tab);
  let isFresh = true;
  for (let clicks = 0; clicks < CLICKS_MAX; clicks += 1) {
    const home = slack.home(userId);
    const next = partsOf(home?.blocks).find((part) => !part.actionId.startsWith('home_tab_') && isNew(part, done));
    if (home && next) {
      await work(as, home, next);
      await org.idle();
      await throughModals(org, userId, done);
    } else if (isFresh) {
      return;
    } else {
      await openTab(org, userId, tab);
    }
    isFresh = next === undefined;
  }
}

async function openTab({ slack, idle }: Organisation, userId: string, tab: Part | null): Promise<void> {
  const as = slack.as(userId);
  await as.openHome();
  await idle();
  const home = slack.home(userId);
  // Blocks are drawn anew each time: the tab's button is found by its name.
  const button = partsOf(home?.blocks).find(({ actionId }) => actionId === tab?.actionId);
  if (home && button) await work(as, home, button);
  await idle();
}

async function throughModals(org: Organisation, userId: string, done: Set<string>): Promise<void> {
  const { slack, idle } = org;
  const as = slack.as(userId);
  for (let steps = 0; steps < CLICKS_MAX; steps += 1) {
    const modal = slack.modal(userId);
    if (!modal) return;
    // What was rehearsed is saved first: its other button leads back.
    const isRehearsal = REHEARSALS.has(modal.callback_id ?? '') && !done.has(modal.callback_id ?? '');
    const next = isRehearsal ? undefined : partsOf(modal.blocks).find((part) => isNew(part, done));
    if (next) {
      await work(as, modal, next);
      await idle();
      continue;
    }
    const form = modal.callback_id ?? '';
    if (modal.submit && !done.has(form) && !NOT_WORKED.has(form)) {
      done.add(form);
      await as.submit(modal, filledIn(modal.blocks, form)).catch(() => undefined);
      await idle();
      if (slack.modal(userId)?.id !== modal.id || slack.modal(userId)?.hash !== modal.hash) continue;
    }
    const top = slack.modal(userId);
    if (top) await as.close(top);
  }
}

const REHEARSALS: ReadonlySet<string> = new Set([VIEWS.limitsRehearsed, VIEWS.calendarPricesPreview]);

type Part = { blockId: string; actionId: string; element: Json };

const partsOf = (blocks: readonly KnownBlock[] | undefined): Part[] =>
  workingParts((blocks ?? []) as KnownBlock[]) as unknown as Part[];

/** Once for each button and menu, and once more for each form that a field stands in. */
function isNew({ actionId, element }: Part, done: Set<string>): boolean {
  const key = `${actionId} ${String(element.type)} ${String(element.value ?? '')}`;
  if (done.has(key) || NOT_WORKED.has(actionId)) return false;
  done.add(key);
  return CHOICES[String(element.type)] !== undefined;
}

/** What is picked or typed, by the kind of element. */
const CHOICES: Readonly<Record<string, (element: Json) => string | undefined>> = {
  button: () => undefined,
  overflow: firstOption,
  static_select: firstOption,
  users_select: () => 'U0CREA',
  conversations_select: () => 'C0ACME',
  plain_text_input: () => 'zebra',
  datepicker: () => '2027-01-15',
};

function firstOption(element: Json): string {
  const groups = (element.option_groups ?? []) as { options: { value: string }[] }[];
  const options = (element.options ?? groups.flatMap((group) => group.options)) as { value: string }[];
  return options[0]?.value ?? '';
}

/**
 * As little as lets a form be sent: what it already says, and a name, a number or a date where it wants one. A form of
 * limits leads on only if something is changed in it: windows without a limit get one that is in nobody's way. So does the
 * one of calendar and prices: there it is the markup.
 */
function filledIn(blocks: readonly KnownBlock[], form: string): Record<string, string> {
  const given: Record<string, string> = form === VIEWS.calendarPrices ? { [CALENDAR_PRICES_FIELDS.markup]: '77' } : {};
  const withLimits = form === VIEWS.limits;
  for (const block of blocks as unknown as (Json & { element?: Json })[]) {
    const { element } = block;
    if (block.type !== 'input' || !element) continue;
    if (Object.keys(element).some((name) => name.startsWith('initial_'))) continue;
    const type = String(element.type);
    if (withLimits && isText(type)) given[String(block.block_id)] = '50000';
    if (block.optional === true) continue;
    const wanted =
      type === 'number_input' || /credit/i.test(JSON.stringify(block.label)) ? '5' : CHOICES[type]?.(element);
    if (wanted) given[String(block.block_id)] = wanted;
  }
  return given;
}

const isText = (type: string) => type === 'plain_text_input' || type === 'number_input';

async function work(as: UserClient, where: Clickable, { blockId, actionId, element }: Part): Promise<void> {
  const choice = CHOICES[String(element.type)]?.(element);
  const value = typeof element.value === 'string' ? element.value : undefined;
  await as
    .click(where, actionId, {
      blockId,
      ...(value === undefined ? {} : { value }),
      ...(choice === undefined ? {} : { choice }),
    })
    // Not every element tells the app when it is worked; those that do not are only read when a form is sent.
    .catch(() => undefined);
}
