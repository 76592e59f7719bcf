import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Correspondent, Place } from '#domain/correspondent.ts';
import { findCommune } from '#domain/geography.ts';
import type { CorrespondentQuestion } from '#domain/question.ts';
import { answerQuestion } from '#search/answer-question.ts';
import { toEngineSynonyms } from '#search/organization-words.ts';

import { place, professional, question, service } from './sample-correspondents.ts';
import { fillIndex, openTestEngine } from './test-index.ts';

const engine = openTestEngine();
afterAll(() => engine[Symbol.asyncDispose]());

function inStructure(
  name: string,
  communeCode: string,
  category?: NonNullable<Place['organization']>['category'],
) {
  const { code, name: communeName, departementCode, latitude, longitude } = findCommune(communeCode)!;
  return place({
    organization: {
      id: `1${communeCode}${name.length}`,
      name,
      finess: null,
      finessJuridique: null,
      category: category ?? null,
    },
    commune: { code, name: communeName },
    departement: { code: departementCode, name: '' },
    position: { latitude, longitude, approximate: true },
  });
}

const LE_PUY = '43157';
const ANNECY = '74010';
const EHPAD = { code: '500', label: "Etablissement d'hébergement pour personnes âgées dépendantes" };

const inJulien = Array.from({ length: 24 }, (_, index) =>
  service(
    `s${index}@ch-annecy.mssante.fr`,
    `Consultation ${index}`,
    inStructure('CH ANNECY-GENEVOIS SITE ST JULIEN EN GENEVOIS', '74243'),
  ),
);
const inAnnecy = service(
  'cardiologie@ch-annecy.mssante.fr',
  'Cardiologie',
  inStructure('CENTRE HOSPITALIER ANNECY-GENEVOIS SITE ANNECY', ANNECY),
);
const cares = service('soins@ehpad.mssante.fr', 'Soins', inStructure('EHPAD LES ACACIAS', '43096', EHPAD));
const mobile: Correspondent = {
  ...service('emg@ch.mssante.fr', 'unused', inStructure('CH DU PUY', LE_PUY)),
  id: 'team-abc',
  kind: 'team',
  name: 'Équipe mobile de gériatrie – CH DU PUY',
  serviceName: null,
  team: {
    name: 'Équipe mobile de gériatrie',
    type: { code: 'equipe-mobile-geriatrie', label: 'Équipe mobile de gériatrie' },
    missions: ['Interventions en EHPAD'],
    area: [{ kind: 'departement', code: '43', label: 'Haute-Loire (43)' }],
    hasForm: false,
    declaredBy: { practitionerId: '810900000000' },
  } as unknown as NonNullable<Correspondent['team']>,
};
const social = service(
  'social@korian.mssante.fr',
  'Service social',
  inStructure('CLINIQUE DU HAUT LIGNON', '43051'),
);
const samsah = professional('MOREL', 'Élise', { places: [inStructure('SAMSAH DE PAULHAC', LE_PUY)] });
const samuel = professional('MILLET-SAMUEL', 'Anne', { places: [inStructure('CABINET', LE_PUY)] });
const physio = professional('CARELLET', 'Zoé', { places: [inStructure('CABINET', '43025')] });
const clcc = ['CENTRE DE LUTTE CONTRE LE CANCER JEAN PERRIN', 'CLCC JEAN PERRIN'].map((name, index) =>
  service(`clcc${index}@jp.mssante.fr`, 'Oncologie', inStructure(name, '63113')),
);
const jeanLuc = professional('ALBARIC', 'Jean-Luc');
const marie = professional('DUPONT', 'Marie', { places: [inStructure('EHPAD LES ACACIAS', '43096', EHPAD)] });

