const PREFIXES: Record<string, string> = { DR: 'Dr', PR: 'Pr' };

/**
 * A person's name as shown: "Dr Jean-Pierre MARTIN". The given names get capitals only at the start of each part, since
 * the registers write them in every case; the family name gets capitals throughout, as is usual in French lists.
 */
export function toPersonName(
  civiliteExercice: string | null,
  givenNames: string | null,
  familyName: string | null,
): string {
  const parts = [
    civiliteExercice === null ? null : (PREFIXES[civiliteExercice] ?? null),
    givenNames === null ? null : capitalizeParts(givenNames),
    familyName === null ? null : familyName.toLocaleUpperCase('fr'),
  ];
  return parts.filter((part) => part !== null).join(' ');
}

function capitalizeParts(text: string): string {
  return text
    .toLocaleLowerCase('fr')
    .replace(
      /(^|[\s'’-])(\p{L})/gu,
      (_, before: string, letter: string) => before + letter.toLocaleUpperCase('fr'),
    );
}
