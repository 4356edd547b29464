import { Agent, request } from 'node:http';
import type { Card, JobView, Messenger, PrivateMessage } from '../../../src/app/messenger.ts';
import type { ImageOutcome, ImageProvider } from '../../../src/images/image-provider.ts';
import type { Points } from './points.ts';

/** Slack and the provider, over HTTP in the process that kills us. Each call may be the last thing this process does. */
export function connect(outside: string, points: Points): { messenger: Messenger; maker: ImageProvider } {
  const agent = new Agent({ keepAlive: true });

  const post = (verb: string, name: string, body: unknown) =>
    new Promise<unknown>((resolve, reject) => {
      const call = request(`${outside}/${verb}`, { method: 'POST', agent }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part)).on('error', reject);
        response.on('end', () => resolve(JSON.parse(Buffer.concat(parts).toString())));
      });
      call.on('error', reject);
      // It has been handed to the kernel: it arrives, and nobody is there any more to be answered.
      call.on('finish', () => points.reach(`${name}:amid`));
      call.end(JSON.stringify(body));
    });

  const call = async <Answer>(verb: string, name: string, body: unknown): Promise<Answer> => {
    points.reach(`${name}:before`);
    const answer = await post(verb, name, body);
    points.reach(`${name}:after`);
    return answer as Answer;
  };

  return {
    messenger: {
      announce: (view, to) => call('announce', `post:announce:${to.in}`, { job: view.job, in: to.in }),
      redraw: (view, place) => call('redraw', `post:redraw:${progressOf(view)}`, { job: view.job, place }),
      upload: ({ bytes }) => call('upload', 'upload', { bytesCount: bytes.byteLength }),
      removeFile: (fileId) => call('remove_file', 'remove_file', { fileId }),
      tell: (to, note: PrivateMessage, once) =>
        call('tell', `tell:${note.kind}`, { to, note, onceKey: once?.onceKey ?? null }),
      postCard: (memberId, card: Card) => call('card', `card:${card.kind}`, { memberId, card }),
      postCardIn: (channelId, card: Card) => call('card', `card:${card.kind}`, { memberId: channelId, card }),
      redrawCard: (place, card) => call('redraw_card', `redraw_card:${card.kind}`, { place, card }),
    },
    maker: {
      async make({ prompt, variation = 1 }) {
        const made = await call<ImageOutcome>('make', 'make', { prompt, variation });
        return made.kind === 'done' ? { ...made, bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47]) } : made;
      },
    },
  };
}

function progressOf({ job }: JobView): string {
  if (job.deletedBy) return 'deleted';
  if (job.images.every(({ settled }) => settled)) return 'ended';
  return job.images.some(({ settled, answer }) => !settled && answer?.kind !== 'unknown') ? 'making' : 'checking';
}
