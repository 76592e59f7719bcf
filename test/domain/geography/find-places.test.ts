import { describe, expect, it } from 'vitest';
import { findCommune, listDepartements, listEpci, listRegions } from '#domain/geography.ts';
import { communeTables } from '#domain/geography/commune-tables.ts';
import { findPlaces } from '#domain/geography/find-places.ts';
import { nearestPlaceNames } from '#domain/geography/nearest-place-names.ts';
import { communeCodesOf, toPostcodeMatch } from '#domain/geography/place-match.ts';

/** Typed → the first places, in order. A `*` ends a list that goes on. */
const CASES: Record<string, [string, string][]> = {
  'a postcode': [
    ['43000', 'postcode 43000'],
    ['43 000', 'postcode 43000'],
    [' 43000 ', 'postcode 43000'],
    ['75116', 'postcode 75116'],
    ['97123', 'postcode 97123'],
    ['98800', 'postcode 98800'],
  ],
  'a CEDEX: its département, said to be wider': [
    ['69437', 'departement 69 wider'],
    ['75651', 'departement 75 wider'],
  ],
  'an INSEE code that is no postcode, former ones too': [
    ['25462', 'commune 25462'],
    ['2A004', 'commune 2A004'],
    ['2a004', 'commune 2A004'],
    ['75056', 'commune 75056'],
    ['69383', 'commune 69383'],
    ['20004', 'commune 2A004 wider'],
    ['74011', 'commune 74010 wider'],
  ],
  'a département by number': [
    ['43', 'departement 43'],
    ['01', 'departement 01'],
    ['1', 'departement 01'],
    ['2A', 'departement 2A'],
    ['2b', 'departement 2B'],
    ['20', 'departement 2A, departement 2B'],
    ['971', 'departement 971'],
    ['988', 'departement 988'],
  ],
  'a département by name': [
    ['haute loire', 'departement 43'],
    ['Haute-Loire', 'departement 43'],
    ['HAUTE LOIRE', 'departement 43'],
    ['reunion', 'departement 974, region 04, *'],
    ["cote d'or", 'departement 21'],
    ['haute-l', 'departement 43, *'],
  ],
  'a region': [
    ['ARA', 'region 84, *'],
    ['paca', 'region 93, *'],
    ['Auvergne-Rhône-Alpes', 'region 84'],
    ['ile de france', 'region 11, *'],
    ['fort de france', 'commune 97209, *'],
    ['bretagne', 'region 53, *'],
    ['rhone alpes', 'region 84 wider'],
    ['nord pas de calais', 'region 32 wider'],
  ],
  'a commune by name and usual short form': [
    ['Pontarlier', 'commune 25462, *'],
    ['st etienne', 'commune 42218, *'],
    ['saint-etienne', 'commune 42218, *'],
    ['clermont fd', 'commune 63113'],
    ['clermont', 'commune 63113, commune 60157, *'],
    ['le puy', 'commune 43157, *'],
    ['puy en velay', 'commune 43157, *'],
    ['Puy-en-Velay (Le)', 'commune 43157'],
    ['st jean de l', 'commune 45285, *'],
    ['bourg en bresse', 'commune 01053, *'],
    ['thonon', 'commune 74281, *'],
    ['chalon s/saone', 'commune 71076, *'],
    ["l'haÿ les roses", 'commune 94038'],
    ['lhay les roses', 'commune 94038'],
    ['pontarlier cedex', 'commune 25462, *'],
    ['lyon, france', 'commune 69123, *'],
    ['chateau chinon', 'commune 58062, commune 58063, *'],
    ['annecy le vieux', 'commune 74010 wider, *'],
  ],
  'what leads to a place': [
    ['autour de Grenoble', 'commune 38185, *'],
    ['près du Puy-en-Velay', 'commune 43157'],
    ["près d'Annecy", 'commune 74010, *'],
    ['dept 43', 'departement 43'],
    ['département de la Loire', 'departement 42, *'],
    ["département de l'Ain", 'departement 01, *'],
    ['le Rhône', 'departement 69, *'],
    ["l'Isère", 'departement 38, *'],
    ['le var', 'departement 83, *'],
    ['le blanc', 'commune 36018, *'],
    ['la réunion', '*'],
  ],
  'an arrondissement': [
    ['lyon 3', 'commune 69383'],
    ['lyon 3e', 'commune 69383'],
    ['Lyon 03', 'commune 69383'],
    ['Lyon 3e Arrondissement', 'commune 69383'],
    ['paris 15eme', 'commune 75115'],
    ['paris 1er', 'commune 75101'],
    ['Paris 2nd', 'commune 75102'],
    ['paris cedex 13', 'commune 75113'],
    ['marseille 13ème', 'commune 13213'],
    ['marseille 13', 'commune 13213, commune 13055'],
    ['paris 75', 'commune 75056, departement 75, *'],
    ['Marseille (13)', 'commune 13055, *'],
    ['lyon 69', 'commune 69123, *'],
    ['75015 paris', 'commune 75115'],
    ['Paris XIII', 'commune 75113'],
    ['Paris XXe', 'commune 75120'],
    ['paris vi', 'commune 75106'],
    ['Paris VIe', 'commune 75106'],
    ['Lyon Ve arrondissement', 'commune 69385'],
    ['Paris Xe', 'commune 75110'],
  ],
  'a name with a number or an area': [
    ['saint-étienne (42)', 'commune 42218, *'],
    ['st etienne 42', 'commune 42218, *'],
    ['43000 le puy en velay', 'commune 43157'],
    ['le puy-en-velay, 43000', 'commune 43157'],
    ['Le Puy-en-Velay (43)', 'commune 43157'],
    ['43 le puy', 'commune 43157'],
    ['25304 pontarlier cedex', 'commune 25462'],
    ['vienne 38', 'commune 38544'],
    ['vienne, isère', 'commune 38544'],
    ['vienne (Auvergne-Rhône-Alpes)', 'commune 38544'],
    ['vienne (86)', 'departement 86'],
    ['st denis 974', 'commune 97411'],
    ['01300 nulle part', 'postcode 01300'],
    ['69437 nulle part', 'departement 69 wider'],
  ],
  'an EPCI with or without its type': [
    ['CA du Puy-en-Velay', 'epci 200073419'],
    ["communauté d'agglomération du Puy-en-Velay", 'epci 200073419'],
    ['agglo du puy', 'epci 200073419'],
    ['pays de lamastre', 'epci 200016905'],
    ['cc pays de lamastre', 'epci 200016905'],
    ['bordeaux métropole', 'epci 243300316'],
    ['metropole de lyon', 'epci 200046977, *'],
    ['grand lyon', 'epci 200046977'],
    ['eurometropole de strasbourg', 'epci 246700488'],
  ],
  'one name of several kinds: large communes, départements, regions, small communes': [
    ['paris', 'commune 75056, departement 75, *'],
    ['vienne', 'commune 38544, departement 86, *'],
    ['aube', 'departement 10, commune 61008, commune 57037, *'],
    ['st denis', 'commune 97411, commune 93066, *'],
  ],
  nothing: [
    ['', ''],
    [' - ', ''],
    ['99999', ''],
    ['00', ''],
    ['97', ''],
    ['xyzzyq', ''],
    ['pontalier', ''],
  ],
};

