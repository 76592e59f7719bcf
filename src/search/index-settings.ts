import { hashText } from '#domain/content-hash.ts';
import type { CorrespondentDocument } from './correspondent-document.ts';
import { DOCUMENT_SHAPE, VIEW_ATTRIBUTES } from './correspondent-document.ts';
import { toEngineSynonyms } from './organization-words.ts';
import { RESULTS_MAX } from './question-filters.ts';

type Attribute = keyof CorrespondentDocument;

/**
 * What is matched with the words typed; the order is the rank: a family name before a given name, a name before what one
 * does, what one does before where. RPPS and FINESS are not here: a million numbers that nobody types in part made
 * indexing a third longer; a text that is such a number becomes a filter (`question-filters.ts`).
 */
const SEARCHABLE = [
  'family',
  'given',
  'joinedNames',
  'titles',
  'professionLabels',
  'savoirFaireLabels',
  'profileWords',
  'organizationNames',
  'communeNames',
  'postcodes',
  'mailboxes',
  'phonetic',
] as const satisfies Attribute[];

const FILTERABLE = [
  'id',
  'kind',
  'initials',
  'nameWords',
  'titleWords',
  'professionCodes',
  'savoirFaireCodes',
  'communeCodes',
  'departementCodes',
  'positions',
  'cells',
  'postcodes',
  'categoryCodes',
  'modes',
  'organizationIds',
  'finess',
  'rpps',
  'mailboxes',
  'hasMailbox',
  'channels',
  'openedOn',
  'ways',
  'acts',
  'visitCommunes',
  'awayOn',
] as const satisfies Attribute[];

/** Values of `positions` that are counted at once. */
export const POINTS_MAX = 5000;

/** @see https://www.meilisearch.com/docs/reference/api/settings */
export const INDEX_SETTINGS = {
  searchableAttributes: SEARCHABLE,
  /** With 1.21 the engine reads of each result all that may be shown, and only then takes what was asked for. */
  displayedAttributes: VIEW_ATTRIBUTES,
  /** Codes are compared for equality only, so that no tree is kept for them; facet values are not searched. */
  filterableAttributes: [
    {
      attributePatterns: FILTERABLE,
      features: { facetSearch: false, filter: { equality: true, comparison: false } },
    },
    {
      attributePatterns: ['familyKeys'] satisfies Attribute[],
      features: { facetSearch: false, filter: { equality: false, comparison: true } },
    },
  ],
  /** Without words everybody is equal, and how many names one has tells nothing. */
  sortableAttributes: ['lot' satisfies Attribute],
  /**
   * No `proximity`: with 1.21 it puts some documents into two of its buckets, so that walking the pages of "jean med"
   * gave 1,495 results of which 1,487 distinct; without it 0 of 360 walks did. `order` decides between equals.
   */
  rankingRules: ['sort', 'words', 'typo', 'attribute', 'exactness', 'order:asc'],
  /** Pairs of neighbouring words are then not stored; only `proximity` by word would need them. */
  proximityPrecision: 'byAttribute',
  facetSearch: false,
  /**
   * Counting by value in the order of the values costs 0.003 ms a document up to three thousand of them, in the order of the counts
   * 100 ms where there are some hundred thousand values. `positions` needs all of its own.
   */
  faceting: { maxValuesPerFacet: POINTS_MAX, sortFacetValuesBy: { '*': 'count', positions: 'alpha' } },
  /** Each letter typed finds at once. */
  prefixSearch: 'indexingTime',
  synonyms: toEngineSynonyms(),
  /** Le, De, Du, La are surnames. */
  stopWords: [],
  /** The language is known: guessing it for each short text costs time and is often wrong. */
  localizedAttributes: [{ attributePatterns: ['*'], locales: ['fra'] }],
  typoTolerance: {
    enabled: true,
    minWordSizeForTypos: { oneTypo: 4, twoTypos: 8 },
    /** Another number is another thing. */
    disableOnNumbers: true,
    /** Of an address one looks for what one knows of it. */
    disableOnAttributes: ['postcodes', 'mailboxes', 'phonetic'] satisfies Attribute[],
  },
  /** One more than can be reached, so that "more than" is known. The last page costs 17 ms at two million documents. */
  pagination: { maxTotalHits: RESULTS_MAX + 1 },
} as const;

/** Changes with the settings and the documents' shape: an index of another version is rebuilt. */
export const DOCUMENT_VERSION = hashText(JSON.stringify([INDEX_SETTINGS, DOCUMENT_SHAPE]));
