import type { CorrespondentQuestion } from './question.ts';

/** What a question was read as, shown with its answer so that it can be corrected. */
export interface Understanding {
  /** What each part of the text was taken for, in the order of the text; empty when there was no text. */
  parts: UnderstoodPart[];
  /** The place of the question's own parameter; null when none was asked. */
  where: UnderstoodPlace | null;
  near: UnderstoodPlace | null;
  /**
   * What the text asks for that only pages say: those who say so come first, by distance those of them who are near; then who has
   * not said it, who may do it as well; who says that they do not, last.
   */
  preferred: Preference[];
  /** What was given up or added for lack of results, in the order in which it was. */
  widened: Widening[];
  /**
   * With `other-places`: how far from the place asked for the farthest result of this page is, in whole kilometres, upwards; null
   * otherwise, and when none has a position.
   */
  widenedToKm: number | null;
  /** Other communes of the name of the place that was taken; the label of each, given as a place, means that one. */
  alternatives: UnderstoodPlace[];
  /** Null when something was found, or when nothing helps. */
  tryInstead: WiderQuestion | null;
}

/** A question that gives something, for one that gives nothing. */
export interface WiderQuestion {
  /** Members that it gives up. */
  without: (keyof CorrespondentQuestion)[];
  /** What it then asks near; null when as before. */
  near: string | null;
  /** Its text, when only a part of it is given up; null when as before. */
  text: string | null;
  total: number;
}

export type UnderstoodPart =
  | { as: 'title' | 'name' | 'initial' | 'words'; text: string }
  | {
      as: 'term';
      text: string;
      meanings: { label: string; professionCodes: string[]; savoirFaireCodes: string[] }[];
    }
  | { as: 'place'; text: string; place: UnderstoodPlace };

/** An act of `acts.ts`, or a way of practising, with its French label. */
export interface Preference {
  kind: 'act' | 'way';
  code: string;
  label: string;
}

export interface UnderstoodPlace {
  kind:
    | 'commune'
    | 'postcode'
    | 'departement'
    | 'region'
    | 'epci'
    | 'territory'
    | 'position'
    | 'organization';
  code: string;
  label: string;
}

/**
 * `other-words`: the words were also looked for in what people do and where; `other-spellings`: names that differ by a letter; `sounds-alike`: names that sound the same;
 * `other-professions`, `other-places`: what was asked is not kept to; `some-words`: not every word is found.
 */
export type Widening =
  | 'other-words'
  | 'other-spellings'
  | 'sounds-alike'
  | 'other-professions'
  | 'other-places'
  | 'some-words';
