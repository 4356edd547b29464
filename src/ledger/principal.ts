import { INKWELL } from './commands/commands.ts';

/** Who acts. Commands and lines carry it as one string, `by`. */
export type Principal =
  | { kind: 'member'; memberId: string }
  /** A program with a key of the agency's. It has no rights yet. */
  | { kind: 'api_key'; keyId: string }
  /** The product itself. */
  | { kind: 'system' };

/** No id of a member has a colon: see `checkId`. */
const KEY = 'key:';

/** Reads `by`. What looks like a key is a key and never a member, even where its id is malformed. */
export function principalOf(by: string): Principal {
  if (by === INKWELL) return { kind: 'system' };
  return by.startsWith(KEY) ? { kind: 'api_key', keyId: by.slice(KEY.length) } : { kind: 'member', memberId: by };
}

/** Writes a principal as commands and lines carry it. */
export function byOf(principal: Principal): string {
  switch (principal.kind) {
    case 'member':
      return principal.memberId;
    case 'api_key':
      return `${KEY}${principal.keyId}`;
    case 'system':
      return INKWELL;
  }
}
