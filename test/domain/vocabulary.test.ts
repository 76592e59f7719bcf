import { describe, expect, it } from 'vitest';
import { labelOf, listCodes } from '#domain/code-lists.ts';
import type { CodeListId } from '#domain/code-lists.ts';
import { foldText } from '#domain/fold.ts';
import { findTerms, listTerms } from '#domain/vocabulary.ts';
import type { TermMatch } from '#domain/vocabulary.ts';
import { listEntries, listMeanings, termRoot } from '#domain/vocabulary-index.ts';
import type { VocabularyMeaning } from '#domain/vocabulary-meaning.ts';

function find(text: string): TermMatch[] {
  return findTerms(foldText(text).split(' '));
}

/** The match that covers the whole text. */
function read(text: string): TermMatch | undefined {
  const words = foldText(text).split(' ');
  return findTerms(words).find(({ start, end }) => start === 0 && end === words.length);
}

function labelsOf(text: string): string[] {
  return read(text)?.meanings.map(({ label }) => label) ?? [];
}

const CODES: readonly [CodeListId, (meaning: VocabularyMeaning) => readonly string[]][] = [
  ['profession', ({ professionCodes }) => professionCodes],
  ['savoirFaire', ({ savoirFaireCodes }) => savoirFaireCodes],
  ['categorieEtablissement', ({ categoryCodes }) => categoryCodes],
];

