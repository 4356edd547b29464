// Image blocks and small images.
import { h } from '../dom.js';
import { icon } from '../icons.js';
import { fileImageUrl } from '../server.js';
import { drawTextObject } from '../text/draw-text.js';

/** Our own files may be shown; anything else would be a request to the outside, which the page never makes. */
export function imageSource({ image_url: url, slack_file: file }, as) {
  if (file?.id !== undefined) return fileImageUrl(file.id, as);
  const address = url ?? file?.url;
  if (address === undefined) return null;
  if (/^data:image\/(png|jpeg|gif|webp);base64,/.test(address)) return address;
  return ownAddress(address);
}

function ownAddress(address) {
  try {
    const url = new URL(address, location.href);
    return url.origin === location.origin ? url.href : null;
  } catch {
    return null;
  }
}

export function drawImageBlock(block, { surface }) {
  const alt = block.alt_text ?? '';
  return h(
    'figure',
    { class: 'image' },
    block.title ? h('figcaption', { dir: 'auto' }, drawTextObject(block.title, surface.directory)) : null,
    drawPicture({
      source: imageSource(block, surface.directory.view.me.userId),
      alt,
      size: surface.sizeOf?.(block.slack_file?.id),
    }),
  );
}

const LARGEST_PX = 360;
/** Sizes of pictures that have loaded once, by address. */
const sizes = new Map();

/** A picture that opens in a new tab. Its place is kept free until it has loaded: a square's, unless `size` is known. */
export function drawPicture({ source, alt, size = null }) {
  if (source === null) return missing(alt);
  const image = h('img', { src: source, alt, title: alt, class: 'image-picture', loading: 'lazy', decoding: 'async' });
  keepFree(image, size?.width > 0 ? size : sizes.get(source));
  image.addEventListener('load', () => {
    const loaded = { width: image.naturalWidth, height: image.naturalHeight };
    sizes.set(source, loaded);
    keepFree(image, loaded);
  });
  const link = h(
    'a',
    { href: source, target: '_blank', rel: 'noopener', class: 'image-link', 'data-testid': 'image' },
    image,
  );
  image.addEventListener('error', () => link.replaceWith(missing(alt)));
  return link;
}

/** media.css makes the place of these two. */
function keepFree(image, size) {
  if (!(size?.width > 0 && size.height > 0)) return;
  const { width, height } = size;
  image.style.setProperty('--picture-width', `${Math.min(width, LARGEST_PX, (LARGEST_PX * width) / height)}px`);
  image.style.setProperty('--picture-ratio', `${width} / ${height}`);
}

export function drawImageElement(element, { surface, small = false }) {
  const source = imageSource(element, surface.directory.view.me.userId);
  if (source === null) return small ? null : missing(element.alt_text);
  return h('img', {
    src: source,
    alt: element.alt_text,
    title: element.alt_text,
    class: small ? 'image-small' : 'image-accessory',
  });
}

function missing(alt) {
  return h(
    'span',
    { class: 'image-missing', 'data-testid': 'image-missing' },
    icon('file', 16),
    `Image not available${alt ? `: ${alt}` : ''}`,
  );
}
