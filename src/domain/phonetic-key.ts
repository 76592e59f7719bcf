/**
 * A French phonetic key for surnames and given names: two words that a French speaker says alike have the same key.
 *
 * Two steps: how the word ends is written as it sounds (`é` a sounded e, `ç` a sounded s; a final `e` that is left is mute),
 * then it is read from left to right, at each letter by the first rule that fits. Letters that no sound needs stand for those
 * that the alphabet lacks: c "ch", w "ou", y "eu", x "an", q "in", h "on".
 */

type Rule = readonly [pattern: RegExp, key: string];

/** Spellings whose cedilla folding has dropped, and those that no rule of sound explains. */
const EXCEPTIONS: readonly Rule[] = [
  [/(?<=fran)c(?=ois)/, 'ç'],
  [/(?<=^(?:gon|louren))c(?=[ao])/, 'ç'],
  [/^regn(?=a)/, 'ren'],
  [/^mue(?=ll)/, 'mu'],
  [/(?<=^mi)ch(?=ae)/, 'k'],
  [/(?<=[aeiou])h(?=[lmnr])/g, ''],
  [/(?<=^[ck]at)h?e(?=rin)/, ''],
  [/(?<=^.{4,})eo$/, 'o'],
];

const IBERIAN =
  /(?<=^(?:alvar|domingu|fernand|gom|gonzal|gutierr|henriqu|hernand|jimen|gimen|lop|mend|nun|per|ramir|rodrigu|sanch|vasqu))es$/;

/** The first that fits is applied. */
const ENDINGS: readonly Rule[] = [
  [/e?aul[tdx]s?$/, 'o'],
  [/(?<=l)ercq?s?$/, 'er'],
  [IBERIAN, 'é'],
  [/ss$|tze?$|(?<=[^aeiou])z$/, 'ç'],
  [/(?<=^[^aeiou]*[aeiou]+r)[td]s?$/, 't'],
  [/(?<=i|ch|[gj])ers?$/, 'é'],
  [/e(?:[dxz]|s?th?)s?$/, 'é'],
  [/(?<=[bcdfgptv][lr]|k)es?$/, 'é'],
  [/(?<=[um])ps?$/, ''],
  [/(?:[tdsxz]|th)+$/, ''],
];

/** Of {@link ENDINGS} none fits. */
const HEARD_END = /[^cdehpqrstxz]$/;

/** After a vowel: n or m that is not heard as itself, since no vowel follows. */
const NASAL = '[nm]+(?![nmaeiouhé])';
const VOWEL = '[aeiouéh]';

