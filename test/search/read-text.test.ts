import { describe, expect, test } from 'vitest';

import { foldText } from '#domain/fold.ts';
import type { TermMatch } from '#domain/vocabulary.ts';
import { readText } from '#search/read-text.ts';

/** Each part as `<first letter of what it was taken for>:<text>`: t is a title or, with what it means, a term. */
function show(text: string, mayHoldPlace = true): string[] {
  return readText(text, mayHoldPlace).map((reading) =>
    reading.parts
      .map((part) => (part.as === 'place' ? `place ${part.place.label}` : `${part.as} ${part.text}`))
      .join(' + '),
  );
}

describe('the likeliest reading', () => {
  test.each([
    ['Martin', 'name martin'],
    ['Dr Paul MARTIN', 'title dr + name paul + name martin'],
    ['CARELLET Marie (dr)', 'name carellet + name marie + title dr'],
    ['S. Martin', 'initial s + name martin'],
    ['JP Durand', 'initial jp + name durand'],
    ['kiné grenoble', 'term kine + place Grenoble (38)'],
    ['kiné respi le puy', 'term kine respi + place Le Puy-en-Velay (43)'],
    ['psychomotricienne à marseille', 'term psychomotricienne + place Marseille (13)'],
    ['martin st etienne', 'name martin + place Saint-Étienne (42)'],
    ['martin 43', 'name martin + place Haute-Loire (43)'],
    ['belettaz 42328 roanne cedex', 'name belettaz + place Roanne (42)'],
    ['maurel 31000 toulouse', 'name maurel + place Toulouse (31)'],
    ['bartholin 69437 BRON CEDEX', 'name bartholin + place Bron (69)'],
    ['infirmier aux herbiers', 'term infirmier + place Les Herbiers (85)'],
    ['masseur kiné La Seyne-sur-Mer', 'term masseur kine + place La Seyne-sur-Mer (83)'],
    ['terrier communauté d’agglomération du puy en velay', 'name terrier + place CA du Puy-en-Velay'],
    [
      'secretariat cardiologie ch annecy',
      'term secretariat + term cardiologie + term ch + place Annecy (74)',
    ],
    ['texier 039900014', 'name texier + words 039900014'],
    ['kine gren', 'term kine + place Grenoble (38)'],
    ['infirtier benoit', 'name infirtier + name benoit'],
    ['le goff anne', 'name le + name goff + name anne'],
    ['kiné qui se déplace au puy', 'term kine + term se deplace + place Le Puy-en-Velay (43)'],
    ['je cherche un orthophoniste à saint étienne', 'term orthophoniste + place Saint-Étienne (42)'],
    ['dermato disponible rapidement lyon', 'term dermato + place Lyon (69)'],
    ['infirmier qui', 'term infirmier + place Quimper (29)'],
    ['kiné autour de brioude', 'term kine + place Brioude (43)'],
    ['ide lib vichy', 'term ide lib + place Vichy (03)'],
    ['drainage lymphatique lyon', 'term drainage lymphatique + place Lyon (69)'],
    ['rééducation périnéale lyon', 'term reeducation perineale + place Lyon (69)'],
    ['hypnose lyon', 'term hypnose + place Lyon (69)'],
    ['ophtalmo enfant lyon', 'term ophtalmo + place Lyon (69)'],
    ['service de cardiologie du puy', 'term cardiologie + place Le Puy-en-Velay (43)'],
    ['main lyon', 'name main + place Lyon (69)'],
    ['martin hypnose', 'name martin + name hypnose'],
    ['ehpad les genets', 'term ehpad + name les + name genets'],
    ['ehpad genets', 'term ehpad + place Genêts (50)'],
    ['jean-luc martin', 'name jean + name luc + name martin'],
    ['martin le luc', 'name martin + place Le Luc (83)'],
    ['marie dupont ehpad', 'name marie + name dupont + term ehpad'],
    ['kiné monistrol', 'term kine + name monistrol'],
    ['dentiste paris 13e arrondissement', 'term dentiste + place Paris 13e Arrondissement (75)'],
    ['martin paris xiii', 'name martin + place Paris 13e Arrondissement (75)'],
    ['martin paris v', 'name martin + place Paris (75) + initial v'],
    ['infirmière diabète lyon', 'term infirmiere + term diabete + place Lyon (69)'],
    ['infirmier card', 'term infirmier + name card'],
    ['kiné lomb', 'term kine + name lomb'],
    ['infirmier martin', 'term infirmier + name martin'],
    ['kiné robert', 'term kine + name robert'],
    ['médecin marie', 'term medecin + name marie'],
    ['kiné grenble', 'term kine + place Grenoble (38)'],
    ['dentiste perpignant', 'term dentiste + place Perpignan (66)'],
    ['dupont dentiste bordaux', 'name dupont + term dentiste + place Bordeaux (33)'],
    ['infirmier 38 000', 'term infirmier + place 38000 Grenoble'],
    ['cardiologue femme nantes', 'term cardiologue + place Nantes (44)'],
    ['où trouver un dentiste à strasbourg', 'term dentiste + place Strasbourg (67)'],
    ['spécialiste du genou nantes', 'term genou + place Nantes (44)'],
    ['infirmier à dom nantes', 'term infirmier + term a dom + place Nantes (44)'],
    ['Monsieur le docteur Durand', 'title monsieur + title le + title docteur + name durand'],
    ['le maître jean', 'name le + title maitre + name jean'],
    ["V. D'Esposito", 'initial v + name d + name esposito'],
    ["M. L'Hermite", 'title m + name l + name hermite'],
    ['fabrice pr', 'name fabrice + initial pr'],
    ['martin dr.', 'name martin + title dr'],
    ['D. Etienne', 'initial d + name etienne'],
    ['kiné périnée lyon', 'term kine + term perinee + place Lyon (69)'],
    ['blanc', 'name blanc'],
    ['robert françois', 'name robert + name francois'],
    ['le blanc', 'place Le Blanc (36)'],
    ['erwan m', 'name erwan + initial m'],
    ['j.-m. martin', 'initial j + initial m + name martin'],
    ['M. Martin', 'title m + name martin'],
    ['kiné tlse', 'term kine + place Toulouse (31)'],
    ['pharmacie des halles', 'term pharmacie + name des + name halles'],
    ['pharmacie du pont', 'term pharmacie + name du + name pont'],
    ['ehpad du puy', 'term ehpad + place Le Puy-en-Velay (43)'],
  ])('of "%s" is %s', (text, reading) => {
    expect(show(text)[0]).toBe(reading);
  });

  test('holds no place when the place is asked for apart', () => {
    expect(show('lyon paul', false)).toEqual(['name lyon + name paul']);
  });
});

