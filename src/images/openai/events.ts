import { type Piece, piecesIn } from './find-pictures.ts';

/** One document of an answer, and the pictures in it. */
export type Part = { value: unknown; pieces: Piece[] };

/** The events of a stream, as they arrive. */
export class Events {
  readonly parts: Part[] = [];
  /** The picture is there, by what the event says of itself. */
  isFinished = false;
  private is: 'open' | 'stream' | 'no_stream' = 'open';
  private readonly decoder = new TextDecoder();
  /** Of a line that has not ended: joined once, when it does. */
  private waiting: string[] = [];
  private name = '';
  private data: string[] = [];

  get isStream(): boolean {
    return this.is === 'stream';
  }

  push(chunk: Uint8Array): void {
    if (this.is === 'no_stream') return;
    const text = this.decoder.decode(chunk, { stream: true });
    this.waiting.push(text);
    if (this.is === 'open' && !this.decide()) return;
    if (!/[\r\n]/.test(text)) return;
    const lines = this.waiting.join('').split(/\r\n|\n|\r(?!$)/);
    this.waiting = [lines.pop() ?? ''];
    for (const line of lines) this.take(line);
  }

  /** The last event need not be ended, unless the stream broke off in it. Returns what of it could not be read. */
  end({ isCut }: { isCut: boolean }): string {
    const tail = this.waiting.join('');
    const left = [this.name, ...this.data, tail].join('\n');
    if (isCut) return left;
    this.take(tail);
    this.take('');
    return '';
  }

  /** A field of an event, or a comment, comes first. */
  private decide(): boolean {
    const head = this.waiting.join('').replace(/^\s+/, '');
    if (head.length < 6) return false;
    this.is = /^(?:data|event|id|retry)?:/.test(head) ? 'stream' : 'no_stream';
    return this.isStream;
  }

  private take(line: string): void {
    if (line === '') this.close();
    const [field, rest] = [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)];
    const value = rest.startsWith(' ') ? rest.slice(1) : rest;
    if (field === 'event') this.name = value;
    if (field === 'data') this.data.push(value);
  }

  private close(): void {
    const [text, eventName] = [this.data.join('\n'), this.name];
    this.data = [];
    this.name = '';
    if (text === '' || text === '[DONE]') return;
    const value = parsed(text) ?? bare(text);
    const pieces = piecesIn(value, eventName);
    this.parts.push({ value, pieces });
    this.isFinished ||= pieces.some(({ standing }) => standing === 'finished');
  }
}

/** Null where it is no JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Base64 that nothing stands around; an event whose field is called `data` swallows the name of a data URL. */
const bare = (text: string) => ({ b64_json: /^image\/[\w.+-]+;base64,/.test(text) ? `data:${text}` : text });
