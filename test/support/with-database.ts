/** The address with another database; one that is not a test's is never used. */
export function withDatabase(uri: string, database: string): string {
  if (!database.endsWith('-test')) throw new Error(`${database} is no database of a test`);
  const [address = '', options] = uri.split('?');
  const hosts = address.split('/').slice(0, 3).join('/');
  return `${hosts}/${database}${options ? `?${options}` : ''}`;
}
