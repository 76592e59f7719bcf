import { foldText } from '#domain/fold.ts';
import { findCommune } from '#domain/geography.ts';

import type { PersonFact, ServiceFact } from './corpus-facts.ts';
import { distanceKm, practisesIn, withParent, type FactIndex } from './fact-index.ts';
import type { JudgedQuery } from './judged-query.ts';

interface Wanted {
  person?: (it: PersonFact) => boolean;
  service?: (it: ServiceFact) => boolean;
}

type Case = readonly [parameters: Record<string, string>, wanted: Wanted, atRank?: 1 | 3 | 5];

const LE_PUY = '43157';
const GRENOBLE = '38185';
const LYON = '69123';
const CLERMONT = '63113';
const ANNECY = '74010';
const SAINT_ETIENNE = '42218';

const named = (family: string, given?: string) => (it: PersonFact) =>
  it.family === family && (given === undefined || it.given === given);
const at = (code: string) => (it: PersonFact) => practisesIn(it, code);
const inDepartement = (code: string) => (it: PersonFact) =>
  it.places.some(({ communeCode }) => findCommune(communeCode)?.departementCode === code);
const does = (professionCode: string) => (it: PersonFact) => it.professionCodes.has(professionCode);
const knows =
  (...codes: string[]) =>
  (it: PersonFact) =>
    codes.some((code) => it.savoirFaireCodes.has(code));
const worksIn = (pattern: RegExp) => (it: PersonFact) =>
  it.places.some(({ establishment }) => establishment && pattern.test(foldText(establishment.name)));
const within = (km: number, latitude: number, longitude: number) => (it: PersonFact) =>
  distanceKm(it, { latitude, longitude }) <= km;
const both =
  <T>(...tests: ((it: T) => boolean)[]) =>
  (it: T) =>
    tests.every((test) => test(it));

const serviceAt = (code: string) => (it: ServiceFact) => withParent(it.communeCode).includes(code);
const serviceOf = (pattern: RegExp) => (it: ServiceFact) =>
  pattern.test(foldText(it.establishment?.name ?? ''));
const serviceCalled = (pattern: RegExp) => (it: ServiceFact) =>
  pattern.test(`${it.serviceName} ${it.localPart}`);
const ofCategory =
  (...codes: string[]) =>
  (it: ServiceFact) =>
    codes.includes(it.establishment?.categoryCode ?? '');

const GENERAL = ['SM26', 'SM53', 'SM54'];
const CARDIO = ['SM04', 'SM73', 'SM79', 'SM80', 'SM81'];

