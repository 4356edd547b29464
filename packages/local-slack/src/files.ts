import type { FileRule } from './blocks/check.ts';
import type { Core } from './core.ts';
import { isMember } from './membership.ts';
import { fileOnWire } from './wire/file.ts';
import type { FileRecord, Json } from './workspace.ts';

const DRAWN_IN_BLOCKS = new Set(['png', 'jpg', 'gif']);

/** Slack looks at the bytes for a moment after an upload; until then the file is no picture yet. */
export function isProcessed({ clock, processingMs }: Core, file: FileRecord): boolean {
  return file.stage === 'complete' && file.completedAt !== null && clock() - file.completedAt >= processingMs;
}

/** A file object as the app gets it. */
export function fileForApp(core: Core, file: FileRecord): Json {
  const channels = file.sharedIn.flatMap(({ channelId }) => core.state.channels.get(channelId) ?? []);
  return fileOnWire(file, {
    workspace: core.workspace,
    origin: core.origin(),
    isProcessed: isProcessed(core, file),
    channels,
  });
}

/** Blocks may draw pictures that the bot can see and that Slack has processed. */
export function fileRule(core: Core): FileRule {
  return ({ id, url }) => {
    const file = core.state.files.get(id ?? fileIdIn(url ?? ''));
    const isDrawn = file !== null && isProcessed(core, file) && DRAWN_IN_BLOCKS.has(file.kind?.filetype ?? '');
    return isDrawn ? null : 'invalid slack file';
  };
}

function fileIdIn(url: string): string {
  return /\/files\/(F\w+)\//.exec(url)?.[1] ?? '';
}

/** Who is in a channel where it stands, and whose Home or modal shows it. */
export function maySeeFile(core: Core, userId: string, file: FileRecord): boolean {
  if (file.stage !== 'complete' || core.state.people.get(userId)?.deactivated !== false) return false;
  const isShown = core.state.messages
    .mentioning(file.fileId)
    .some(({ channelId, onlyFor }) => (onlyFor ?? userId) === userId && isMember(core, userId, channelId));
  if (isShown) return true;
  const views = [core.state.homes.get(userId)?.view, ...core.modals.stack(userId).map(({ view }) => view)];
  return views.some((view) => view && JSON.stringify(view.blocks).includes(`"${file.fileId}"`));
}
