import type { Snapshots } from './snapshots.ts';

/** For tests and simulation, which look at the texts and change them. */
export function memorySnapshots(): Snapshots & { texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    newest: async ({ workspace }) => texts.get(workspace) ?? null,
    async put({ workspace }, parts) {
      let text = '';
      for await (const part of parts) text += part;
      texts.set(workspace, text);
    },
    remove: async (workspace) => void texts.delete(workspace),
  };
}
