import type { KnownBlock } from '@slack/types';
import type { LocalSlackContext } from '../context.ts';
import { kindOf } from '../file-kind.ts';
import { fileForApp } from '../files.ts';
import { addMessage } from '../posting.ts';
import { storedText } from '../slack-text.ts';
import type { FileRecord, Json } from '../workspace.ts';
import { ApiError, invalidArguments } from './api-error.ts';
import type { Arguments } from './arguments.ts';
import { readBlocks } from './content.ts';
import { threadParent, writableChannel } from './targets.ts';

const ALT_TEXT_MAX = 1_000;
const FILES_MAX = 10;

/** Step one of three: an address for the bytes. The address itself is the right to upload. */
export function getUploadUrl(context: LocalSlackContext, args: Arguments): Json {
  const [name, lengthBytes] = [args.text('filename').trim(), Number(args.text('length'))];
  if (name === '' || args.text('length') === '') throw invalidArguments(['missing required field: filename or length']);
  if (!Number.isInteger(lengthBytes) || lengthBytes <= 0) throw new ApiError('missing_argument');
  const altText = args.text('alt_text') || args.text('alt_txt');
  if (altText.length > ALT_TEXT_MAX) throw new ApiError('alt_txt_too_large');
  const file: FileRecord = {
    fileId: context.ids.next('F'),
    name,
    title: name,
    altText,
    userId: context.workspace.bot.userId,
    lengthBytes,
    createdAt: context.clock(),
    stage: 'awaited',
    completedAt: null,
    kind: null,
    ticket: context.ids.secret(),
    sharedIn: [],
  };
  context.state.files.put(file.fileId, file);
  return { upload_url: `${context.origin()}/upload/v1/${file.fileId}/${file.ticket}`, file_id: file.fileId };
}

/** Step two: the bytes. Answers null when taken, else why not. */
export function takeUpload(
  context: LocalSlackContext,
  upload: { fileId: string; ticket: string; bytes: Uint8Array },
): string | null {
  const file = context.state.files.get(upload.fileId);
  const isAwaited = file?.stage === 'awaited' || file?.stage === 'uploaded';
  if (!file || !isAwaited || file.ticket !== upload.ticket) return 'file_not_found';
  if (upload.bytes.byteLength !== file.lengthBytes) {
    context.addViolation(`${file.name}: ${file.lengthBytes} bytes were announced and ${upload.bytes.byteLength} came.`);
    return 'length_mismatch';
  }
  context.state.files.keepBytes(file.fileId, upload.bytes);
  context.state.files.put(file.fileId, { ...file, stage: 'uploaded', kind: kindOf(file.name, upload.bytes) });
  return null;
}

/** Step three: the files exist, and stand in a channel if one is named. Several files come in one message. */
export function completeUpload(context: LocalSlackContext, args: Arguments): Json {
  const wanted = readCompletions(args.json('files'));
  const files = wanted.map(({ id }) => uploadedFile(context, id));
  const share = readShare(context, args);
  const completed = files.map(
    (file, index): FileRecord => ({
      ...file,
      title: wanted[index]?.title ?? file.title,
      stage: 'complete',
      completedAt: context.clock(),
    }),
  );
  for (const file of completed) context.state.files.put(file.fileId, file);
  const shared = share ? shareFiles(context, completed, share) : completed;
  return { files: shared.map((file) => fileForApp(context, file)) };
}

export function fileInfo(context: LocalSlackContext, args: Arguments): Json {
  const file = context.state.files.get(args.text('file'));
  if (file?.stage === 'deleted') throw new ApiError('file_deleted');
  if (file?.stage !== 'complete') throw new ApiError('file_not_found');
  return { file: fileForApp(context, file), comments: [], response_metadata: { next_cursor: '' } };
}

/** The bytes go, messages keep an empty place. */
export function deleteFile(context: LocalSlackContext, args: Arguments): Json {
  const file = context.state.files.get(args.text('file'));
  if (file?.stage === 'deleted') throw new ApiError('file_deleted');
  if (file?.stage !== 'complete') throw new ApiError('file_not_found');
  context.state.files.put(file.fileId, { ...file, stage: 'deleted' });
  context.state.files.dropBytes(file.fileId);
  for (const { channelId } of context.state.messages.mentioning(file.fileId)) {
    context.changes.tell(channelId, context.state.channels.get(channelId)?.memberIds ?? []);
  }
  return {};
}

function readCompletions(given: unknown): { id: string; title: string | null }[] {
  if (!Array.isArray(given) || given.length === 0 || given.length > FILES_MAX)
    throw invalidArguments(['invalid `files`']);
  const files = (given as Json[]).map((one) => ({
    id: String(one?.id ?? ''),
    title: typeof one?.title === 'string' ? one.title : null,
  }));
  if (new Set(files.map(({ id }) => id)).size < files.length)
    throw invalidArguments(['a file stands twice in `files`']);
  return files;
}

function uploadedFile(context: LocalSlackContext, fileId: string): FileRecord {
  const file = context.state.files.get(fileId);
  if (file?.stage !== 'uploaded') throw new ApiError('file_not_found');
  return file;
}

type Share = { channelId: string; text: string; blocks: KnownBlock[]; threadTs: string | null };

function readShare(context: LocalSlackContext, args: Arguments): Share | null {
  if (!args.has('channel_id')) return null;
  const { channelId } = writableChannel(context, args.text('channel_id'));
  const text = storedText(args.text('initial_comment'));
  const blocks = text === '' ? (readBlocks(context, args) ?? []) : [];
  return { channelId, text, blocks, threadTs: threadParent(context, channelId, args) };
}

function shareFiles(context: LocalSlackContext, files: readonly FileRecord[], share: Share): FileRecord[] {
  const { ts } = addMessage(context, {
    ...share,
    userId: context.workspace.bot.userId,
    fileIds: files.map(({ fileId }) => fileId),
  });
  return files.map((file) => {
    const shared = { ...file, sharedIn: [...file.sharedIn, { channelId: share.channelId, ts }] };
    context.state.files.put(file.fileId, shared);
    return shared;
  });
}
