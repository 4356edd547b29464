// The page is plain JavaScript; these are the shapes its pure modules promise to the tests.

declare module '*/page/text/mrkdwn.js' {
  export type Node = { type: string; children?: Node[] } & Record<string, unknown>;
  export function parseMrkdwn(text: string, options?: { verbatim?: boolean }): Node[];
  export function parsePlain(text: string): Node[];
  export function decode(text: string): string;
  export function safeUrl(address: string): string | null;
}

declare module '*/page/text/message-link.js' {
  export function linkOf(
    message: { ts: string; threadTs: string | null },
    at: { domain: string; channelId: string },
  ): string;
}

declare module '*/page/text/markdown.js' {
  export function parseMarkdown(text: string): ({ type: string } & Record<string, unknown>)[];
}

declare module '*/page/text/dates.js' {
  export function formatDate(at: number, format: string, now?: number): string;
  export function dayName(at: number, now?: number): string;
  export function timeOf(ts: string): number;
}

declare module '*/page/text/emoji.js' {
  export const EMOJI: Record<string, string>;
  export function withNames(text: string): string;
  export function emojiNodes(text: string): ({ type: string } & Record<string, unknown>)[];
}

declare module '*/page/text/emoji-art.js' {
  export const EMOJI_ART: Record<string, [string, string, number?][]>;
}

declare module '*/page/blocks/values.js' {
  type Json = Record<string, unknown>;
  export type Form = Map<string, Json>;
  export function collectValues(blocks: Json[], form: Form): Record<string, Record<string, Json>>;
  export function stateOf(element: Json, value: unknown): Json;
  export function initialState(element: Json): Json;
  export function formKey(blockId: string, actionId: string): string;
  export function pruneForm(blocks: Json[], form: Form): Form;
  export function startInChannel(blocks: Json[], form: Form, channelId: string): Form;
  export function actionOf(parts: { blockId: string; element: Json; state?: Json | null; extra?: Json }): Json;
}

declare module '*/page/blocks/chart-scale.js' {
  export function ticksFor(values: number[]): number[];
  export function placeOf(ticks: number[], edges: { top: number; bottom: number }): (value: number) => number;
  export function figure(value: number): string;
  export function tickFigure(value: number): string;
  export function widthOf(text: string): number;
  export function fitted(text: string, widthPx: number): string;
  export function labelsFor(categories: string[], slotPx: number): { index: number; text: string }[];
  export function slicesOf(segments: { value: number }[]): { from: number; to: number; share: number }[];
}

declare module '*/page/blocks/validate.js' {
  export function validate(blocks: Record<string, unknown>[], form: Map<string, unknown>): Record<string, string>;
}

declare module '*/page/pages.js' {
  type Message = { ts: string; userId: string; ephemeral: boolean; note?: boolean };
  type Page = { channelId: string; messages: Message[]; hasOlder: boolean };
  export type Row = { kind: string; key: string; compact?: boolean; message?: Message; count?: number };
  export function mergePage(before: Page | undefined, page: Page): Page;
  export function rowsOf(messages: Message[], options?: { newFromTs?: string | null; inThread?: boolean }): Row[];
  export function withNotes(
    messages: Message[],
    notes: { ts: string; text: string }[],
    common: { channelId: string; userId: string },
  ): Message[];
}

declare module '*/page/place.js' {
  type Place = { as: string; channelId: string; tab: string; threadTs: string | null };
  export function readPlace(address: { search: string; hash: string }): Place;
  export function placeToAddress(place: Place): string;
}
