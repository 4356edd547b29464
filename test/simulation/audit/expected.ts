/** What a process may meet in bad weather, by name: anything else is a bug of ours, also where it was caught. */
const EXPECTED = new Set(['JournalFault', 'RecordsFault', 'PeopleFault', 'DeliveryFault', 'JobTaken']);

/**
 * Null, and codes without a name, are no errors: a `code` alone is what Slack answered. `isUnreadable`: there
 * is a line that nobody can read.
 */
export function isExpected(error: unknown, isUnreadable = false): boolean {
  if (error === null) return true;
  const name = (error as { name?: unknown }).name ?? String(error).split(':')[0];
  const { code } = error as { code?: unknown };
  return EXPECTED.has(String(name)) && (code !== 'corrupt' || isUnreadable);
}
