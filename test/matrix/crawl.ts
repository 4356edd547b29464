import type { ActingAs, Clickable } from '../../src/playground/acting-as.ts';
import { workingParts } from '../../src/playground/blocks/parts.ts';
import type { Organisation } from './organisation.ts';

/** More than any one surface of ours has. */
const CLICKS_MAX = 400;

type Json = Record<string, unknown>;

/**
 * Goes through everything that a person is shown, as somebody would who tries every button once: Home with its tabs and
 * pages, what opens from there, and the forms as they stand. What went out to the app on the way is the material of
 * forgeries.
 */
export async function crawl({ slack, idle }: Organisation, userId: string): Promise<void> {
  const as = slack.as(userId);
  const done = new Set<string>();
  await as.openHome();
  await idle();
  for (let clicks = 0; clicks < CLICKS_MAX; clicks += 1) {
    const home = slack.home(userId);
    const next = home ? unworked(home.blocks, done) : undefined;
    if (!home || !next) return;
    await work(as, home, next);
    await idle();
    await throughModals({ slack, idle } as Organisation, userId, done);
    if (!onTab(slack.home(userId)?.blocks ?? [])) await as.openHome();
    await idle();
  }
}

/** Whether Home still shows its first row: after a refusal it may have been drawn without it. */
const onTab = (blocks: readonly unknown[]) => blocks.length > 0;

async function throughModals(org: Organisation, userId: string, done: Set<string>): Promise<void> {
  const { slack, idle } = org;
  const as = slack.as(userId);
  for (let steps = 0; steps < 60; steps += 1) {
    const modal = slack.modal(userId);
    if (!modal) return;
    const next = unworked(modal.blocks, done);
    if (next) {
      await work(as, modal, next);
      await idle();
      continue;
    }
    const sent = `submit ${modal.callback_id ?? ''} ${modal.private_metadata ?? ''}`;
    if (modal.submit && !done.has(sent)) {
      done.add(sent);
      await as.submit(modal, {}).catch(() => undefined);
      await idle();
      if (slack.modal(userId)?.id !== modal.id) continue;
    }
    const top = slack.modal(userId);
    if (top) await as.close(top);
  }
}

type Part = { blockId: string; actionId: string; element: Json };

function unworked(blocks: readonly never[] | readonly unknown[], done: Set<string>): Part | undefined {
  const parts = workingParts(blocks as never) as unknown as Part[];
  return parts.find((part) => {
    const key = keyOf(part);
    if (done.has(key)) return false;
    done.add(key);
    return CHOICES[String(part.element.type)] !== undefined;
  });
}

const keyOf = ({ actionId, element }: Part) => `${actionId} ${String(element.type)} ${String(element.value ?? '')}`;

/** What is picked or typed, by the kind of element; those that only count when a form is sent are left as they are. */
const CHOICES: Readonly<Record<string, (element: Json) => string | string[] | undefined>> = {
  button: () => undefined,
  overflow: (element) => firstOption(element),
  static_select: (element) => firstOption(element),
  users_select: () => 'U0CREA',
  conversations_select: () => 'C0ACME',
};

function firstOption(element: Json): string {
  const groups = (element.option_groups ?? []) as { options: { value: string }[] }[];
  const options = (element.options ?? groups.flatMap((group) => group.options)) as { value: string }[];
  return options[0]?.value ?? '';
}

async function work(as: ActingAs, where: Clickable, { blockId, actionId, element }: Part): Promise<void> {
  const choice = CHOICES[String(element.type)]?.(element);
  const value = typeof element.value === 'string' ? element.value : undefined;
  await as
    .click(where, actionId, {
      blockId,
      ...(value === undefined ? {} : { value }),
      ...(choice === undefined ? {} : { choice }),
    })
    .catch(() => undefined);
}
