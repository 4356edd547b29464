// Files of a message: pictures as pictures, all others as a card to open.
import { drawPicture, imageSource } from '../blocks/images.js';
import { apart, h } from '../dom.js';
import { icon } from '../icons.js';

/** Ids of the files that an image block of the message shows already. */
export function shownInBlocks(blocks) {
  return blocks.flatMap((block) => (block.type === 'image' && block.slack_file?.id ? [block.slack_file.id] : []));
}

export function drawFiles({ files, blocks }) {
  const shown = new Set(shownInBlocks(blocks));
  return files.filter(({ fileId }) => !shown.has(fileId)).map(drawFile);
}

function drawFile(file) {
  const source = imageSource({ image_url: file.url });
  const picture = file.mimetype.startsWith('image/') && source !== null;
  const hooks = { 'data-testid': 'file', 'data-file-id': file.fileId };
  if (picture) {
    const caption = h('figcaption', {}, apart(file.title));
    return h('figure', { class: 'image', ...hooks }, caption, drawPicture({ source, alt: file.title, size: file }));
  }
  return h(
    'a',
    { class: 'file', href: source, target: '_blank', rel: 'noopener', ...hooks },
    h('span', { class: 'file-mark' }, icon('file', 22)),
    h(
      'span',
      { class: 'file-words' },
      apart(file.title, { class: 'file-title' }),
      h('span', { class: 'file-type' }, kindOf(file.mimetype)),
    ),
    icon('download', 18),
  );
}

const KINDS = [
  [/pdf/, 'PDF'],
  [/csv/, 'CSV table'],
  [/spreadsheet|excel/, 'Spreadsheet'],
  [/zip/, 'Archive'],
  [/^text\//, 'Text'],
];

function kindOf(mimetype) {
  return KINDS.find(([pattern]) => pattern.test(mimetype))?.[1] ?? mimetype;
}