const tilleuls = service(
  'soins@tilleuls.mssante.fr',
  'Soins',
  inStructure('EHPAD LES TILLEULS', '14341', EHPAD),
);
const lyonSud = service(
  'urgences@lyon-sud.mssante.fr',
  'Urgences',
  inStructure('CH LYON SUD SAINT GENIS LAVAL', '69204'),
);
const ofPau = professional('PETIT', 'Lyse', { places: [inStructure('CENTRE HOSPITALIER DE PAU', '64445')] });
const petits = ['Marie-Paule', 'Pauline'].map((given) =>
  professional('PETIT', given, { places: [inStructure('CENTRE HOSPITALIER DE ROUILLY', '10329')] }),
);
const geriatrics = service(
  'emg@ch.mssante.fr',
  'Équipe mobile de gériatrie',
  inStructure('CLINIQUE DU VELAY', LE_PUY),
);
const OFFICINE = { code: '620', label: "Pharmacie d'officine" };
const PHARMACIEN = { code: '21', label: 'Pharmacien' };
const atGare = inStructure('PHARMACIE DE LA GARE', '34032', OFFICINE);
const gare = service('officine@gare.mssante.fr', 'Officine', atGare);
const ofGare = professional('OUILLON', 'Hugo', { profession: PHARMACIEN, places: [atGare] });
const inChadrac = professional('MOULIN', 'Léa', { places: [inStructure('CABINET', '43046')] });
const pasquier = professional('PASQUIER', 'Lucie');
const pasierons = Array.from({ length: 8 }, () => professional('PASIERON', 'Anne'));

beforeAll(() =>
  fillIndex(engine, [
    tilleuls,
    lyonSud,
    ofPau,
    ...petits,
    geriatrics,
    gare,
    ofGare,
    inChadrac,
    pasquier,
    ...pasierons,
    ...inJulien,
    inAnnecy,
    cares,
    mobile,
    social,
    samsah,
    samuel,
    physio,
    ...clcc,
    jeanLuc,
    marie,
  ]),
);

async function find(text: string, asked: Partial<CorrespondentQuestion> = {}) {
  const nowhere = { where: undefined, whereElse: undefined, whereWords: undefined, near: undefined };
  const answer = await answerQuestion(engine, question({ text, ...asked }), nowhere);
  return { ...answer, ids: answer.results.map((it) => it.id) };
}

describe('a structure', () => {
  test('that bears the name of a town: services of the town itself come first', async () => {
    const { ids } = await find('ch annecy');
    expect(ids[0]).toBe(inAnnecy.id);
    expect(ids.length).toBe(10);
    const ofServices = await find('ch annecy', { kinds: ['service'], limit: 50 });
    expect(ofServices.ids[0]).toBe(inAnnecy.id);
    expect(ofServices.ids.length).toBe(inJulien.length + 1);
  });

  test('is walked through page by page', async () => {
    const asked: [string, CorrespondentQuestion['kinds']][] = [
      ['ch annecy', undefined],
      ['ch annecy', ['service']],
      ['ehpad', undefined],
      ['service social le puy', undefined],
    ];
    for (const [text, kinds] of asked) {
      const { ids, total } = await find(text, { kinds, limit: 50 });
      expect(ids.length, text).toBe(total.value);
      const walked: string[] = [];
      for (let offset = 0; offset <= ids.length; offset += 2) {
        const page = await find(text, { kinds, limit: 2, offset });
        expect(page.total, text).toEqual(total);
        walked.push(...page.ids);
      }
      expect(walked, text).toEqual(ids);
    }
  });

  test('comes before the teams that only say that they go there', async () => {
    expect((await find('ehpad')).ids).toEqual(expect.arrayContaining([cares.id]));
    expect((await find('ehpad')).ids[0]).not.toBe(mobile.id);
    expect((await find('équipe mobile gériatrie le puy')).ids[0]).toBe(mobile.id);
    const elsewhere = await find('maison de retraite yssingeaux');
    expect(elsewhere.ids).not.toContain(mobile.id);
    expect(elsewhere.ids).toContain(cares.id);
    expect(elsewhere.widened).toEqual(['other-places']);
  });

  test('without a category is not everybody in the town', async () => {
    const { ids, widened } = await find('service social le puy');
    expect(ids).toEqual([social.id]);
    expect(widened).toEqual(['other-places']);
  });

  test('that is named by a short word is nothing that resembles it', async () => {
    expect(await find('samu 43')).toMatchObject({ ids: [], widened: [] });
    expect((await find('samu le puy')).ids).toEqual([]);
  });

  test('that is named by two letters is no town that begins so', async () => {
    const { ids } = await find('ch', { limit: 50 });
    expect(ids.length).toBeGreaterThan(10);
    expect(ids).not.toContain(inChadrac.id);
  });

  test('that cannot be filtered by is not passed over in silence', async () => {
    expect(await find('dupont samu')).toMatchObject({ ids: [marie.id], widened: ['some-words'] });
  });

  test('is found by each of the forms of its name', async () => {
    for (const text of ['centre jean perrin', 'clcc jean perrin'])
      expect((await find(text)).ids.toSorted(), text).toEqual(clcc.map((it) => it.id));
  });
});

