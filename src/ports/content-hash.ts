import { hash } from 'node:crypto';

/** SHA-256 of a value, the same for equal values whatever the order of their keys. */
export const contentHash = (value: unknown): string => hash('sha256', JSON.stringify(inOrder(value)), 'base64url');

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
