/**
 * What people write for structures, and how structures are called in the files. Each row: forms that stand for each other.
 * Given to the engine as synonyms, and used to tell which structure a text means.
 */
const ORGANIZATION_WORDS: readonly (readonly string[])[] = [
  ['ch', 'centre hospitalier', 'hopital', 'hopitaux'],
  ['chu', 'centre hospitalier universitaire', 'chru', 'centre hospitalier regional universitaire'],
  ['chs', 'centre hospitalier specialise', 'centre psychotherapique'],
  ['hcl', 'hospices civils de lyon', 'chu lyon', 'chu de lyon'],
  ['hfme', 'hopital femme mere enfant'],
  ['clcc', 'centre de lutte contre le cancer', 'centre'],
  ['clermont fd', 'clermont ferrand'],
  ['aphp', 'ap hp', 'assistance publique hopitaux de paris'],
  ['aphm', 'ap hm', 'assistance publique hopitaux de marseille'],
  ['ghm', 'groupe hospitalier mutualiste', 'groupement hospitalier mutualiste'],
  ['gh', 'groupe hospitalier', 'groupement hospitalier'],
  ['ghe', 'groupement hospitalier est'],
  ['ehpad', 'maison de retraite', 'etablissement hebergement personnes agees dependantes'],
  ['ssiad', 'service de soins infirmiers a domicile'],
  ['had', 'hospitalisation a domicile'],
  ['cmp', 'centre medico psychologique'],
  ['cmpp', 'centre medico psycho pedagogique'],
  ['camsp', 'centre action medico sociale precoce'],
  ['msp', 'maison de sante pluriprofessionnelle', 'maison de sante'],
  ['cds', 'centre de sante'],
  ['dac', 'dispositif appui a la coordination'],
  ['cpts', 'communaute professionnelle territoriale de sante'],
  ['smr', 'ssr', 'soins medicaux et de readaptation', 'soins de suite et de readaptation'],
  ['usld', 'unite de soins de longue duree'],
  ['labo', 'laboratoire', 'laboratoire de biologie medicale', 'lbm'],
  ['pharma', 'pharmacie', 'officine'],
  ['urgence', 'urgences', 'sau'],
  ['rea', 'reanimation'],
  ['secretariat', 'secretariats', 'secr'],
  ['st', 'saint'],
  ['ste', 'sainte'],
];

/**
 * In the form of the engine's setting: every form to its equals. A form that holds another one is left out: whatever is called so
 * is found by the shorter one, and the engine takes 6 ms to look for six words that follow each other.
 */
export function toEngineSynonyms(): Record<string, string[]> {
  const synonyms: Record<string, string[]> = {};
  for (const forms of ORGANIZATION_WORDS) {
    const shortest = forms.filter((form) => !forms.some((other) => other !== form && holds(form, other)));
    for (const form of forms) synonyms[form] = shortest.filter((other) => other !== form);
  }
  return synonyms;
}

function holds(form: string, other: string): boolean {
  return ` ${form} `.includes(` ${other} `);
}

/** The word itself and what it stands for. */
export function formsOf(word: string): readonly string[] {
  return ORGANIZATION_WORDS.find((forms) => forms.includes(word)) ?? [word];
}

const WORDS_OF_FORMS: ReadonlySet<string> = new Set(
  ORGANIZATION_WORDS.flatMap((forms) => forms.flatMap((form) => form.split(' '))),
);

/** Whether a word is one of those that stand for others, alone or with its neighbours: "saint", "maison". */
export function isWordOfForms(word: string): boolean {
  return WORDS_OF_FORMS.has(word);
}
