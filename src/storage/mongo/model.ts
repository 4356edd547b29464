import type { mongo as driver, Model, Schema, SchemaDefinition, SchemaOptions } from 'mongoose';
import type { Mongo } from './open.ts';

export type { driver, Model };

export const NEEDED_TEXT = { type: String, required: true } as const;
export const NEEDED_WHOLE = { type: Number, required: true, validate: Number.isSafeInteger } as const;

export type Index = { keys: Record<string, 1 | -1>; unique?: boolean; sparse?: boolean };

/**
 * A collection with its fields and indexes. One model a connection, because mongoose keeps them by name. Documents carry
 * no version of mongoose's: no process changes a document that another has read.
 */
export function modelOf<Document>(
  { connection, mongoose }: Mongo,
  collection: string,
  fields: SchemaDefinition,
  { indexes = [], ...options }: SchemaOptions & { indexes?: readonly Index[] } = {},
): Model<Document> {
  const existing = connection.models[collection];
  if (existing) return existing as unknown as Model<Document>;
  const schema: Schema = new mongoose.Schema(fields, { collection, versionKey: false, id: false, ...options });
  for (const { keys, ...how } of indexes) schema.index(keys, how);
  return connection.model(collection, schema) as unknown as Model<Document>;
}