describe('the words people use', () => {
  it.each([
    ['kiné', { professionCodes: ['70'] }],
    ['kinés', { professionCodes: ['70'] }],
    ['kinésithérapeutes', { professionCodes: ['70'] }],
    ['MK', { professionCodes: ['70'] }],
    ['masseuse-kinésithérapeute', { professionCodes: ['70'] }],
    ['IDEL', { professionCodes: ['60'], modeExercice: 'L' }],
    ['infirmières libérales', { professionCodes: ['60'], modeExercice: 'L' }],
    ['infirmier', { professionCodes: ['60', '69'] }],
    ['infirmières', { professionCodes: ['60', '69'] }],
    ['médecins', { professionCodes: ['10'] }],
    ['sage-femme', { professionCodes: ['50'] }],
    ['sages femmes', { professionCodes: ['50'] }],
    ['sagefemme', { professionCodes: ['50'] }],
    ['SF', { professionCodes: ['50'] }],
    ['chirurgien dentiste', { professionCodes: ['40'] }],
    ['chirurgiennes-dentistes', { professionCodes: ['40'] }],
    ['dentiste', { professionCodes: ['40'] }],
    ['pharmacienne', { professionCodes: ['21'] }],
    ['opticienne', { professionCodes: ['28'] }],
    ['psychomotriciennes', { professionCodes: ['96'] }],
    ['assistante sociale', { professionCodes: ['41'] }],
    ['éducatrice spécialisée', { professionCodes: ['51'] }],
    ['puéricultrices', { professionCodes: ['60'] }],
    ['psychologue', { professionCodes: ['93'] }],
    ['généraliste', { professionCodes: ['10'], savoirFaireCodes: ['SM26', 'SM53', 'SM54'] }],
    ['MG', { savoirFaireCodes: ['SM26', 'SM53', 'SM54'] }],
    ['médecin traitant', { savoirFaireCodes: ['SM26', 'SM53', 'SM54'] }],
    ['dermato', { professionCodes: ['10'], savoirFaireCodes: ['SM15', 'C15'] }],
    ['orthodontiste', { professionCodes: ['40'] }],
    ['infirmière en pratique avancée', { professionCodes: ['60'] }],
    ['pharmacie de garde', { categoryCodes: ['620', '641', '627', '628', '629'] }],
    ['labo', { categoryCodes: ['611', '610', '612'] }],
    ['EHPAD', { categoryCodes: ['500'] }],
    ['maisons de retraite', { categoryCodes: ['500'] }],
    ['SSIAD', { categoryCodes: ['354', '209'] }],
    ['HAD', { categoryCodes: ['127'] }],
    ['DAC', { categoryCodes: ['606'] }],
    ['CPTS', { categoryCodes: ['604'] }],
    ['MSP', { categoryCodes: ['603'] }],
    ['CMP', { categoryCodes: ['156'] }],
    ['CHU', { categoryCodes: ['101'] }],
    ['CH', { categoryCodes: ['355', '106', '101'] }],
    ['hôpitaux', { categoryCodes: ['355', '106', '101', '114', '115', '292'] }],
    ['USLD', { categoryCodes: ['362'] }],
    ['SSR', { categoryCodes: ['109'] }],
    ['MDPH', { categoryCodes: ['609'] }],
    ['CLIC', { categoryCodes: ['463'] }],
    ['à domicile', { wayOfPractising: 'homeVisits' }],
    ['téléconsultation', { wayOfPractising: 'teleconsultation' }],
    ['libéral', { modeExercice: 'L' }],
    ['MSSanté', { hasMailbox: true }],
  ] as const)('%s', (text, expected) => {
    const [meaning, ...others] = read(text)!.meanings;
    expect(meaning).toMatchObject(expected);
    expect(others).toEqual([]);
    expect(read(text)).toMatchObject({ isAmbiguous: false, isPrefix: false, isApproximate: false });
  });

  it.each([
    ['cardio', 'cardiologue', ['SM04', 'SM73']],
    ['ORL', 'oto-rhino-laryngologiste', ['SM34', 'SM39']],
    ['gynéco', 'gynécologues', ['SM19', 'SM20']],
    ['pédiatre', 'pédiatrie', ['SM40']],
    ['anesthésiste', 'anesthésie', ['SM02']],
    ['pédopsy', 'psychiatre pour enfants', ['SM43', 'SM92']],
  ])('%s and %s are one savoir-faire of doctors', (short, long, codes) => {
    const meaning = read(short)!.meanings[0]!;
    expect(meaning.professionCodes).toEqual(['10']);
    expect(meaning.savoirFaireCodes).toEqual(expect.arrayContaining(codes));
    expect(read(long)!.meanings).toEqual([meaning]);
  });

  it.each([
    ['infarctus', ['cardiologie']],
    ['maladie de Parkinson', ['neurologie']],
    ['burn-out', ['psychiatrie', 'psychologue']],
    ['grossesse', ['sage-femme', 'gynécologie médicale et obstétrique']],
    ['IRM', ['imagerie en coupes', 'radiologie et imagerie médicale']],
    ['mal de dos', ['masseur-kinésithérapeute', 'rhumatologie']],
    ['dyslexie', ['orthophoniste']],
    ['urgences dentaires', ['chirurgien-dentiste']],
  ])('%s leads to whoever is asked for it', (text, labels) => {
    expect(labelsOf(text)).toEqual(labels);
    expect(read(text)!.isAmbiguous).toBe(false);
  });

  it.each([
    ['psy', ['psychiatrie', 'psychologue', 'psychothérapeute']],
    [
      'ortho',
      ['orthophoniste', 'orthoptiste', 'chirurgie orthopédique et traumatologie', 'orthopédie dento-faciale'],
    ],
    ['nutritionniste', ['diététicien', 'nutrition']],
    ['EMSP', ['équipe mobile de soins palliatifs', 'équipe mobile santé précarité']],
    ['MDA', ['maison des adolescents', "maison départementale de l'autonomie"]],
    ['MSS', ['boîte aux lettres MSSanté', 'maison sport-santé']],
    ['ESP', ['équipe de soins primaires', 'établissement sanitaire des prisons']],
    ['CMS', ['centre de santé', 'centre médico-social', 'centre médico-scolaire']],
    ['PH', ['praticien hospitalier', 'personnes en situation de handicap']],
    [
      'assistante',
      ['assistant de service social', 'assistant dentaire', 'assistant médical', 'assistant familial'],
    ],
    ['médiatrice', ['médiateur familial', 'médiateur de santé pair']],
    [
      'technicien',
      ['technicien de laboratoire médical', "technicien de l'intervention sociale et familiale"],
    ],
    ['préparatrice', ['préparateur en pharmacie', 'préparateur en pharmacie hospitalière']],
    ['auxiliaire', ['auxiliaire de puériculture', 'accompagnant éducatif et social']],
    ['conseillère', ['conseiller en économie sociale et familiale', 'conseiller en génétique']],
  ])('%s keeps all its meanings and is said to be ambiguous', (text, labels) => {
    expect(labelsOf(text)).toEqual(labels);
    expect(read(text)!.isAmbiguous).toBe(true);
  });

  it('a pharmacie is the place and the people, without being ambiguous', () => {
    expect(labelsOf('pharmacies')).toEqual(["pharmacie d'officine", 'pharmacien']);
    expect(read('pharmacie')!.isAmbiguous).toBe(false);
  });

  it('a title may be a title or the profession', () => {
    expect(labelsOf('Dr')).toEqual(['docteur', 'médecin']);
    expect(labelsOf('Mme')).toEqual(['madame']);
    expect(labelsOf('Pr')).toEqual(['professeur']);
  });

  it.each(
    'secrétariat urgences accueil admissions consultations maternité réanimation pédiatrie gériatrie imagerie biologie addictologie chirurgie clinique'.split(
      ' ',
    ),
  )('%s is looked for in the names of services', (text) => {
    const [meaning] = read(text)!.meanings;
    expect(meaning!.words).toContain(foldText(text));
  });

  it.each([
    'soins palliatifs',
    'médecine polyvalente',
    'planning familial',
    'centre de santé',
    'PMI',
    'radio',
  ])('%s is known', (text) => {
    expect(read(text)?.isPrefix).toBe(false);
  });
});

