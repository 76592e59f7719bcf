import { describe } from 'vitest';
import { testIndexing } from './indexing-guarantees.ts';
import { openMemoryLog } from './memory-correspondent-log.ts';

describe('over a log in memory', () => testIndexing(openMemoryLog));
