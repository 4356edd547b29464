// The digest of the code that folds lines into a state, and of the package whose maps it is made of.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The rules, and how a state is put into a text. Of the ledger everything: what `apply` may come to use is in it, too. */
const FOLDERS = ['src/ledger', 'src/storage/snapshots'];

/** Changes with every letter of that code: a snapshot too many is thrown away rather than one too few. */
export function ledgerDigest(root = '.') {
  const digest = createHash('sha256');
  for (const folder of FOLDERS) {
    const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
    for (const name of names.filter((each) => each.endsWith('.ts')).sort()) {
      digest.update(`${folder}/${name.replaceAll('\\', '/')}\0${readFileSync(join(root, folder, name), 'utf8')}\0`);
    }
  }
  digest.update(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies.immutable);
  return digest.digest('base64url');
}
