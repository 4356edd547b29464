import { z } from 'zod';
import type { Policy } from '../../ledger/policy.ts';
import { ROLES } from '../../ledger/roles.ts';

import { contentHash } from '../../ports/content-hash.ts';
import { FIRST_PAGES, type HomeLocation, readMetadata, writeMetadata } from '../kit/home-metadata.ts';
import { parsed } from './limits-metadata.ts';

/** What stood in the form; of the tips only a digest, because metadata takes no more than 3,000 characters. */
export type PolicyShown = Omit<Policy, 'coachingText'> & { coachingDigest: string };

const onWire = z.object({
  pages: z.string(),
  shown: z.object({
    defaultRole: z.enum(ROLES),
    burst: z.object({ requestsMax: z.int(), withinMs: z.int() }).nullable(),
    escalateAfterMs: z.int(),
    lapseAfterMs: z.int(),
    ownerAboveCredits: z.int().nullable(),
    repeats: z.object({ approvalsCount: z.int(), withinMs: z.int() }),
    coachingDigest: z.string(),
  }),
});

export const coachingDigest = (text: string): string => contentHash(text.trim());

export function writePolicyHint({ pages, shown }: { pages: HomeLocation; shown: Policy }): string {
  const { coachingText, ...rest } = shown;
  return JSON.stringify({
    pages: writeMetadata(pages),
    shown: { ...rest, coachingDigest: coachingDigest(coachingText) },
  });
}

export function readPolicyHint(metadata: string): { pages: HomeLocation; shown: PolicyShown | null } {
  const read = onWire.safeParse(parsed(metadata));
  return read.success
    ? { pages: readMetadata(read.data.pages).pages, shown: read.data.shown }
    : { pages: FIRST_PAGES, shown: null };
}
