import type { Audience } from '../../ports/ports.ts';

/** What Inkwell says of itself in a channel that it was invited to: what it does there, and what is missing. */
export type Greeting = {
  kind: 'greeting';
  at: number;
  /** Who reads along. Where it is not `internal`, nothing is said of the agency, not even what is missing. */
  audience: Audience;
  client: 'undecided' | 'none' | { name: string; isClosed: boolean };
};
