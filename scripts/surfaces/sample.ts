import type { HomeView, ModalView } from '@slack/types';
import type { Message } from '../../src/slack/kit/message.ts';
import { problemsOfMessage, problemsOfView } from '../../test/slack/home-views.ts';
import { OLIVIA } from './hard-cases.ts';

/** One picture: a surface in one state. `note` is a message that only its reader sees. */
export type Sample = { name: string; readerId?: string } & (
  | { kind: 'message' | 'note'; draw: () => Message }
  | { kind: 'modal'; draw: () => ModalView }
  | { kind: 'home'; draw: () => HomeView }
);

/** Samples that are looked at together: one contact sheet. */
export type Family = { name: string; samples: readonly Sample[] };

/** What the page is given to draw. */
export type Drawn = { readerId: string } & (
  | { kind: 'message' | 'note'; surface: Message }
  | { kind: 'modal'; surface: ModalView }
  | { kind: 'home'; surface: HomeView }
);

export function drawnOf(sample: Sample): Drawn {
  const readerId = sample.readerId ?? OLIVIA;
  switch (sample.kind) {
    case 'message':
    case 'note':
      return { readerId, kind: sample.kind, surface: sample.draw() };
    case 'modal':
      return { readerId, kind: sample.kind, surface: sample.draw() };
    case 'home':
      return { readerId, kind: sample.kind, surface: sample.draw() };
  }
}

/** What Slack would not take of a surface, by the local Slack's own checker. */
export function problemsOf({ kind, surface }: Drawn): string[] {
  switch (kind) {
    case 'message':
    case 'note':
      return problemsOfMessage(surface);
    case 'modal':
    case 'home':
      return problemsOfView(surface);
  }
}

/** The name of a sample's picture, without its ending. */
export const fileName = (family: Family, sample: Sample): string =>
  `${family.name}-${sample.name}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
