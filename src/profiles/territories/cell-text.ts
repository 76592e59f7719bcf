import { ERASING_WORD } from './spreadsheet-columns.ts';

/**
 * Several things in one cell, parted by `|`. A `|`, `;` or line break within one of them is written `\|`, `\;`, `\n`, and a
 * backslash `\\`, so that whatever a page says comes back as it was.
 */
export function joinItems(items: readonly string[]): string {
  return protectErasing(items.map(escapeItem).join(' | '));
}

export function escapeItem(text: string): string {
  return text.replace(/[\\|;\n]/g, (char) => (char === '\n' ? '\\n' : `\\${char}`));
}

/** The parts of a text between separators that no backslash precedes, trimmed, as they are written; empty ones too. */
export function splitWritten(text: string, separators: string): string[] {
  const parts = [''];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]!;
    if (char === '\\') {
      parts[parts.length - 1] += char + (text[at + 1] ?? '');
      at += 1;
    } else if (separators.includes(char)) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts.map((it) => it.trim());
}

export function unescapeItem(written: string): string {
  return written.replace(/\\(.)/gsu, (_, char: string) => (char === 'n' ? '\n' : char));
}

/** The things in a cell, empty ones left out. @param separators `|` and line breaks always are */
export function splitItems(cell: string, separators = ''): string[] {
  return splitWritten(cell, `|\n${separators}`)
    .map(unescapeItem)
    .filter((it) => it !== '');
}

/** One text in one cell; it may have lines. */
export function writeText(text: string): string {
  return text.startsWith('\\') ? `\\${text}` : protectErasing(text);
}

export function readText(cell: string): string {
  return cell.startsWith('\\') ? cell.slice(1) : cell;
}

/** Whether a cell says that the page shall say nothing any more. */
export function isErasing(cell: string): boolean {
  return cell.toLowerCase() === ERASING_WORD;
}

function protectErasing(text: string): string {
  return isErasing(text) ? `\\${text}` : text;
}