/** What people really type, and what nothing above would draw. */
const CASES: readonly Case[] = [
  [{ q: 'dr martin le puy' }, { person: both(named('martin'), at(LE_PUY)) }],
  [{ q: 'hélène martin kiné le puy' }, { person: both(named('martin', 'helene'), does('70'), at(LE_PUY)) }],
  [{ q: 'helene martin kine', where: 'le puy' }, { person: both(named('martin', 'helene'), does('70'), at(LE_PUY)) }],
  [{ q: 'marie martin infirmiere le puy en velay' }, { person: both(named('martin', 'marie'), does('60'), at(LE_PUY)) }],
  [{ q: 'docteur marie martin', where: '43000' }, { person: both(named('martin', 'marie'), does('10'), at(LE_PUY)) }],
  [{ q: 'jp martin brives charensac' }, { person: both(named('martin', 'jeanpierre'), at('43041')) }],
  [{ q: 'dr jean pierre martin cardiologue' }, { person: both(named('martin', 'jeanpierre'), knows(...CARDIO)) }],
  [{ q: 'martin benoit pharmacien yssingeaux' }, { person: both(named('martin', 'benoit'), at('43268')) }],
  [{ q: 'sage femme martin brioude' }, { person: both(named('martin'), does('50'), at('43040')) }],
  [{ q: 'orthophoniste martin 43' }, { person: both(named('martin'), does('91'), inDepartement('43')) }],
  [{ q: 'martin anne laure orthophoniste' }, { person: both(named('martin', 'annelaure'), does('91')) }],
  [{ q: 'kiné le puy' }, { person: both(does('70'), at(LE_PUY)) }],
  [{ q: 'kiné qui se déplace au puy' }, { person: both(does('70'), at(LE_PUY)) }],
  [{ q: 'je cherche un kiné à grenoble' }, { person: both(does('70'), at(GRENOBLE)) }],
  [{ q: 'kiné autour de grenoble' }, { person: both(does('70'), at(GRENOBLE)) }],
  [{ q: 'drainage lymphatique grenoble' }, { person: both(does('70'), at(GRENOBLE)) }],
  [{ q: 'ide lib st etienne' }, { person: both(does('60'), at(SAINT_ETIENNE)) }],
  [{ q: 'ophtalmo disponible rapidement saint étienne', kind: 'professional' }, { person: both(knows('SM38'), at(SAINT_ETIENNE)) }],
  [{ q: 'assistante sociale hôpital grenoble', kind: 'professional' }, { person: both(does('41'), worksIn(/chu de grenoble/)) }],
  [{ q: 'kiné grenoble' }, { person: both(does('70'), at(GRENOBLE)) }],
  [{ q: 'kine', where: 'st etienne' }, { person: both(does('70'), at(SAINT_ETIENNE)) }],
  [{ q: 'KINE CLERMONT FD' }, { person: both(does('70'), at(CLERMONT)) }],
  [{ q: 'infirmière libérale annecy' }, { person: both(does('60'), at(ANNECY)) }],
  [{ q: 'idel 43' }, { person: both(does('60'), inDepartement('43')) }],
  [{ q: 'ide st chamond' }, { person: both(does('60'), at('42207')) }],
  [{ q: 'généraliste villeurbanne' }, { person: both(knows(...GENERAL), at('69266')) }],
  [{ q: 'medecin generaliste', where: 'bourg en bresse' }, { person: both(knows(...GENERAL), at('01053')) }],
  [{ q: 'médecin traitant lyon 3' }, { person: both(knows(...GENERAL), at('69383')) }],
  [{ q: 'cardio grenoble', kind: 'professional' }, { person: both(knows(...CARDIO), at(GRENOBLE)) }],
  [{ q: 'cardiologue chu grenoble', kind: 'professional' }, { person: both(knows(...CARDIO), worksIn(/chu de grenoble/)) }],
  [{ q: 'ORL', where: '69' }, { person: both(knows('SM34', 'SM39', 'SM86'), inDepartement('69')), service: serviceCalled(/orl/) }],
  [{ q: 'orl lyon', kind: 'professional' }, { person: both(knows('SM34', 'SM39', 'SM86'), at(LYON)) }],
  [{ q: 'dermato haute loire' }, { person: both(knows('SM15'), inDepartement('43')), service: serviceCalled(/dermato/) }],
  [{ q: 'ophtalmo st etienne', kind: 'professional' }, { person: both(knows('SM38'), at(SAINT_ETIENNE)) }],
  [{ q: 'pédiatre', where: 'isère', kind: 'professional' }, { person: both(knows('SM40', 'SM87', 'SM88', 'SM89', 'SM90'), inDepartement('38')) }],
  [{ q: 'psychiatre 42', kind: 'professional' }, { person: both(knows('SM42', 'SM43', 'SM92', 'SM93'), inDepartement('42')) }],
  [{ q: 'gynéco annecy', kind: 'professional' }, { person: both(knows('SM19', 'SM20', 'SM51', 'SM52', 'CEX22'), at(ANNECY)) }],
  [{ q: 'sage-femme', where: '45.04,3.88' }, { person: both(does('50'), within(30, 45.04, 3.88)) }],
  [{ q: 'kiné', where: '45.04,3.88' }, { person: both(does('70'), within(12, 45.04, 3.88)) }],
  [{ q: 'dentiste', near: '43000' }, { person: both(does('40'), within(12, 45.04, 3.88)) }],
  [{ q: 'kiné', near: 'grenoble' }, { person: both(does('70'), within(8, 45.18, 5.72)) }],
  [{ q: 'infirmier', near: '45.77,4.85' }, { person: both(does('60'), within(8, 45.77, 4.85)) }],
  [{ q: 'martin', near: 'le puy' }, { person: both(named('martin'), within(8, 45.04, 3.88)) }],
  [{ q: 'durand', near: '38000' }, { person: both(named('durand'), within(10, 45.18, 5.72)) }],
  [{ q: 'urgences le puy' }, { service: both(serviceCalled(/urgences/), serviceAt(LE_PUY)) }],
  [{ q: 'urgences', where: 'ch annecy' }, { service: both(serviceCalled(/urgences/), serviceOf(/annecy genevois/)) }, 3],
  [{ q: 'urgences chu st etienne' }, { service: both(serviceCalled(/urgences/), serviceOf(/chu de saint etienne/)) }, 3],
  [{ q: 'secrétariat cardiologie clermont' }, { service: both(serviceCalled(/cardio/), serviceAt(CLERMONT)) }, 3],
  [{ q: 'maternité lyon', kind: 'service' }, { service: both(serviceCalled(/maternite/), (it) => serviceAt(LYON)(it) || serviceOf(/lyon/)(it)) }, 3],
  [{ q: 'soins palliatifs haute loire', kind: 'service' }, { service: both(serviceCalled(/palliatifs/), (it) => it.communeCode.startsWith('43')) }, 3],
  [{ q: 'réanimation gabriel montpied', kind: 'service' }, { service: both(serviceCalled(/reanimation/), serviceOf(/montpied/)) }, 3],
  [{ q: 'neurologie hcl', kind: 'service' }, { service: both(serviceCalled(/neuro/), serviceOf(/hospices civils de lyon| hcl/)) }, 3],
  [{ q: 'ehpad', where: '43', kind: 'service' }, { service: both(ofCategory('500'), (it) => it.communeCode.startsWith('43')) }],
  [{ q: 'ehpad haute-loire' }, { service: both(ofCategory('500'), (it) => it.communeCode.startsWith('43')), person: (it) => it.places.some(({ establishment: e }) => e?.categoryCode === '500' && e.communeCode.startsWith('43')) }, 3],
  [{ q: 'ssiad', where: 'isère', kind: 'service' }, { service: both(ofCategory('354', '209'), (it) => it.communeCode.startsWith('38')) }],
  [{ q: 'had rhône', kind: 'service' }, { service: both((it) => ofCategory('127')(it) || serviceCalled(/hospitalisation a domicile|\bhad\b/)(it), (it) => it.communeCode.startsWith('69')) }],
  [{ q: 'cmp enfants', kind: 'service', where: 'loire' }, { service: both((it) => /cmp enfants/.test(it.serviceName + it.localPart.replaceAll('-', ' ')), (it) => it.communeCode.startsWith('42')) }, 3],
  [{ q: 'pharmacie lyon 8', kind: 'service' }, { service: both((it) => ofCategory('620')(it) || serviceCalled(/pharmacie/)(it), serviceAt('69388')) }],
  [{ q: 'labo grenoble' }, { service: both((it) => ofCategory('611')(it) || serviceCalled(/labo/)(it), serviceAt(GRENOBLE)), person: both((it) => it.professionCodes.has('86') || it.savoirFaireCodes.has('SM03') || it.places.some(({ establishment }) => establishment?.categoryCode === '611'), at(GRENOBLE)) }],
  [{ q: 'le goff' }, { person: named('legoff') }],
  [{ q: 'legoff' }, { person: named('legoff') }],
  [{ q: "d'almeida" }, { person: named('dalmeida') }],
  [{ q: 'd almeida' }, { person: named('dalmeida') }],
  [{ q: "o'brien" }, { person: named('obrien') }],
  [{ q: 'nguyen lyon' }, { person: both(named('nguyen'), at(LYON)) }],
  [{ q: 'ngo', where: 'lyon' }, { person: both(named('ngo'), at(LYON)) }],
  [{ q: 'li' }, { person: named('li') }],
  [{ q: 'mr petit saint etienne' }, { person: both(named('petit'), at(SAINT_ETIENNE)) }],
  [{ q: 'mme bernard psychologue grenoble' }, { person: both(named('bernard'), does('93'), at(GRENOBLE)) }, 3],
  [{ q: 'filippe martin' }, { person: named('martin', 'philippe') }, 3],
  [{ q: 'katrine dupon' }, { person: (it) => it.given === 'catherine' && /^dupon[dt]?$/.test(it.family) }, 3],
  [{ q: 'martin sofie' }, { person: named('martin', 'sophie') }, 3],
  [{ q: 'tomas christine' }, { person: named('thomas', 'christine') }, 3],
  [{ q: 'lefevre marie' }, { person: (it) => it.given === 'marie' && /^lefe(bv|v)re$/.test(it.family) }, 3],
  [{ q: 'mullér' }, { person: named('muller') }],
  [{ q: 'goncalvès' }, { person: named('goncalves') }],
]; // prettier-ignore

/** A case of which the corpus has nobody is left out: there are `CASES` enough. */
export function listHandWrittenQueries(facts: FactIndex): JudgedQuery[] {
  return CASES.map(([parameters, { person, service }, atRank = 1]) => ({
    class: 'hand-written',
    parameters,
    accepted: new Set([
      ...(person ? facts.people.filter(person) : []).map(({ id }) => id),
      ...(service ? facts.services.filter(service) : []).map(({ id }) => id),
    ]),
    wanted: 'see hand-written-queries.ts',
    atRank,
  })).filter(({ accepted }) => accepted.size > 0);
}
