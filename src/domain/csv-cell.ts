/**
 * A cell of a French CSV file (`;`), quoted where it must be. What a spreadsheet would run as a formula gets an apostrophe before it,
 * which makes it text there.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function toCsvCell(value: string): string {
  const safe = /^'*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[;"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Lines of a file that French spreadsheets open as it is: UTF-8 with its mark, `;`, CRLF. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(toCsvCell).join(';')}\r\n`).join('')}`;
}
