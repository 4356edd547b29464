/** Name and code; a message might quote what it was about. */
export function describe(error: unknown): { name: string; code?: string } {
  const { name, code } = error as { name?: unknown; code?: unknown };
  return { name: String(name ?? 'Error'), ...(typeof code === 'string' ? { code } : {}) };
}
