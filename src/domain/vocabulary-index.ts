import { listTypedForms, toStem } from './vocabulary-forms.ts';
import { MEANING_KINDS } from './vocabulary-meaning.ts';
import type { WayOfPractising } from './practising.ts';
import type { VocabularyMeaning } from './vocabulary-meaning.ts';
import data from './vocabulary.json' with { type: 'json' };

export interface VocabularyTerm {
  /** Folded; of the forms of one word only one is a term. */
  term: string;
  /** At least one. */
  meanings: readonly VocabularyMeaning[];
  isAmbiguous: boolean;
  /** What begins so is rather a name: it counts as a whole only. */
  isWhole: boolean;
  /** The lower, the likelier to be what a prefix will become. */
  rank: number;
}

/** What the words read so far lead to. */
export interface TermNode {
  entry: VocabularyTerm | undefined;
  /** By stem. */
  children: ReadonlyMap<string, TermNode>;
  /** By word as typed, in order; feminine forms too. Made at the first question. */
  forms: { form: string; node: TermNode }[] | undefined;
}

const LINKING_WORDS = new Set([
  'a',
  'au',
  'aux',
  'd',
  'de',
  'des',
  'du',
  'en',
  'et',
  'l',
  'la',
  'le',
  'les',
  'pour',
]);

let root: TermNode | undefined;
let meanings: readonly VocabularyMeaning[] | undefined;

/** In order of rank. */
export function listMeanings(): readonly VocabularyMeaning[] {
  meanings ??= data.meanings.map(toMeaning);
  return meanings;
}

/** Where every term begins. Built at the first call (some 10 ms). */
export function termRoot(): TermNode {
  root ??= buildTree();
  return root;
}

/** Of the node and all below it, in no order. */
export function listEntries(node: TermNode): VocabularyTerm[] {
  const below = [...node.children.values()].flatMap(listEntries);
  return node.entry ? [node.entry, ...below] : below;
}

/** The nodes that one more word, of which this is the beginning, leads to; each once. */
export function listNodesByPrefix(node: TermNode, prefix: string): TermNode[] {
  const forms = formsOf(node);
  const found = new Set<TermNode>();
  const whole = node.children.get(toStem(prefix));
  if (whole) found.add(whole);
  for (let at = lowerBound(forms, prefix); at < forms.length && forms[at]!.form.startsWith(prefix); at += 1)
    found.add(forms[at]!.node);
  return [...found];
}

function buildTree(): TermNode {
  const tree = newNode();
  const short: [stems: string[], entry: VocabularyTerm][] = [];
  const all = listMeanings();
  const stems = new Map<string, string>();
  const stemOf = (word: string): string => stems.get(word) ?? stems.set(word, toStem(word)).get(word)!;
  for (const [positions, kind, texts] of data.terms as [number[], number, string][]) {
    const entry = {
      meanings: positions.map((position) => all[position]!),
      isAmbiguous: kind === 1,
      isWhole: kind === 2,
      rank: Math.min(...positions),
    };
    for (const term of texts.split('|')) {
      const words = term.split(' ');
      const named = { term, ...entry };
      insert(tree, words.map(stemOf), named);
      const bare = words.filter((word) => !LINKING_WORDS.has(word));
      if (bare.length > 1 && bare.length < words.length) short.push([bare.map(stemOf), named]);
    }
  }
  for (const [stems, entry] of short) insert(tree, stems, entry);
  return tree;
}

/** Does nothing where there is a term already. */
function insert(tree: TermNode, stems: readonly string[], entry: VocabularyTerm): void {
  let node = tree;
  for (const stem of stems) node = node.children.get(stem) ?? addChild(node, stem);
  node.entry ??= entry;
}

/** Shared by the leaves, which are most of the nodes. */
const NO_CHILDREN: ReadonlyMap<string, TermNode> = new Map();

function newNode(): TermNode {
  return { entry: undefined, children: NO_CHILDREN, forms: undefined };
}

function addChild(node: TermNode, stem: string): TermNode {
  const child = newNode();
  if (node.children === NO_CHILDREN) node.children = new Map([[stem, child]]);
  else (node.children as Map<string, TermNode>).set(stem, child);
  return child;
}

function formsOf(node: TermNode): NonNullable<TermNode['forms']> {
  node.forms ??= [...node.children]
    .flatMap(([stem, child]) => listTypedForms(stem).map((form) => ({ form, node: child })))
    .sort((a, b) => (a.form < b.form ? -1 : 1));
  return node.forms;
}

function lowerBound(forms: readonly { form: string }[], prefix: string): number {
  let low = 0;
  let high = forms.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (forms[middle]!.form < prefix) low = middle + 1;
    else high = middle;
  }
  return low;
}

function toMeaning(row: (string | number)[]): VocabularyMeaning {
  const text = (column: number): string => String(row[column] ?? '');
  const list = (column: number, separator = ' '): string[] =>
    text(column) === '' ? [] : text(column).split(separator);
  return {
    kind: MEANING_KINDS[row[0] as number]!,
    label: text(1),
    words: list(2, '|'),
    professionCodes: list(3),
    savoirFaireCodes: list(4),
    categoryCodes: list(5),
    modeExercice: text(6) || null,
    wayOfPractising: (text(7) || null) as WayOfPractising | null,
    hasMailbox: text(8) !== '',
  };
}
