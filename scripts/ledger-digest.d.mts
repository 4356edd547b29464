export function ledgerDigest(root?: string): string;
