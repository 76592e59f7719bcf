/** The languages of ISO 639-1 by code, with their French names. */
export const LANGUAGES: ReadonlyMap<string, string> = listLanguages();

function listLanguages(): Map<string, string> {
  const names = new Intl.DisplayNames(['fr'], { type: 'language', fallback: 'none' });
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  return new Map(codes.flatMap((code) => asNamed(code, names.of(code))));
}

/** Codes that were withdrawn are given under their new one, and so appear once. */
function asNamed(code: string, name: string | undefined): [string, string][] {
  return name === undefined || new Intl.Locale(code).language !== code ? [] : [[code, name]];
}
