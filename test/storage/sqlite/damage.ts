import { closeSync, openSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';

export const PAGE = 4_096;

/** Bytes of a file that a failing disk, or a stray program, wrote over. */
export function overwrite(
  file: string,
  { from, bytes, by = 0xab }: { from: number; bytes: number; by?: number },
): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.alloc(bytes, by), 0, bytes, from);
  closeSync(descriptor);
}

/** What can happen to a database file, each to the bytes themselves. */
export const DAMAGES: Readonly<Record<string, (file: string) => void>> = {
  '4,000 bytes in the middle': (file) => overwrite(file, { from: PAGE * 20, bytes: 4_000 }),
  'many pages of tables and indexes': (file) => overwrite(file, { from: PAGE * 2, bytes: PAGE * 30 }),
  'pages of zeros': (file) => overwrite(file, { from: PAGE * 2, bytes: statSync(file).size - PAGE * 2, by: 0 }),
  'the header': (file) => overwrite(file, { from: 0, bytes: 100 }),
  'the page that names the tables': (file) => overwrite(file, { from: 100, bytes: PAGE - 100 }),
  'a file cut in half': (file) => truncateSync(file, Math.floor(statSync(file).size / 2)),
  'a file cut within a page': (file) => truncateSync(file, Math.floor(statSync(file).size / 2) + 1_000),
  'a text in its place': (file) => writeFileSync(file, 'Dear diary, '.repeat(20_000)),
};
