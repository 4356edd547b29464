import { copyFileSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Payload } from '../matrix/forge.ts';

/** A request as Slack sent it, and the button, form or command that it came from. */
export type Sent = { id: string; payload: Payload };

/** What a version said to one of those. `lines`: the kinds of the lines it wrote. */
export type Replied = { id: string; answered: boolean; lines: string[] };

/** What is to be known of one version's data. */
export type Golden = {
  /** Epoch ms. */
  madeAt: number;
  /** The last line of the organisation. */
  seq: number;
  /** The workspace with a line and a step of every kind. */
  everyKind: string;
  everyKindLines: number;
  lineKinds: readonly string[];
  stepKinds: readonly string[];
  records: { steps: number; prompts: number; images: number; marks: number };
  foldId: string;
  node: string;
  answers: readonly Replied[];
};

export const NAMES = { golden: 'golden.json', sent: 'sent.json.gz', documents: 'documents.json.gz' } as const;
export const ROOT = join('test', 'golden');

/** The versions whose data is kept, the oldest first. */
export const versions = (): string[] =>
  readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

export function readGolden(version: string): Golden & { sent: readonly Sent[]; documents: string } {
  const read = (name: string) => readFileSync(join(ROOT, version, name));
  return {
    ...(JSON.parse(read(NAMES.golden).toString()) as Golden),
    sent: JSON.parse(gunzipSync(read(NAMES.sent)).toString()) as Sent[],
    documents: gunzipSync(read(NAMES.documents)).toString(),
  };
}

/** For somebody to write to: what was stored stays as it is. */
export function copyOf(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'inkwell-golden-'));
  for (const name of readdirSync(folder)) copyFileSync(join(folder, name), join(copy, name));
  return copy;
}
