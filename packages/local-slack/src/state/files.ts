import type { FileRecord } from '../workspace.ts';
import type { Database } from './database.ts';
import { type Documents, documents } from './documents.ts';

export type Files = Documents<FileRecord> & {
  bytes(fileId: string): Uint8Array | null;
  keepBytes(fileId: string, bytes: Uint8Array): void;
  dropBytes(fileId: string): void;
};

export function filesIn(database: Database): Files {
  const bytes = database.prepare('SELECT bytes FROM file_bytes WHERE id = ?');
  const keep = database.prepare(
    'INSERT INTO file_bytes (id, bytes) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET bytes = excluded.bytes',
  );
  const drop = database.prepare('DELETE FROM file_bytes WHERE id = ?');
  return {
    ...documents<FileRecord>(database, 'files'),
    bytes: (fileId) => (bytes.get(fileId) as { bytes: Uint8Array } | undefined)?.bytes ?? null,
    keepBytes: (fileId, content) => void keep.run(fileId, content),
    dropBytes: (fileId) => void drop.run(fileId),
  };
}