/** y is i when these are read. */
const SOUNDS: Readonly<Record<string, readonly (readonly [pattern: string, key: string])[]>> = {
  a: [
    [`ai${NASAL}`, 'q'],
    [`a${NASAL}`, 'x'],
    ['aou', 'aw'],
    ['au', 'o'],
    ['ail(?:l|(?![aeioué]))', 'ai'],
    ['aie?$', 'e'],
    [`ai(?=${VOWEL})`, 'ei'],
    ['ai', 'e'],
    ['ae(?![lu])', 'e'],
  ],
  b: [
    ['b(?=v)', ''],
    ['(?<=om)b$', ''],
  ],
  c: [
    ['ch(?=[rl]|$)', 'k'],
    ['ch', 'c'],
    ['c(?:k|qu?)', 'k'],
    ['cc(?=[eié])', 'ks'],
    ['c(?=[eié])', 's'],
    ['cz', 'c'],
    ['c', 'k'],
  ],
  d: [['dj', 'j']],
  e: [
    ['e+$', ''],
    ['eau', 'o'],
    [`ei${NASAL}`, 'q'],
    ['eil(?:l|(?![aeioué]))', 'ei'],
    ['eu', 'y'],
    ['eie?$', 'e'],
    [`ei(?=${VOWEL})`, 'ei'],
    ['ei', 'e'],
    [`(?<=i)e${NASAL}`, 'q'],
    [`e${NASAL}`, 'x'],
    ['es(?=[nlm])', 'e'],
  ],
  g: [
    ['gn', 'ni'],
    ['ge(?=[ao])', 'j'],
    ['gu(?=[eié])', 'g'],
    ['g(?=[eié])', 'j'],
    ['(?<=n)g$', ''],
  ],
  h: [['h', '']],
  i: [
    [`i${NASAL}`, 'q'],
    ['ille$', 'il'],
    ['(?<=^[^aeiou]+|[vm])ill', 'il'],
    ['ill(?=[aeioué])', 'i'],
    ['(?<=[oeu]u|ue)il(?![aeioué])', 'i'],
    ['isl', 'il'],
  ],
  j: [['je(?=an)', 'j']],
  o: [
    ['^ou(?=[aei])', 'v'],
    ['oeu', 'y'],
    [`oi${NASAL}`, 'wq'],
    ['oie?$', 'wa'],
    [`oi(?=${VOWEL})`, 'wai'],
    ['oi', 'wa'],
    [`o${NASAL}`, 'h'],
    ['ou', 'w'],
  ],
  p: [
    ['ph', 'f'],
    ['p(?=t)', ''],
  ],
  q: [['qu?', 'k']],
  s: [
    ['sch|sh|sz', 'c'],
    ['sc(?=[eié])', 's'],
  ],
  t: [
    ['t(?:s?ch|x)', 'c'],
    ['(?<![sx])t(?=ion)', 's'],
  ],
  u: [[`u${NASAL}`, 'uq']],
  w: [['w', 'v']],
  x: [['x', 'ks']],
  z: [['z', 's']],
  é: [['é', 'e']],
  ç: [['ç', 's']],
};

const RULES: ReadonlyMap<string, readonly Rule[]> = new Map(
  Object.entries(SOUNDS).map(([letter, sounds]) => [
    letter,
    sounds.map(([pattern, key]) => [new RegExp(pattern, 'y'), key]),
  ]),
);

/**
 * Equal for words said alike in French: f/ph, o/au/eau, i/y, k/c/qu/ck, s/ss/c/sc/z, g/j, silent h, doubled letters, silent
 * endings, v/w, "ill" and y before a vowel, and a few Alsatian, Basque, Iberian and Maghreb spellings. The nasals (an/en, in/ain,
 * on, un) are kept apart, so are feminines that are heard (Martin, Martine); "é" cannot be told from a mute final "e", since
 * folding drops it.
 * @param word one word from `foldText`; spaces within are dropped, letters of other scripts and digits kept
 * @returns lower-case letters (all but z); never empty unless `word` is
 */
export function phoneticKey(word: string): string {
  const letters = word.replaceAll(' ', '').replaceAll('y', 'i');
  const key = toSounds(writeEnding(letters));
  return key.length > 1 ? key : toSounds(letters) || letters;
}

function writeEnding(letters: string): string {
  let text = letters;
  for (const [pattern, replacement] of EXCEPTIONS) text = text.replace(pattern, replacement);
  if (HEARD_END.test(text)) return text;
  const ending = ENDINGS.find(([pattern]) => pattern.test(text));
  return ending ? text.replace(ending[0], ending[1]) : text;
}

function toSounds(text: string): string {
  let key = '';
  for (let index = 0; index < text.length;) {
    const { sound, end } = soundAt(text, index);
    for (const symbol of sound) if (!key.endsWith(symbol)) key += symbol;
    index = end;
  }
  return key;
}

function soundAt(text: string, index: number): { sound: string; end: number } {
  const letter = text.charAt(index);
  for (const [pattern, sound] of RULES.get(letter) ?? []) {
    pattern.lastIndex = index;
    if (pattern.test(text)) return { sound, end: pattern.lastIndex };
  }
  return { sound: letter, end: index + 1 };
}
