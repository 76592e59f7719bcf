import { foldText } from '../fold.ts';
import { findDepartement } from '../geography.ts';
import { findPlaces } from './find-places.ts';
import { listEntriesOfKey, namesEpciType } from './place-index.ts';
import { toDepartementMatch, type PlaceMatch } from './place-match.ts';
import { parseArrondissement, toPlaceKey } from './place-name.ts';

/** Some neighbouring words of a text that are the name or the number of a place, in full. */
export interface PlaceSpan {
  /** First word, and the one after the last. */
  start: number;
  end: number;
  place: PlaceMatch;
}

const SPAN_WORDS_MAX = 8;

/**
 * The places that a text names, the longest first, then the most populous; spans may overlap. Words as `foldText` gives
 * them. Only whole names count ("le puy" is Le Puy-en-Velay, as in `findPlaces`; "pari" is nothing), of at least three
 * letters; numbers of five characters (postcode, INSEE code, CEDEX), before other words; `43`, `1` or `2a` for a département.
 */
export function findPlaceSpans(words: readonly string[]): PlaceSpan[] {
  const spans: PlaceSpan[] = [];
  for (let start = 0; start < words.length; start += 1) {
    const longest = Math.min(words.length, start + SPAN_WORDS_MAX);
    for (let end = longest; end > start; end -= 1) {
      const place = findWholePlace(withArticle(words.slice(start, end)));
      if (place !== undefined) spans.push({ start, end, place });
    }
  }
  // A number of five digits can hardly be anything else.
  const isNumber = ({ start }: PlaceSpan) => /^\d{5}$/.test(words[start]!);
  return spans.toSorted(
    (a, b) =>
      b.end - b.start - (a.end - a.start) ||
      Number(isNumber(b)) - Number(isNumber(a)) ||
      b.place.population - a.place.population ||
      a.start - b.start,
  );
}

/** "au puy en velay" is Le Puy-en-Velay, "aux herbiers" Les Herbiers. */
function withArticle(words: readonly string[]): readonly string[] {
  const article = { au: 'le', aux: 'les' }[words[0]!];
  return article !== undefined && words.length > 1 ? [article, ...words.slice(1)] : words;
}

const ARTICLES: ReadonlySet<string> = new Set(['le', 'la', 'les', 'l', 'saint', 'sainte', 'st', 'ste']);

function findWholePlace(words: readonly string[]): PlaceMatch | undefined {
  const text = words.join(' ');
  if (words.length === 1 && /^\d/.test(text)) return findNumberedPlace(text);
  if (/^\d{2} \d{3}$/.test(text)) return findNumberedPlace(text.replace(' ', ''));
  if (text.length < 3 || words.every((word) => ARTICLES.has(word))) return undefined;
  const isNamed =
    listEntriesOfKey(toPlaceKey(text)).length > 0 ||
    (words.length > 1 && parseArrondissement(text) !== undefined);
  if (isNamed || isShortForm(words)) return findPlaces(text, 1)[0];
  const epci = words.length > 1 && namesEpciType(toPlaceKey(text)) ? findPlaces(text, 1)[0] : undefined;
  return epci?.kind === 'epci' ? epci : undefined;
}

/** Two words or more that begin the name of a town of some size: "le puy", "bourg en bresse", "clermont fd". */
function isShortForm(words: readonly string[]): boolean {
  if (words.length < 2) return false;
  const [first] = findPlaces(words.join(' '), 1);
  if (first?.kind !== 'commune' || first.population < 10_000) return false;
  const name = toPlaceKey(foldText(first.label)).split(' ');
  const key = toPlaceKey(words.join(' ')).split(' ');
  return key.every((word, index) => name[index] === word);
}

function findNumberedPlace(text: string): PlaceMatch | undefined {
  const code = text.toUpperCase();
  if (/^(?:\d{5}|2[AB]\d{3})$/.test(code)) return findPlaces(code, 1)[0];
  return /^(?:\d{1,3}|2[AB])$/.test(code) && findDepartement(code.padStart(2, '0'))
    ? toDepartementMatch(code.padStart(2, '0'), false)
    : undefined;
}
