import { z } from 'zod';
import { type AccountId, isAccount } from '../../../ledger/accounts.ts';
import { type HomeLocation, parsed, readMetadata, writeMetadata } from '../home-metadata.ts';

/**
 * What a form carries in its private metadata and gets back when it is sent. Hints, all of it: the ledger decides again,
 * whatever is sent. Unreadable metadata is null, and then the form says so.
 */
export type FormMetadata<Carried> = {
  write(carried: Carried): string;
  read(metadata: string | undefined): Carried | null;
};

export const accountOnWire = z.custom<AccountId>((value) => isAccount(value) && value.length <= 300);
const locationOnWire = z.string().transform((text) => readMetadata(text).pages);

/** Metadata of a shape, beside where in Home the form was opened. */
export function formMetadata<Shape extends z.ZodRawShape>(shape: Shape) {
  const onWire = z.object({ ...shape, pages: locationOnWire });
  return {
    write: ({ pages, ...rest }: z.input<z.ZodObject<Shape>> & { pages: HomeLocation }): string =>
      JSON.stringify({ ...rest, pages: writeMetadata(pages) }),
    read: (metadata: string | undefined) => onWire.safeParse(parsed(metadata)).data ?? null,
  };
}

/** The metadata of a form that is about one account, written as Home's buttons are. */
export function readAccountMetadata(metadata: string): { pages: HomeLocation; account: AccountId } | null {
  const read = readPlace(metadata);
  const account = read?.words[0];
  return read && isAccount(account) ? { pages: read.pages, account } : null;
}

/** As Home's buttons carry it; null where it is not that. */
export const readPlace = (metadata: string): ReturnType<typeof readMetadata> | null =>
  homeMetadata.safeParse(parsed(metadata)).success ? readMetadata(metadata) : null;

const homeMetadata = z.tuple([z.int().min(0), z.int().min(0)], z.string());
