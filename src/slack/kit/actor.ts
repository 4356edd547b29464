import { principalOf } from '../../ledger/principal.ts';
import { type Inline, person } from './parts.ts';
import { escapeText, mention, shorten } from './text.ts';

const KEY_CHARACTERS_MAX = 60;

/** Names who acted, by a line's `by`; `at`: where in its sentence. */
export function actor(by: string, at: 'Start' | 'Inside' = 'Inside'): Inline {
  const principal = principalOf(by);
  switch (principal.kind) {
    case 'member':
      return person(principal.memberId);
    case 'api_key':
      return `${at === 'Start' ? 'The' : 'the'} API key ${shorten(principal.keyId, KEY_CHARACTERS_MAX)}`;
    case 'system':
      return 'Inkwell';
  }
}

/** The same in mrkdwn. */
export function actorText(by: string): string {
  const words = actor(by);
  return typeof words === 'string' ? escapeText(words) : mention(by);
}