describe('spans', () => {
  it('are given by start, the longest first', () => {
    expect(find('médecin généraliste annecy').map(({ start, end, term }) => [start, end, term])).toEqual([
      [0, 2, 'medecin generaliste'],
      [0, 1, 'medecin'],
      [1, 2, 'generaliste'],
    ]);
  });

  it('are found anywhere, among names and places', () => {
    expect(
      find('secretariat de cardiologie CH Emile Roux').map(({ start, end, term }) => [start, end, term]),
    ).toEqual([
      [0, 1, 'secretariat'],
      [2, 3, 'cardiologie'],
      [3, 4, 'ch'],
    ]);
  });

  it('need no linking words', () => {
    expect(labelsOf('médecin sport')).toEqual(['médecine du sport']);
    expect(labelsOf('equipe mobile geriatrie')).toEqual(['équipe mobile de gériatrie']);
  });

  it('a term of digits must be all that is asked', () => {
    expect(labelsOf('15')).toEqual(['SAMU']);
    expect(find('paris 15')).toEqual([]);
  });

  it('a sigle is a whole word, a name is nothing', () => {
    expect(find('SFAX')).toEqual([]);
    expect(find('marie dupont chabannes')).toEqual([]);
    expect(findTerms([])).toEqual([]);
    expect(findTerms([''])).toEqual([]);
  });
});

describe('while typing', () => {
  it('four letters are enough, fewer are not', () => {
    expect(read('kinesi')).toMatchObject({ isPrefix: true, isAmbiguous: false });
    expect(labelsOf('kinesi')).toEqual(['masseur-kinésithérapeute']);
    expect(read('inf')).toBeUndefined();
  });

  it('only the last word is a beginning', () => {
    expect(labelsOf('medecin gen')).toEqual(['médecine générale']);
    expect(find('kinesi dupont')).toEqual([]);
  });

  it('a term of several words is not seen from its first one alone', () => {
    expect(read('petit')).toBeUndefined();
    expect(labelsOf('petite unité de')).toEqual(['petite unité de vie']);
  });

  it('what may still become several things says so', () => {
    expect(read('psyc')).toMatchObject({ isPrefix: true, isAmbiguous: true });
    expect(labelsOf('psyc')).toEqual(expect.arrayContaining(['psychologue', 'psychiatrie']));
  });

  it.each(['infirmière', 'pharmacienne', 'puéricultrice', 'masseuse', 'cardiologues', 'sage-femme'])(
    'each beginning of %s is understood from the fourth letter on',
    (word) => {
      const whole = labelsOf(word);
      for (let length = 4; length < word.length; length += 1)
        expect(labelsOf(word.slice(0, length))).toEqual(expect.arrayContaining(whole.slice(0, 1)));
    },
  );

  it('every term is suggested at each of its beginnings', () => {
    for (const { term, meanings } of listEntries(termRoot())) {
      if (meanings[0]!.kind === 'title') continue;
      for (let length = 1; length <= term.length; length += 1) {
        const prefix = term.slice(0, length).trim();
        const suggested = listTerms(prefix, 1000);
        if (!suggested.some(({ meaning }) => meaning === meanings[0])) expect.fail(`${prefix} of ${term}`);
      }
    }
  });
});

