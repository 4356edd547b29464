import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Delivered, NewFile, Uploaded } from '../../app/messenger.ts';
import { extensionOf, isShowable } from '../../images/picture/format.ts';
import type { Clock } from '../../ports/ports.ts';
import { retryAfterMs } from '../platform/retry-after.ts';
import { type Attempted, callSlack, ONCE, ONE_MORE, REPEATABLE } from './call-slack.ts';
import { type Failure, StatusFault } from './failure.ts';

export type Files = {
  upload(file: NewFile): Promise<Uploaded>;
  /** Shares a file for people to download, with a sentence, in a channel or a direct message. */
  share(channelId: string, file: SharedFile): Promise<Delivered>;
  remove(fileId: string): Promise<Delivered>;
};

/** `comment` is mrkdwn: what people wrote in it has to be escaped. */
export type SharedFile = Pick<NewFile, 'bytes' | 'contentType' | 'title'> & { filename: string; comment: string };

type Parts = { client: WebClient; clock: Clock; fetch: typeof fetch };

/** Each round begins with a new file; the one before is never shown. */
const ROUNDS_MAX = 3;
const BYTES_TIMEOUT_MS = 60_000;
const GONE = new Set(['file_deleted', 'file_not_found']);

type NamedFile = Pick<NewFile, 'bytes' | 'contentType' | 'title'> & { filename: string };
type ShownIn =
  | { channel_id?: never }
  | { channel_id: string; thread_ts: string }
  | { channel_id: string; initial_comment: string };

const address = z.object({ upload_url: z.url(), file_id: z.string().min(1) });

export function createFiles(parts: Parts): Files {
  return {
    async upload(file) {
      const isDrawn = file.below || isShowable(file.contentType);
      if (!isDrawn || file.bytes.byteLength === 0) return { kind: 'failed', code: 'no_picture' };
      for (let round = 1; ; round += 1) {
        const { below } = file;
        const shownIn = below ? { channel_id: below.channelId, thread_ts: below.ts } : {};
        const filename = `image.${extensionOf(file.contentType)}`;
        const uploaded = await uploadOnce(parts, { ...file, filename, shownIn });
        if (uploaded.ok) return { kind: 'uploaded', fileId: uploaded.value };
        if (!mayBeginAnew(uploaded.failure) || round === ROUNDS_MAX)
          return { kind: 'failed', code: uploaded.failure.code };
      }
    },
    /** Once: a second round after a lost answer could show the file twice. The person can ask again. */
    async share(channelId, file) {
      const shownIn = { channel_id: channelId, initial_comment: file.comment };
      const shared = await uploadOnce(parts, { ...file, shownIn });
      return shared.ok ? { kind: 'delivered' } : { kind: 'failed', code: shared.failure.code };
    },
    async remove(fileId) {
      const answer = await callSlack(parts.clock, () => parts.client.files.delete({ file: fileId }), REPEATABLE);
      if (answer.ok || GONE.has(answer.failure.code)) return { kind: 'delivered' };
      return { kind: 'failed', code: answer.failure.code };
    },
  };
}

/**
 * An address for the bytes, the bytes, and that they are all there. It stands in no channel, where only blocks will show
 * it, or below a message, or in a channel by itself.
 */
async function uploadOnce(parts: Parts, file: NamedFile & { shownIn: ShownIn }): Promise<Attempted<string>> {
  const { client, clock } = parts;
  const { bytes, filename, title, shownIn } = file;
  const given = await callSlack(
    clock,
    () => client.files.getUploadURLExternal({ filename, length: bytes.byteLength }),
    REPEATABLE,
  );
  if (!given.ok) return given;
  const { data } = address.safeParse(given.value);
  if (!data) return { ok: false, failure: { kind: 'lost', code: 'odd_answer' } };
  const sent = await sendBytes(parts, data.upload_url, file);
  if (!sent.ok) return sent;
  const files: [{ id: string; title: string }] = [{ id: data.file_id, title }];
  const completed = await callSlack(clock, () => client.files.completeUploadExternal({ files, ...shownIn }), ONE_MORE);
  return completed.ok ? { ok: true, value: data.file_id } : completed;
}

async function sendBytes(
  { clock, fetch }: Parts,
  url: string,
  { bytes, contentType, filename }: NamedFile,
): Promise<Attempted<void>> {
  const send = async () => {
    const form = new FormData();
    form.append('body', new Blob([new Uint8Array(bytes)], { type: contentType }), filename);
    // Each fetch knows only the forms of its own library: written out here, any of them can send it.
    const written = new Response(form);
    const body = await written.arrayBuffer();
    const headers = { 'content-type': written.headers.get('content-type') ?? '' };
    const signal = AbortSignal.timeout(BYTES_TIMEOUT_MS);
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' });
    await response.body?.cancel();
    if (!response.ok) throw new StatusFault(response.status, retryAfterMs(response.headers, clock.now()));
  };
  return await callSlack(clock, send, ONCE);
}

/** After a lost answer the upload's state is unknown. A refusal of the bytes or of the last step is about this file. */
const mayBeginAnew = ({ kind, code }: Failure) => kind === 'lost' || code.startsWith('http_') || GONE.has(code);
