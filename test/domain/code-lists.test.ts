import { describe, expect, it } from 'vitest';
import { CODE_LISTS, findCode, labelOf, listCodes, toCiviliteText, toCoding } from '#domain/code-lists.ts';

describe('code lists', () => {
  it.each([
    ['profession', '10', 'Médecin'],
    ['profession', '41', 'Assistant de service social'],
    ['profession', '93', 'Psychologue'],
    ['profession', '99', 'Acteur participant au système de santé caractérisé par rôle'],
    ['profession', '35', 'Aide-soignant'],
    ['savoirFaire', 'SM04', 'Cardiologie et Maladies vasculaires (SM)'],
    ['savoirFaire', '80', 'Homéopathie'],
    ['savoirFaire', 'SST01', 'Addictologie'],
    ['typeSavoirFaire', 'S', 'Spécialité ordinale'],
    ['modeExercice', 'S', 'Salarié'],
    ['categorieProfessionnelle', 'M', 'Militaire'],
    ['civiliteExercice', 'MC', 'Médecin chef'],
    ['genreActivite', 'GENR01', 'Activité de soin et de pharmacie'],
    ['role', 'FON-01', 'Titulaire de cabinet'],
    ['role', '407', 'Tatoueur'],
    ['secteurActivite', 'SA07', 'Cabinet individuel'],
    ['categorieEtablissement', '101', 'Centre hospitalier régional (CHR)'],
    ['typeMailbox', 'PER', 'Boîte aux lettres personnelle'],
  ] as const)('%s %s is %s', (list, code, label) => {
    expect(labelOf(list, code)).toBe(label);
    expect(toCoding(list, code)).toEqual({ code, label });
  });

  it.each(CODE_LISTS)('%s has a label for each code, and no code twice', (list) => {
    const entries = listCodes(list);
    expect(entries.length).toBeGreaterThan(0);
    expect(entries.filter(({ code, label }) => code === '' || label === '')).toEqual([]);
    expect(new Set(entries.map(({ code }) => code)).size).toBe(entries.length);
  });

  it('every savoir-faire has a type that TRE_R04 knows, and no other list has types', () => {
    for (const list of CODE_LISTS) {
      for (const { type } of listCodes(list)) {
        if (list === 'savoirFaire') expect(labelOf('typeSavoirFaire', type!)).toBeDefined();
        else expect(type).toBeNull();
      }
    }
  });

  it('a savoir-faire asked for with its type is found under that type only', () => {
    expect(labelOf('savoirFaire', 'SM04', 'S')).toBe('Cardiologie et Maladies vasculaires (SM)');
    expect(labelOf('savoirFaire', 'SM04', null)).toBe('Cardiologie et Maladies vasculaires (SM)');
    expect(labelOf('savoirFaire', 'SM04', 'C')).toBeUndefined();
  });

  it('a code of no list is its own label', () => {
    expect(labelOf('profession', '00')).toBeUndefined();
    expect(labelOf('profession', 'constructor')).toBeUndefined();
    expect(toCoding('profession', '00')).toEqual({ code: '00', label: '00' });
  });

  it('a withdrawn code keeps its label and says so, and each code names its terminology', () => {
    expect(findCode('profession', '35')).toMatchObject({ isActive: false });
    expect(findCode('profession', '10')).toMatchObject({
      isActive: true,
      system: 'https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante',
    });
  });
});

describe('toCiviliteText', () => {
  it.each([
    ['M', 'DR', 'Dr'],
    ['MME', 'PR', 'Pr'],
    ['M', null, 'M.'],
    ['MME', null, 'Mme'],
    ['MLLE', null, 'Mme'],
    ['M', 'MG', 'Médecin général'],
    ['M', 'XX', 'M.'],
    [null, 'DR', 'Dr'],
    [null, null, null],
    ['XX', null, null],
  ])('%s with %s is %s', (civilite, civiliteExercice, text) => {
    expect(toCiviliteText(civilite, civiliteExercice)).toBe(text);
  });
});
