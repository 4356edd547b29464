import { createMemoryRecords } from '../../../src/storage/records/memory.ts';
import { recordsContract } from './contract.ts';

recordsContract('memory', async () => createMemoryRecords());
