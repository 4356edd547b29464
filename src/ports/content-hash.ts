import { hash } from 'node:crypto';

/** SHA-256 of a value, the same for equal values whatever the order of their keys. */
export const contentHash = (value: unknown): string => hash('sha256', JSON.stringify(inOrder(value)), 'base64url');

/** Ten letters and digits, for an id that people may see: the same delivery names the same thing again. */
export const shortHash = (value: unknown): string =>
  contentHash(value)
    .replace(/[^a-zA-Z0-9]/g, '')
    .slice(0, 10)
    .toLowerCase();

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (Array.isArray(value)) return value.map(inOrder);
  const object = value as Record<string, unknown>;
  const ordered: Record<string, unknown> = {};
  for (const key of Object.keys(object).sort()) {
    if (object[key] !== undefined) ordered[key] = inOrder(object[key]);
  }
  return ordered;
}
