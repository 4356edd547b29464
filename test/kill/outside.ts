import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { Card, PrivateMessage } from '../../src/app/messenger.ts';
import type { Requester } from '../../src/app/requester.ts';
import type { ImageOutcome } from '../../src/images/image-provider.ts';
import type { Job } from '../../src/storage/records/job.ts';
import type { MessagePlace } from '../../src/storage/records/job-step.ts';
import { channelOf } from './agency.ts';

/** What people see, and what the provider was asked for; `life`: which process did it. */
export type Sheet = { life: string; place: MessagePlace; jobId: string; drawn: Job | null };
export type Told = { life: string; to: Requester; note: PrivateMessage; onceKey: string | null };
export type PostedCard = { life: string; memberId: string; place: MessagePlace; card: Card };
export type Post = { life: string; prompt: string; imageNo: number; kind: string };

const SLOW_MS = 80;

/** Slack and a provider, as one workspace has them. They outlive every process. */
export class Outside {
  readonly sheets: Sheet[] = [];
  readonly told: Told[] = [];
  readonly cards: PostedCard[] = [];
  readonly files = new Set<string>();
  readonly posts: Post[] = [];
  private stamps = 0;

  async answer(life: string, verb: string, body: unknown): Promise<unknown> {
    switch (verb) {
      case 'announce':
        return this.announce(life, body as { job: Job; in: 'channel' | 'direct_message' });
      case 'redraw':
        return this.redraw(body as { job: Job; place: MessagePlace });
      case 'upload':
        this.stamps += 1;
        this.files.add(`F${this.stamps}`);
        return { kind: 'uploaded', fileId: `F${this.stamps}` };
      case 'remove_file':
        this.files.delete((body as { fileId: string }).fileId);
        return { kind: 'delivered' };
      case 'tell':
        this.told.push({ life, ...(body as Omit<Told, 'life'>) });
        return { kind: 'delivered' };
      case 'card': {
        const { memberId, card } = body as { memberId: string; card: Card };
        const place = this.newPlace(`D-${memberId}`);
        this.cards.push({ life, memberId, place, card });
        return { kind: 'posted', place };
      }
      case 'redraw_card': {
        const { place, card } = body as { place: MessagePlace; card: Card };
        const posted = this.cards.find((each) => each.place.ts === place.ts);
        if (!posted) return { kind: 'gone', code: 'message_not_found' };
        posted.card = card;
        return { kind: 'drawn' };
      }
      case 'make':
        return await this.make(life, body as { prompt: string; variation: number });
      default:
        throw new Error(`nobody outside knows ${verb}`);
    }
  }

  private newPlace(channelId: string): MessagePlace {
    this.stamps += 1;
    return { channelId, ts: `${this.stamps}.0` };
  }

  private announce(life: string, { job, in: where }: { job: Job; in: 'channel' | 'direct_message' }) {
    if (job.place.channelId === channelOf('lost')) return { kind: 'unreachable', code: 'not_in_channel' };
    const place = this.newPlace(where === 'channel' ? job.place.channelId : `D-${job.memberId}`);
    this.sheets.push({ life, place, jobId: job.jobId, drawn: null });
    return { kind: 'posted', place };
  }

  private redraw({ job, place }: { job: Job; place: MessagePlace }) {
    const sheet = this.sheets.find((each) => each.place.ts === place.ts);
    if (!sheet || place.channelId === channelOf('gone')) return { kind: 'gone', code: 'message_not_found' };
    sheet.drawn = job;
    return { kind: 'drawn' };
  }

  /** The prompt says, in brackets, what becomes of each image at each attempt. */
  private async make(
    life: string,
    { prompt, variation }: { prompt: string; variation: number },
  ): Promise<ImageOutcome> {
    const before = this.posts.filter((post) => post.prompt === prompt && post.imageNo === variation).length;
    const words = ([...prompt.matchAll(/\[([^\]]*)\]/g)][variation - 1]?.[1] ?? 'ok').split(' ');
    const attempts = words.filter((word) => word !== 'full');
    const does = attempts[Math.min(before, attempts.length - 1)] ?? 'ok';
    const post = { life, prompt, imageNo: variation, kind: does };
    this.posts.push(post);
    await new Promise((resolve) => setTimeout(resolve, does === 'slow' ? SLOW_MS : 2));
    return outcomeOf(does, words.includes('full'));
  }
}

function outcomeOf(does: string, full: boolean): ImageOutcome {
  switch (does) {
    case 'refused':
      return { kind: 'refused', detail: 'policy' };
    case 'unknown':
    case 'reset':
      return { kind: 'unknown', detail: 'reset' };
    case 'transient':
      return { kind: 'transient', detail: 'rate_limit', retryAfterMs: 5 };
    case 'quota':
      return { kind: 'account_stop', detail: 'insufficient_quota' };
    default:
      // More than the bound is charged as the bound.
      return {
        kind: 'done',
        bytes: new Uint8Array(),
        contentType: 'image/png',
        costMicroUsd: full ? 9_000_000 : 2_000,
      };
  }
}

export type OutsideServer = {
  /** Where the lives of a scenario find their Slack and provider. */
  open(scenario: string): { url: string; outside: Outside };
  forget(scenario: string): void;
  close(): Promise<void>;
};

export async function startOutside(): Promise<OutsideServer> {
  const worlds = new Map<string, Outside>();
  const answer = async (asked: IncomingMessage): Promise<unknown> => {
    const [, scenario = '', life = '', verb = ''] = (asked.url ?? '').split('/');
    // Read whole before anything is done: half a request is none.
    const body = await json(asked);
    return await worlds.get(scenario)?.answer(life, verb, body);
  };
  const server = createServer((asked, response) => {
    answer(asked).then(
      (answered) => response.end(JSON.stringify(answered ?? null)),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    open(scenario) {
      const outside = new Outside();
      worlds.set(scenario, outside);
      return { url: `http://127.0.0.1:${port}/${scenario}`, outside };
    },
    forget: (scenario) => void worlds.delete(scenario),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
