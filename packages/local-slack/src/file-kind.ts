import type { FileKind } from './workspace.ts';

const BY_EXTENSION: Record<string, [filetype: string, mimetype: string, prettyType: string]> = {
  pdf: ['pdf', 'application/pdf', 'PDF'],
  csv: ['csv', 'text/csv', 'CSV'],
  txt: ['text', 'text/plain', 'Plain Text'],
  json: ['json', 'application/json', 'JSON'],
  xlsx: ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'Excel Spreadsheet'],
};

/** What an upload is: pictures by their first bytes, the rest by the file's name. */
export function kindOf(name: string, bytes: Uint8Array): FileKind {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const picture = png(data) ?? gif(data) ?? jpeg(data) ?? webp(data);
  if (picture) return picture;
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const [filetype, mimetype, prettyType] = BY_EXTENSION[extension] ?? ['binary', 'application/octet-stream', 'Binary'];
  return { filetype, mimetype, prettyType, picture: null };
}

function png(data: Buffer): FileKind | null {
  if (data.length < 24 || data.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return null;
  const picture = { width: data.readUInt32BE(16), height: data.readUInt32BE(20) };
  return { filetype: 'png', mimetype: 'image/png', prettyType: 'PNG', picture };
}

function gif(data: Buffer): FileKind | null {
  if (data.length < 10 || !/^GIF8[79]a$/.test(data.toString('latin1', 0, 6))) return null;
  const picture = { width: data.readUInt16LE(6), height: data.readUInt16LE(8) };
  return { filetype: 'gif', mimetype: 'image/gif', prettyType: 'GIF', picture };
}

/** The size stands in the first start-of-frame segment; the ones before are skipped by their length. */
function jpeg(data: Buffer): FileKind | null {
  if (data.length < 4 || data.readUInt16BE(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 <= data.length; at += 2 + data.readUInt16BE(at + 2)) {
    const marker = data.readUInt16BE(at);
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (!isFrame) continue;
    const picture = { width: data.readUInt16BE(at + 7), height: data.readUInt16BE(at + 5) };
    return { filetype: 'jpg', mimetype: 'image/jpeg', prettyType: 'JPEG', picture };
  }
  return null;
}

/** Slack keeps these, but draws none in a block: their size is not needed. */
function webp(data: Buffer): FileKind | null {
  if (data.toString('latin1', 0, 4) !== 'RIFF' || data.toString('latin1', 8, 12) !== 'WEBP') return null;
  return { filetype: 'webp', mimetype: 'image/webp', prettyType: 'WEBP', picture: { width: 0, height: 0 } };
}
