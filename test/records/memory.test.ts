import { createMemoryRecords } from '../../src/records/memory.ts';
import { recordsContract } from './contract.ts';

recordsContract('memory', async () => createMemoryRecords());
