import type { FileRule } from './blocks/check.ts';
import type { LocalSlackContext } from './context.ts';
import { isMember } from './membership.ts';
import { fileOnWire } from './serializers/file.ts';
import type { FileRecord, Json } from './workspace.ts';

const DRAWN_IN_BLOCKS = new Set(['png', 'jpg', 'gif']);

/** Slack looks at the bytes for a moment after an upload; until then the file is no picture yet. */
export function isProcessed({ clock, processingMs }: LocalSlackContext, file: FileRecord): boolean {
  return file.stage === 'complete' && file.completedAt !== null && clock() - file.completedAt >= processingMs;
}

/** A file object as the app gets it. */
export function fileForApp(context: LocalSlackContext, file: FileRecord): Json {
  const channels = file.sharedIn.flatMap(({ channelId }) => context.state.channels.get(channelId) ?? []);
  return fileOnWire(file, {
    workspace: context.workspace,
    origin: context.origin(),
    isProcessed: isProcessed(context, file),
    channels,
  });
}

/** Blocks may draw pictures that the bot can see and that Slack has processed. */
export function fileRule(context: LocalSlackContext): FileRule {
  return ({ id, url }) => {
    const file = context.state.files.get(id ?? fileIdIn(url ?? ''));
    const isDrawn = file !== null && isProcessed(context, file) && DRAWN_IN_BLOCKS.has(file.kind?.filetype ?? '');
    return isDrawn ? null : 'invalid slack file';
  };
}

function fileIdIn(url: string): string {
  return /\/files\/(F\w+)\//.exec(url)?.[1] ?? '';
}

/** Who is in a channel where it stands, and whose Home or modal shows it. */
export function maySeeFile(context: LocalSlackContext, userId: string, file: FileRecord): boolean {
  if (file.stage !== 'complete' || context.state.people.get(userId)?.deactivated !== false) return false;
  const isShown = context.state.messages
    .mentioning(file.fileId)
    .some(({ channelId, onlyFor }) => (onlyFor ?? userId) === userId && isMember(context, userId, channelId));
  if (isShown) return true;
  const views = [context.state.homes.get(userId)?.view, ...context.modals.stack(userId).map(({ view }) => view)];
  return views.some((view) => view && JSON.stringify(view.blocks).includes(`"${file.fileId}"`));
}
