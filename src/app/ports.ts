/** What the use cases need from outside, besides the journal, the records, the image makers and the messenger. */

export type Clock = {
  /** Epoch milliseconds. */
  now(): number;
  sleep(ms: number, options?: { signal?: AbortSignal }): Promise<void>;
};

/** Unguessable ids; tests and simulations give predictable ones. */
export type NewId = () => string;

/** Facts for the operator: never a prompt, never a secret. */
export type Log = {
  info(facts: Record<string, unknown>, message: string): void;
  warn(facts: Record<string, unknown>, message: string): void;
  error(facts: Record<string, unknown>, message: string): void;
};
