import { describe, expect, it } from 'vitest';
import { foldCompact, foldText } from '#domain/fold.ts';

describe('foldText', () => {
  it.each([
    ['Saint-Étienne', 'saint etienne'],
    ["L'Haÿ-les-Roses", 'l hay les roses'],
    ['L’Haÿ', 'l hay'],
    ['BÉNÉDICTE', 'benedicte'],
    ['Be\u0301ne\u0301dicte', 'benedicte'],
    ['Vandœuvre-lès-Nancy', 'vandoeuvre les nancy'],
    ['ŒUF', 'oeuf'],
    ['Cæsar Straße Ørsted Łódź', 'caesar strasse orsted lodz'],
    ['C.H.U. (site nord)', 'c h u site nord'],
    ['  deux   mots\u00a0insécables ', 'deux mots insecables'],
    ['Lyon 3ᵉ', 'lyon 3e'],
    ['CHALON S/SAONE', 'chalon s saone'],
    ['ﬁn', 'fin'],
    ['Ελλάδα', 'ελλαδα'],
    ['déjà plié', 'deja plie'],
    ['--', ''],
    ['', ''],
  ])('%j becomes %j', (text, folded) => {
    expect(foldText(text)).toBe(folded);
    expect(foldText(folded)).toBe(folded);
  });
});

it('foldCompact makes names equal whose word boundaries differ', () => {
  expect(new Set(["L'Haÿ-les-Roses", 'LHAY LES ROSES', 'l hay lesroses'].map(foldCompact))).toEqual(
    new Set(['lhaylesroses']),
  );
});