describe.each(Object.entries(CASES))('%s', (_, cases) => {
  it.each(cases)('%j → %s', (text, expected) => {
    const names = expected === '' ? [] : expected.split(', ');
    const goesOn = names.at(-1) === '*';
    const places = findPlaces(text, 20).map(
      ({ kind, code, isWider }) => `${kind} ${code}${isWider ? ' wider' : ''}`,
    );
    if (goesOn) expect(places.slice(0, names.length - 1)).toEqual(names.slice(0, -1));
    else expect(places).toEqual(names);
  });
});

describe('findPlaces', () => {
  it('gives no place twice, and no more than asked', () => {
    for (const text of ['saint', 'le', 'l', 'lyon', 'paris', 'marseille 13', '20']) {
      const places = findPlaces(text, 7).map(({ kind, code }) => `${kind} ${code}`);
      expect(new Set(places).size).toBe(places.length);
      expect(places.length).toBeLessThanOrEqual(7);
    }
    expect(findPlaces('20', 1)).toHaveLength(1);
  });

  it('orders beginnings by population', () => {
    const populations = findPlaces('saint-j', 10).map(({ population }) => population);
    expect(populations).toEqual(populations.toSorted((a, b) => b - a));
  });

  it('reads back the labels it gives (of one commune in seven, for speed)', () => {
    const missed: string[] = [];
    for (const [rank, { code, name, departementCode }] of [...communeTables().byCode.values()].entries()) {
      if (rank % 7 !== 0) continue;
      const label = `${name} (${departementCode})`;
      if (findPlaces(label, 1)[0]?.code !== code) missed.push(label);
    }
    for (const postcode of communeTables().byPostcode.keys()) {
      const { label, communeCodes } = toPostcodeMatch(postcode);
      if (findPlaces(label, 1)[0]?.communeCodes?.join() !== communeCodes?.join()) missed.push(label);
    }
    expect(missed).toEqual([]);
  });

  it('finds every area by its name', () => {
    const isFound = (kind: string, code: string, name: string): boolean =>
      findPlaces(name, 20).some((place) => place.kind === kind && place.code === code);
    expect(listDepartements().filter(({ code, name }) => !isFound('departement', code, name))).toEqual([]);
    expect(listRegions().filter(({ code, name }) => !isFound('region', code, name))).toEqual([]);
    expect(listEpci().filter(({ code, name }) => !isFound('epci', code, name))).toEqual([]);
  });

  it('a very long text is no burden', () => {
    expect(findPlaces('a '.repeat(5000), 5)).toEqual([]);
    expect(nearestPlaceNames('a '.repeat(5000), 5)).toEqual([]);
  });
});

