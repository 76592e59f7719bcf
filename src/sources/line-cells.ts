/** Between the cells of a line of the Annuaire Santé. */
export const CELL_SEPARATOR = '|';

/**
 * The cells of one line after another, found by their separators and cut out of its text only when they are read: of the 56
 * columns of the RPPS half stand empty or are not read. Splitting each line took a fifth of the reading of that file.
 */
export class LineCells {
  #text = '';
  #count = 0;
  /** Where the first cells start; each ends one character before the next one starts. */
  readonly #starts: Int32Array;

  /** @param countMax cells that can be read, beside one more behind them */
  constructor(countMax: number) {
    this.#starts = new Int32Array(countMax + 2);
  }

  /** How many there are, be they too many to be read. */
  get count(): number {
    return this.#count;
  }

  /** Goes on to another line. */
  take(text: string): void {
    const starts = this.#starts;
    let count = 1;
    starts[0] = 0;
    for (let at = text.indexOf(CELL_SEPARATOR); at !== -1; at = text.indexOf(CELL_SEPARATOR, at + 1)) {
      // Nothing is written behind the end of a typed array.
      starts[count] = at + 1;
      count += 1;
    }
    starts[count] = text.length + 1;
    this.#text = text;
    this.#count = count;
  }

  /** A cell without its padding; null when nothing is left. */
  read(index: number): string | null {
    const start = this.#starts[index]!;
    const end = this.#starts[index + 1]! - 1;
    if (start === end) return null;
    const value = this.#text.slice(start, end).trim();
    return value === '' ? null : value;
  }

  /** The text from one cell to another, both included, as published. */
  textBetween(first: number, last: number): string {
    return this.#text.slice(this.#starts[first], this.#starts[last + 1]! - 1);
  }

  /** All of them, as published. */
  listAll(): string[] {
    return this.#text.split(CELL_SEPARATOR);
  }
}
