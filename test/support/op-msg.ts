import type { Socket } from 'node:net';
import { mongo } from 'mongoose';

const { deserialize, serialize } = mongo.BSON;
type Document = mongo.BSON.Document;

const OP_MSG = 2013;
const HEADER_BYTES = 20;

export type Request = { id: number; name: string; body: Document; documents: Document[] };

/** Whole messages, however the bytes arrive. */
export function onMessages(socket: Socket, take: (bytes: Buffer) => void): void {
  let rest = Buffer.alloc(0);
  socket.on('data', (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes]);
    while (rest.length >= 4 && rest.length >= rest.readInt32LE(0)) {
      const message = rest.subarray(0, rest.readInt32LE(0));
      rest = rest.subarray(message.length);
      take(message);
    }
  });
}

/** Null for what is no OP_MSG: the driver's first greeting. */
export function requestIn(bytes: Buffer): Request | null {
  if (bytes.readInt32LE(12) !== OP_MSG) return null;
  let body: Document = {};
  const documents: Document[] = [];
  for (let at = HEADER_BYTES; at < bytes.length; ) {
    const kind = bytes[at];
    const size = bytes.readInt32LE(at + 1);
    if (kind === 0) body = deserialize(bytes.subarray(at + 1, at + 1 + size));
    else {
      let from = bytes.indexOf(0, at + 5) + 1;
      for (; from < at + 1 + size; from += bytes.readInt32LE(from)) {
        documents.push(deserialize(bytes.subarray(from, from + bytes.readInt32LE(from))));
      }
    }
    at += 1 + size;
  }
  return { id: bytes.readInt32LE(4), name: Object.keys(body)[0] ?? '', body, documents };
}

/** The request with the first half of its documents. */
export function halfOf({ id, body, documents }: Request): Buffer {
  return message({ id, responseTo: 0 }, { ...body, documents: documents.slice(0, Math.ceil(documents.length / 2)) });
}

/** The request an answer belongs to. */
export const answeredBy = (answer: Buffer): number => answer.readInt32LE(8);

export const answerTo = (responseTo: number, body: Document): Buffer => message({ id: 0, responseTo }, body);

/** The answer with some fields more. */
export function withMore(answer: Buffer, more: Document): Buffer {
  const start = HEADER_BYTES + 1;
  const body = deserialize(answer.subarray(start, start + answer.readInt32LE(start)));
  return answerTo(answeredBy(answer), { ...body, ...more });
}

function message({ id, responseTo }: { id: number; responseTo: number }, body: Document): Buffer {
  const bytes = serialize(body);
  const header = Buffer.alloc(HEADER_BYTES + 1);
  header.writeInt32LE(header.length + bytes.length, 0);
  header.writeInt32LE(id, 4);
  header.writeInt32LE(responseTo, 8);
  header.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([header, bytes]);
}