describe('a place that matches', () => {
  it('covers the arrondissements of its city', () => {
    const [paris] = findPlaces('paris', 1);
    expect(communeCodesOf(paris!)).toHaveLength(21);
    expect(communeCodesOf(paris!)).toContain('75115');
    expect(communeCodesOf(findPlaces('lyon 3', 1)[0]!)).toEqual(['69383']);
    expect(communeCodesOf(findPlaces('75015', 1)[0]!)).toEqual(['75115']);
  });

  it('covers the members of its EPCI, which may lie in several départements', () => {
    const [lyon] = findPlaces('métropole de lyon', 1);
    expect(lyon?.communeCodes).toEqual(expect.arrayContaining(['69123', '69381', '69266']));
    const wide = listEpci()
      .flatMap(({ name }) => findPlaces(name, 1))
      .find((place) => place.departementCodes.length > 1);
    expect(wide?.kind).toBe('epci');
  });

  it('a département or region is to be filtered by départements, and lists its communes when asked', () => {
    const [loire] = findPlaces('haute-loire', 1);
    expect(loire).toMatchObject({ communeCodes: null, departementCodes: ['43'], label: 'Haute-Loire (43)' });
    expect(communeCodesOf(loire!)).toContain('43157');
    const [region] = findPlaces('auvergne-rhône-alpes', 1);
    expect(region?.departementCodes).toHaveLength(12);
    expect(communeCodesOf(region!)).toHaveLength(4034);
  });

  it('has the centre of its commune, or of its most populous one', () => {
    const { latitude, longitude } = findCommune('43157')!;
    for (const text of ['le puy', '43000', '43', 'CA du Puy-en-Velay'])
      expect(findPlaces(text, 1)[0]?.position).toEqual({ latitude, longitude });
  });

  it('counts the people of a city once', () => {
    expect(findPlaces('paris', 2).map(({ population }) => population)).toEqual([2_103_778, 2_103_778]);
  });

  it('names itself as people would', () => {
    const labels = ['pontarlier', '43000', '69110', 'bretagne', 'pays de lamastre'].map(
      (text) => findPlaces(text, 1)[0]?.label,
    );
    expect(labels).toEqual([
      'Pontarlier (25)',
      '43000 Le Puy-en-Velay et 4 autres',
      '69110 Sainte-Foy-lès-Lyon',
      'Bretagne',
      'CC du Pays de Lamastre',
    ]);
  });
});

describe('nearestPlaceNames', () => {
  it.each([
    ['pontalier', 'Pontarlier (25)'],
    ['clermon ferand', 'Clermont-Ferrand (63)'],
    ['thonnon', 'Thonon-les-Bains (74)'],
    ['saint etiene', 'Saint-Étienne (42)'],
    ['haute loir', 'Haute-Loire (43)'],
    ['grenobel', 'Grenoble (38)'],
    ['ly0n', 'Lyon (69)'],
  ])('%j is near %s, which findPlaces reads', (text, name) => {
    const names = nearestPlaceNames(text, 5);
    expect(names[0]).toBe(name);
    expect(names.length).toBeLessThanOrEqual(5);
    for (const label of names) expect(findPlaces(label, 1)).toHaveLength(1);
  });

  it.each(['', '?', 'qsdfghjklm'])('nothing is near %j', (text) => {
    expect(nearestPlaceNames(text, 5)).toEqual([]);
  });
});
