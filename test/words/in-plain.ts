import type { Part } from '../../src/words/parts.ts';

/** Parts of a sentence as a person would read them out. */
export const inPlain = (parts: readonly Part[]): string => parts.map(read).join('');

function read(part: Part): string {
  if (typeof part === 'string') return part;
  switch (part.kind) {
    case 'strong':
    case 'name':
    case 'written':
      return part.text;
    case 'member':
      return `@${part.memberId}`;
    case 'channel':
      return `#${part.channelId}`;
    case 'moment':
      return new Date(part.at).toISOString().slice(0, 16);
  }
}
