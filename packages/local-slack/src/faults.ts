/**
 * What can go wrong with the next call of a method. `lose_the_answer`: the effect happens, the connection breaks before
 * the answer. `cut_before_effect`: it breaks first. `error` is any of Slack's, as `not_in_channel`.
 */
export type ApiFault =
  | { error: string }
  | { retryAfterS: number }
  | { status: number }
  | { delayMs: number }
  | 'lose_the_answer'
  | 'cut_before_effect';

/** `duplicate`: the same body arrives twice at once, each signed, as when Slack's network stutters. */
export type DeliveryFault = 'duplicate';

/** Besides Web API methods: the POST of a file's bytes, the POST to a response URL, and a connection of Socket Mode. */
export type Faultable = 'upload' | 'response_url' | 'socket' | (string & {});

/** Faults wait in line, one for each call; tests inject them. */
export type Faults = {
  next(method: Faultable, ...faults: ApiFault[]): void;
  nextDelivery(fault: DeliveryFault): void;
  /** From now on the workspace knows no blocks of these types, as one that Slack has not given them yet. */
  withoutBlocks(...types: string[]): void;
  /** Lists the blocks whose type was switched off for this workspace. */
  unknownBlocks(blocks: readonly unknown[], pointer: string): string[];
  take(method: Faultable): ApiFault | null;
  takeDelivery(): DeliveryFault | null;
  clear(): void;
};

export function createFaults(): Faults {
  const waiting = new Map<string, ApiFault[]>();
  const deliveries: DeliveryFault[] = [];
  const withoutTypes = new Set<unknown>();
  return {
    next: (method, ...faults) => void waiting.set(method, [...(waiting.get(method) ?? []), ...faults]),
    nextDelivery: (fault) => void deliveries.push(fault),
    withoutBlocks: (...types) => {
      for (const type of types) withoutTypes.add(type);
    },
    unknownBlocks: (blocks, pointer) =>
      (blocks as ({ type?: unknown } | null)[]).flatMap((block, index) =>
        withoutTypes.has(block?.type)
          ? [`unsupported type: ${String(block?.type)} [json-pointer:${pointer}/${index}/type]`]
          : [],
      ),
    take: (method) => waiting.get(method)?.shift() ?? null,
    takeDelivery: () => deliveries.shift() ?? null,
    clear: () => {
      waiting.clear();
      deliveries.length = 0;
      withoutTypes.clear();
    },
  };
}
