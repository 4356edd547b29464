import { hash } from 'node:crypto';
import type { Line } from '../../ledger/lines.ts';

const texts = new WeakMap<Line, string>();

/** A line as JSON, made once: the journal writes the text that the next line's hash is made of. */
export function lineText(line: Line): string {
  const made = texts.get(line);
  if (made !== undefined) return made;
  const text = JSON.stringify(line);
  texts.set(line, text);
  return text;
}

/**
 * SHA-256 of a line's JSON, every field in the order in which it was written. Stores, copies and other processes keep that
 * order, so the fields need not be sorted as `contentHash` sorts them.
 */
export const lineHash = (line: Line): string => hash('sha256', lineText(line), 'base64url');

/** How the lines of every journal are chained. The first carries nothing: no line is before it. */
export const LINE_CHAIN = { hashOf: lineHash, first: '' };
