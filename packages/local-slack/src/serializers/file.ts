import type { Channel, FileRecord, Json, Workspace } from '../workspace.ts';

/**
 * A file object. Until Slack has looked at the bytes (`isProcessed`), type and size of the picture are empty. Shares
 * carry no message ids: Slack fills them in later, so an answer to an upload never holds them.
 */
export function fileOnWire(
  file: FileRecord,
  context: { workspace: Workspace; origin: string; isProcessed: boolean; channels: Channel[] },
): Json {
  const { workspace, origin, isProcessed } = context;
  const created = Math.floor(file.createdAt / 1000);
  const kind = isProcessed ? file.kind : null;
  const address = `${origin}/files/${file.fileId}/${encodeURIComponent(file.name)}`;
  const idsOf = (wanted: Channel['kind']) =>
    context.channels.filter((channel) => channel.kind === wanted).map(({ channelId }) => channelId);
  return {
    id: file.fileId,
    created,
    timestamp: created,
    name: file.name,
    title: file.title,
    mimetype: kind?.mimetype ?? '',
    filetype: kind?.filetype ?? '',
    pretty_type: kind?.prettyType ?? '',
    user: file.userId,
    user_team: workspace.teamId,
    editable: false,
    size: file.lengthBytes,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public: idsOf('public').length > 0,
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: address,
    url_private_download: address,
    permalink: address,
    file_access: 'visible',
    ...(file.altText === '' ? {} : { alt_txt: file.altText }),
    ...(kind?.picture ? { original_w: kind.picture.width, original_h: kind.picture.height } : {}),
    shares: {},
    channels: idsOf('public'),
    groups: idsOf('private'),
    ims: idsOf('im'),
    has_more_shares: false,
    has_rich_preview: false,
  };
}