describe('a structure asked for with a town', () => {
  test('where there is none is the nearest, not one far away that is called like the town', async () => {
    const { ids, widened } = await find('ehpad tulle');
    expect(widened).toEqual(['other-places']);
    expect(ids.slice(0, 2).toSorted()).toEqual([cares.id, marie.id].toSorted());
    expect(ids.at(-1)).toBe(tilleuls.id);
    expect((await find('ch saint-genis-laval')).ids[0]).toBe(lyonSud.id);
  });

  test('is not looked for in names that begin like the town', async () => {
    expect((await find('petit ch pau')).ids[0]).toBe(ofPau.id);
  });

  test('has a secretariat though no address says so', async () => {
    const { ids, widened } = await find('secretariat cardiologie ch annecy');
    expect(ids).toEqual([inAnnecy.id]);
    expect(widened).toEqual(['some-words']);
  });

  test('is found by what its acronym stands for', async () => {
    expect((await find('emg le puy', { kinds: ['service'] })).ids).toEqual([geriatrics.id]);
  });
});

test('a pharmacy by its name gives those who work there too', async () => {
  const { ids } = await find('pharmacie de la gare');
  expect(ids.toSorted()).toEqual([ofGare.id, gare.id].toSorted());
});

test.each(['paskier', 'pasqier'])('%s is rather a whole name than the beginning of another', async (text) => {
  expect((await find(text)).ids).toEqual([pasquier.id]);
});

test('the first word of a town that nobody bears is the town', async () => {
  const { ids, parts, widened } = await find('kiné monistrol');
  expect(parts.at(-1)).toMatchObject({ as: 'place', place: { label: 'Monistrol-sur-Loire (43)' } });
  expect(ids[0]).toBe(physio.id);
  expect(widened).toContain('other-places');
});

test('a given name is no village beside another name', async () => {
  expect((await find('jean-luc albaric')).ids).toEqual([jeanLuc.id]);
  const { ids, parts } = await find('marie dupont ehpad');
  expect(ids[0]).toBe(marie.id);
  expect(parts.map((it) => it.as)).toEqual(['name', 'name', 'term']);
});

test('every form of a structure leads to the others, the long ones by those that they hold', () => {
  const synonyms = toEngineSynonyms();
  expect(synonyms['centre']).toEqual(['clcc']);
  expect(synonyms['centre hospitalier']).toEqual(['ch', 'hopital', 'hopitaux']);
  const holds = (form: string, other: string) => ` ${form} `.includes(` ${other} `);
  for (const [form, others] of Object.entries(synonyms)) {
    expect(others, form).not.toContain(form);
    for (const [other, back] of Object.entries(synonyms).filter(([, them]) => them.includes(form))) {
      const isReached = others.some((it) => holds(other, it)) || holds(other, form);
      expect(isReached, `${form}: ${other} (${back.join(', ')})`).toBe(true);
    }
  }
});
