const LETTERS_WITHOUT_DECOMPOSITION: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

const NOT_LETTER_OR_DIGIT = /[^\p{L}\p{N}]+/gu;
const NOT_ASCII_WORD = /[^a-z0-9]+/g;

/** How much work a text needs: none, lower case only, ASCII separators, all. */
const FOLDED = 0;
const ASCII_WORDS = 1;
const ASCII = 2;
const OTHER = 3;

/** Folded form of single characters, filled on demand; bounded by the letters below U+0250 and the usual punctuation. */
const foldedChars = new Map<string, string>();

/**
 * The form in which two spellings of one thing are equal: lower case; accents, cedillas and other combining marks dropped,
 * composed or not; ligatures and compatibility forms written out (œ → oe, ß → ss, 3ᵉ → 3e, full width → plain); every
 * run of anything but letters and digits (apostrophes, hyphens, dots, slashes, blanks) becomes one space; trimmed.
 * Letters of other scripts are kept. `foldText(foldText(x)) === foldText(x)`.
 * @returns words separated by single spaces; empty when the text holds no letter and no digit
 */
export function foldText(text: string): string {
  const shape = shapeOf(text);
  if (shape === FOLDED) return text;
  const lower = text.toLowerCase();
  if (shape === ASCII_WORDS) return lower;
  if (shape === ASCII) return lower.replace(NOT_ASCII_WORD, ' ').trim();
  const plain = foldLetters(lower);
  const plainShape = shapeOf(plain);
  if (plainShape === FOLDED) return plain;
  return plain.replace(plainShape === OTHER ? NOT_LETTER_OR_DIGIT : NOT_ASCII_WORD, ' ').trim();
}

/** {@link foldText} without its spaces, for names whose word boundaries vary: "L'Haÿ", "LHAY", "L HAY" → "lhay". */
export function foldCompact(text: string): string {
  return foldText(text).replaceAll(' ', '');
}

function foldLetters(lower: string): string {
  let folded = '';
  let from = 0;
  for (let index = 0; index < lower.length; index += 1) {
    if (lower.charCodeAt(index) < 128) continue;
    const char = String.fromCodePoint(lower.codePointAt(index)!);
    folded += lower.slice(from, index) + foldChar(char);
    index += char.length - 1;
    from = index + 1;
  }
  return folded + lower.slice(from);
}

function foldChar(char: string): string {
  const known = foldedChars.get(char);
  if (known !== undefined) return known;
  const folded =
    LETTERS_WITHOUT_DECOMPOSITION[char] ??
    char
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase();
  if (char < '\u0250' || foldedChars.size < 1000) foldedChars.set(char, folded);
  return folded;
}

/** One pass: folding is done millions of times a run, and most texts are plain upper case or folded already. */
function shapeOf(text: string): number {
  let shape: number = FOLDED;
  let wasSpace = true;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 127) return OTHER;
    const isSpace = code === 32;
    if (isSpace ? wasSpace : !isLowerOrDigit(code))
      shape = isUpper(code) && shape !== ASCII ? ASCII_WORDS : ASCII;
    wasSpace = isSpace;
  }
  return wasSpace && text !== '' ? ASCII : shape;
}

function isLowerOrDigit(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

function isUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}
