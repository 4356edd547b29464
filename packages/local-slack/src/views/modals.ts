import type { SlackView } from './slack-view.ts';

/** Slack stacks at most three views of a modal. */
export const STACK_MAX = 3;

export type OpenModal = {
  view: SlackView;
  /** Sentences beside inputs, by block id. */
  errors: Record<string, string>;
  /** A submission is on its way. */
  isBusy: boolean;
};

/** Open modals by person. They live in memory: a restart closes them, as a reload of Slack does. */
export type Modals = {
  top(userId: string): OpenModal | null;
  stack(userId: string): readonly OpenModal[];
  /** The open view with this id, and whose it is. */
  find(match: (view: SlackView) => boolean): { userId: string; modal: OpenModal } | null;
  open(userId: string, view: SlackView): void;
  push(userId: string, view: SlackView): void;
  replace(userId: string, view: SlackView): void;
  pop(userId: string): void;
  clear(userId: string): void;
  clearAll(): void;
};

export function createModals(): Modals {
  const stacks = new Map<string, OpenModal[]>();
  const stack = (userId: string) => stacks.get(userId) ?? [];
  const fresh = (view: SlackView): OpenModal => ({ view, errors: {}, isBusy: false });
  return {
    stack,
    top: (userId) => stack(userId).at(-1) ?? null,
    find: (match) => {
      for (const [userId, open] of stacks) {
        const modal = open.find(({ view }) => match(view));
        if (modal) return { userId, modal };
      }
      return null;
    },
    open: (userId, view) => void stacks.set(userId, [fresh(view)]),
    push: (userId, view) => void stacks.set(userId, [...stack(userId), fresh(view)]),
    replace: (userId, view) =>
      void stacks.set(
        userId,
        stack(userId).map((one) => (one.view.id === view.id ? fresh(view) : one)),
      ),
    pop: (userId) => void stacks.set(userId, stack(userId).slice(0, -1)),
    clear: (userId) => void stacks.delete(userId),
    clearAll: () => stacks.clear(),
  };
}