test.each(['lyon paul', 'infirmier marie', 'boulanger 43'])('the words of "%s" may all be names', (text) => {
  const readings = readText(text, true);
  expect(readings.at(-1)!.isAllNames).toBe(true);
  expect(readings.at(-1)!.names).toEqual(text.split(' '));
});

describe('beside a profession', () => {
  test.each([
    ['infirmière diabète lyon', ['infirmière'], ['diabète']],
    ['kiné genou annecy', ['kiné'], ['genou']],
    ['psychologue dépression', ['psychologue', 'dépression'], []],
    ['médecin diabète', ['médecin', 'diabète'], []],
    ['infirmière urgences', ['infirmière', 'urgences'], []],
  ])('"%s": %j filters, %j is what it is about', (text, terms, topics) => {
    const [reading] = readText(text, true);
    const typed = (words: string[]) => words.map((word) => foldText(word));
    const textOf = (matches: readonly TermMatch[]) =>
      matches.map(({ start, end }) => foldText(text).split(' ').slice(start, end).join(' '));
    expect(textOf(reading!.terms)).toEqual(typed(terms));
    expect(textOf(reading!.topics)).toEqual(typed(topics));
  });
});

test('a text without a word has no reading', () => {
  expect(readText('… !', true)).toEqual([]);
});
