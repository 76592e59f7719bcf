import type { Random } from '#demo/random.ts';

/** Spellings that sound alike in French. Each is applied to one place, where it occurs. */
const RULES: readonly (readonly [pattern: RegExp, spelling: string])[] = [
  [/ph/, 'f'],
  [/f(?!f)/, 'ph'],
  [/eau/, 'o'],
  [/au/, 'o'],
  [/o(?![uinmy])/, 'au'],
  [/eau(?=x?$)/, 'aut'],
  [/ot$/, 'eau'],
  [/(?<![aeou])i(?![nmaeou])/, 'y'],
  [/y(?![aeiou])/, 'i'],
  [/c(?=[aour])(?!h)/, 'k'],
  [/k/, 'c'],
  [/qu(?=[aeio])/, 'k'],
  [/c(?=[ei])/, 's'],
  [/ss/, 'c'],
  [/^h/, ''],
  [/^(?=[aeo])/, 'h'],
  [/(?<=[rt])h/, ''],
  [/t(?=[aeo])(?!$)/, 'th'],
  [/([lmnrtpf])\1/, '$1'],
  [/(?<=[aeiou])([lnrt])(?=[aeiou])/, '$1$1'],
  [/en(?=[cdtg])/, 'an'],
  [/an(?=[cdtg])/, 'en'],
  [/ai(?![nl])/, 'e'],
  [/ain/, 'in'],
  [/(?<![aeo])in(?=$|[cdtg])/, 'ain'],
  [/g(?=[ei])/, 'j'],
  [/(?<=[aeiou])s(?=[aeiou])/, 'z'],
  [/z(?=[aeiou])/, 's'],
  [/(?<=[aeiou][rn]?)[dtx]$/, ''],
  [/(?<=i)er$/, 'é'],
  [/ault?$/, 'eau'],
  [/et$/, 'ay'],
];

/** A name written as it sounds, in one to three places; undefined when nothing in it can be. */
export function spellAsHeard(name: string, random: Random): string | undefined {
  let spelt = name;
  for (let times = random.pick([1, 1, 2, 2, 3]); times > 0; times -= 1) {
    const [pattern, spelling] = random.pick(RULES.filter(([it]) => it.test(spelt))) ?? [];
    if (pattern && spelling !== undefined) spelt = spelt.replace(pattern, spelling);
  }
  return spelt === name ? undefined : spelt;
}
