import { foldText } from '#domain/fold.ts';

import { VIEW_ATTRIBUTES, fromDocument } from './correspondent-document.ts';
import type { SearchEngine } from './engine.ts';
import { formsOf } from './organization-words.ts';
import { toQueryText } from './query-text.ts';

export interface FoundOrganization {
  id: string;
  name: string;
}

const HITS_READ = 50;

/**
 * The structures that a text names ("ch annecy", "gabriel montpied", "hcl"), found through those who practise there: every
 * word of the text, or what it stands for, is in the structure's name or in its commune's. Those with most people first;
 * empty when there is none.
 * @throws AppError `search-unavailable`; EngineRefusal
 */
export async function findOrganizations(
  engine: SearchEngine,
  text: string,
  signal?: AbortSignal,
): Promise<FoundOrganization[]> {
  const q = toQueryText(text);
  if (q === '') return [];
  const { hits } = await engine.search(
    engine.indexName,
    {
      q,
      attributesToSearchOn: ['organizationNames', 'communeNames'],
      offset: 0,
      limit: HITS_READ,
      matchingStrategy: 'all',
      distinct: 'organizationIds',
      attributesToRetrieve: VIEW_ATTRIBUTES,
    },
    signal,
  );
  const wanted = foldText(text)
    .split(' ')
    .filter((word) => word.length > 2 || (word.length === 2 && formsOf(word).length > 1));
  const counts = new Map<string, { organization: FoundOrganization; count: number }>();
  for (const place of hits.flatMap((hit) => fromDocument(hit).places)) {
    const { organization, commune } = place;
    if (!organization?.name) continue;
    const name = ` ${foldText(`${organization.name} ${commune?.name ?? ''}`)} `;
    if (!wanted.every((word) => formsOf(word).some((form) => name.includes(` ${form}`)))) continue;
    const known = counts.get(organization.id);
    if (known) known.count += 1;
    else
      counts.set(organization.id, {
        organization: { id: organization.id, name: organization.name },
        count: 1,
      });
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count).map((it) => it.organization);
}
