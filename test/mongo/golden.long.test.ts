import { describe } from 'vitest';
import { openDatabase } from '../../src/start/open-stores.ts';
import { putDocuments } from '../golden/documents.ts';
import { readGolden, versions } from '../golden/golden.ts';
import { goldenSuite } from '../golden/suite.ts';
import { describeOnMongo, testDatabase } from '../support/mongo.ts';

describeOnMongo('documents of earlier versions', () => {
  describe.each(versions())('stored on %s', (version) => {
    const { uri } = testDatabase(`golden-${version}`);
    goldenSuite(version, async () => {
      await putDocuments(readGolden(version).documents, uri);
      return await openDatabase(uri, { copyBudgets: true, waitMs: 20_000 });
    });
  });
});
