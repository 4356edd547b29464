import type { ImageOutcome, ImageProvider, ImageRequest } from '../../../src/images/image-provider.ts';
import type { Chance } from './chance.ts';
import type { Sender, Wire } from './wire.ts';

/** One POST that reached a provider, and what became of it there, whoever heard of it. */
export type Post = {
  imageId: string;
  model: string;
  by: string;
  at: number;
  became: ImageOutcome['kind'];
  costMicroUsd: number;
};

export type ProviderWitness = { postArrives(post: Post): void };

/** A provider that makes images out of nothing, charges for them, and has its bad days. */
export type SimulatedProvider = { posts: Post[]; reachedBy(sender: Sender): ImageProvider };

/** Mostly it works. */
const BECOMES = { done: 84, refused: 4, rejected: 2, transient: 7, account_stop: 1 } as const;
const BYTES = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);

type Parts = { chance: Chance; wire: Wire; now: () => number; witness: ProviderWitness };

export function createProvider({ chance, wire, now, witness }: Parts): SimulatedProvider {
  const posts: Post[] = [];

  const receive = (request: ImageRequest, by: Sender): ImageOutcome => {
    const kind = chance.weighted(BECOMES);
    // Now and then it charges more than anybody was told that it would.
    const costMicroUsd = chance.is(0.03) ? 900_000 : chance.int(1_000, 30_000);
    const imageId = imageIdIn(request);
    const post: Post = { imageId, model: request.rate.id, by: by.name, at: now(), became: kind, costMicroUsd };
    posts.push(post);
    witness.postArrives(post);
    switch (kind) {
      case 'done':
        return { kind, bytes: BYTES, contentType: 'image/png', costMicroUsd };
      case 'transient':
        return { kind, detail: 'rate', retryAfterMs: chance.pick([0, 500, 5_000, 60_000]) };
      case 'refused':
      case 'rejected':
      case 'account_stop':
        return { kind, detail: kind };
    }
  };

  return {
    posts,
    reachedBy: (sender) => ({
      make: (request, { signal }) =>
        new Promise((resolve, reject) => {
          // Half of them end with their signal, as the port says; the others are deaf, and are given up by the caller.
          const isDeaf = chance.is(0.5);
          const takesMs = chance.is(0.03) ? chance.int(60_000, 900_000) : chance.int(1_000, 25_000);
          if (!isDeaf) signal.addEventListener('abort', () => resolve({ kind: 'unknown', detail: 'deadline' }));
          wire<ImageOutcome>(sender, {
            port: 'provider',
            verb: `make ${imageIdIn(request)}`,
            faults: request.rate.id === 'sketch' ? [] : ['lost', 'late', 'answer_lost'],
            act: async () => receive(request, sender),
            failure: (about) =>
              about === 'never'
                ? { kind: 'transient', detail: 'not sent', retryAfterMs: 100 }
                : { kind: 'unknown', detail: 'reset' },
            takesMs,
          }).then(resolve, reject);
        }),
    }),
  };
}

/** The prompts of the simulation begin with the job that they are for. */
const imageIdIn = ({ prompt, variation }: ImageRequest) => `${prompt.split(' ')[0]}/${variation}`;
