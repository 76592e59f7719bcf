import type { OfficialFiles } from '#demo/official-files.ts';

import { readCorpusFacts } from './corpus-facts.ts';
import { listEstablishmentQueries } from './establishment-queries.ts';
import { indexFacts } from './fact-index.ts';
import { listHandWrittenQueries } from './hand-written-queries.ts';
import { listHomonymQueries } from './homonym-queries.ts';
import { listIdentifierQueries } from './identifier-queries.ts';
import type { JudgedQuery } from './judged-query.ts';
import { listMisspeltQueries } from './misspelt-queries.ts';
import { listNameQueries } from './name-queries.ts';
import { listPlaceQueries } from './place-queries.ts';
import { listProfessionQueries } from './profession-queries.ts';
import { listServiceQueries } from './service-queries.ts';
import { listTypingQueries } from './typing-queries.ts';
import { listWordNameQueries } from './word-name-queries.ts';

/** All judged queries of a corpus, the same for the same files. */
export function listJudgedQueries(paths: OfficialFiles['paths']): JudgedQuery[] {
  const facts = indexFacts(readCorpusFacts(paths));
  return [
    ...listNameQueries(facts),
    ...listMisspeltQueries(facts),
    ...listTypingQueries(facts),
    ...listHomonymQueries(facts),
    ...listWordNameQueries(facts),
    ...listProfessionQueries(facts),
    ...listServiceQueries(facts),
    ...listPlaceQueries(facts),
    ...listEstablishmentQueries(facts),
    ...listIdentifierQueries(facts),
    ...listHandWrittenQueries(facts),
  ];
}