describe('typing errors', () => {
  it.each([
    ['kinesitherapheute', 'masseur-kinésithérapeute'],
    ['cardiolgue', 'cardiologie'],
    ['cardiologeu', 'cardiologie'],
    ['orthopohniste', 'orthophoniste'],
    ['dermatologoue', 'dermatologie et vénéréologie'],
    ['generalliste', 'médecine générale'],
    ['medecin generalste', 'médecine générale'],
    ['pharmacein', 'pharmacien'],
  ])('%s is read as %s, approximately', (text, label) => {
    expect(labelsOf(text)).toEqual([label]);
    expect(read(text)).toMatchObject({ isApproximate: true, isPrefix: false });
  });

  it('short words and names near a word are left alone', () => {
    for (const text of ['kina', 'labu', 'mercier', 'marchand', 'garnier', 'masson', 'clinet'])
      expect(find(text)).toEqual([]);
  });
});

describe('suggestions', () => {
  it('are meanings, each once, the term that is typed first', () => {
    expect(listTerms('cmp', 3).map(({ meaning }) => meaning.label)).toEqual([
      'centre médico-psychologique',
      'centre médico-psychologique enfant et adolescent',
      'centre médico-psycho-pédagogique',
    ]);
    expect(listTerms('kine', 10).map(({ meaning }) => meaning.label)).toEqual(['masseur-kinésithérapeute']);
    expect(listTerms('medecin ge', 10).map(({ term }) => term)).toEqual(['medecin generaliste']);
  });

  it('are bounded, and none for nothing', () => {
    expect(listTerms('c', 4)).toHaveLength(4);
    expect(listTerms('', 4)).toEqual([]);
    expect(listTerms('xyz', 4)).toEqual([]);
    expect(listTerms('xyz med', 4)).toEqual([]);
  });
});

describe('the vocabulary as a whole', () => {
  it.each(CODES)('every code is in our list: %s', (list, codesOf) => {
    const unknown = listMeanings()
      .flatMap(codesOf)
      .filter((code) => labelOf(list, code) === undefined);
    expect(unknown).toEqual([]);
  });

  it.each(CODES)('every official label is understood, with its code: %s', (list, codesOf) => {
    const misread = listCodes(list).filter(({ code, label }) => {
      const bare = label.replace(/\([^)]*\)/g, ' ').trim();
      return !read(bare)?.meanings.some((meaning) => codesOf(meaning).includes(code));
    });
    expect(misread.map(({ code, label }) => `${code} ${label}`)).toEqual([]);
  });

  it('a savoir-faire is also understood with the suffix of its type', () => {
    const misread = listCodes('savoirFaire').filter(
      ({ code, label }) =>
        !read(label)?.meanings.some(({ savoirFaireCodes }) => savoirFaireCodes.includes(code)),
    );
    expect(misread).toEqual([]);
  });

  it('no term means nothing, and every meaning has a term', () => {
    const entries = listEntries(termRoot());
    expect(entries.filter(({ meanings }) => meanings.length === 0)).toEqual([]);
    expect(new Set(entries.flatMap(({ meanings }) => meanings)).size).toBe(listMeanings().length);
  });

  it('only titles ask nothing', () => {
    const empty = listMeanings().filter(
      (one) =>
        one.professionCodes.length +
          one.savoirFaireCodes.length +
          one.categoryCodes.length +
          one.words.length ===
          0 &&
        one.modeExercice === null &&
        one.wayOfPractising === null &&
        !one.hasMailbox,
    );
    expect(empty.map(({ kind }) => kind)).toEqual(empty.map(() => 'title'));
    expect(empty).not.toEqual([]);
  });

  it('a savoir-faire says which profession it belongs to, and labels are unique', () => {
    expect(
      listMeanings().filter(
        ({ savoirFaireCodes, professionCodes }) =>
          savoirFaireCodes.length > 0 && professionCodes.length === 0,
      ),
    ).toEqual([]);
    expect(new Set(listMeanings().map(({ label }) => label)).size).toBe(listMeanings().length);
  });

  it('words are folded', () => {
    const words = listMeanings().flatMap((meaning) => meaning.words);
    expect(words.filter((one) => one !== foldText(one))).toEqual([]);
  });
});
