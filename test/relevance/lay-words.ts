import type { PersonFact, ServiceFact } from './corpus-facts.ts';

/** Who is meant by words that people use for what somebody does. Any of the listed conditions will do. */
export interface LayWords {
  words: readonly string[];
  professionCodes?: readonly string[];
  savoirFaireCodes?: readonly string[];
  /** In liberal practice only. */
  isLiberal?: boolean;
  /** Whoever practises in, or receives mail for, an establishment of these categories (TRE_R66). */
  categoryCodes?: readonly string[];
  /** Services whose name holds this word are meant too: "cardio" may be the cardiology of the hospital. */
  service?: RegExp;
}

/** Ambiguous words accept all their meanings. */
export const PROFESSION_WORDS: readonly LayWords[] = [
  { words: ['kiné', 'kine', 'kinés', 'kinésithérapeute', 'kinesitherapeutes', 'masseur kiné'], professionCodes: ['70'] },
  { words: ['infirmier', 'infirmière', 'infirmiere', 'infirmières', 'IDE', 'infirmiers'], professionCodes: ['60', '69'] },
  { words: ['IDEL', 'idel', 'infirmière libérale', 'infirmier liberal'], professionCodes: ['60'], isLiberal: true },
  { words: ['sage-femme', 'sage femme', 'sages-femmes', 'sages femmes'], professionCodes: ['50'] },
  { words: ['dentiste', 'dentistes', 'chirurgien dentiste'], professionCodes: ['40'] },
  { words: ['orthophoniste', 'orthophonistes', 'orthophonie'], professionCodes: ['91'] },
  { words: ['orthoptiste', 'orthoptie'], professionCodes: ['92'] },
  { words: ['podologue', 'pédicure', 'pedicure podologue'], professionCodes: ['80'] },
  { words: ['podo'], professionCodes: ['80', '82'] },
  { words: ['ergothérapeute', 'ergo', 'ergothérapeutes'], professionCodes: ['94'] },
  { words: ['diététicienne', 'dieteticien', 'diét', 'diététiciennes'], professionCodes: ['95'] },
  { words: ['psychomotricienne', 'psychomotricien', 'psychomot'], professionCodes: ['96'] },
  { words: ['psychologue', 'psychologues', 'neuropsychologue'], professionCodes: ['93'] },
  { words: ['ostéo', 'ostéopathe', 'osteopathe', 'ostéopathes'], professionCodes: ['71'] },
  { words: ['opticien', 'opticienne', 'opticiens'], professionCodes: ['28'] },
  { words: ['audio', 'audioprothésiste'], professionCodes: ['26'] },
  { words: ['manip radio', 'manipulateur radio'], professionCodes: ['98'] },
  { words: ['assistante sociale', 'assistant social'], professionCodes: ['41'] },
  { words: ['psychothérapeute', 'psychotherapeutes'], professionCodes: ['72'] },
  { words: ['pharmacien', 'pharmacienne', 'pharmaciens'], professionCodes: ['21'] },
  { words: ['médecin', 'medecin', 'médecins', 'toubib'], professionCodes: ['10'] },
  { words: ['pharmacie', 'pharmacies', 'officine'], professionCodes: ['21'], categoryCodes: ['620'], service: /pharmacie|officine/ },
  { words: ['labo', 'laboratoire'], professionCodes: ['86'], savoirFaireCodes: ['SM03'], categoryCodes: ['611'], service: /labo/ },
  { words: ['ortho'], professionCodes: ['91', '92', '81', '83'], savoirFaireCodes: ['SM08', 'SM70', 'SCD01'], service: /orthop/ },
  { words: ['psy', 'psys'], professionCodes: ['93', '72'], savoirFaireCodes: ['SM42', 'SM43', 'SM92', 'SM93', 'SM33'], service: /psy/, categoryCodes: ['292', '156'] },
  { words: ['généraliste', 'generaliste', 'médecin traitant', 'généralistes', 'médecin généraliste', 'MG'], savoirFaireCodes: ['SM26', 'SM53', 'SM54'] },
  { words: ['orthodontiste', 'ODF'], savoirFaireCodes: ['SCD01'] },
]; // prettier-ignore

export const SPECIALTY_WORDS: readonly LayWords[] = [
  { words: ['cardio', 'cardiologue', 'cardiologues', 'cardiologie'], savoirFaireCodes: ['SM04', 'SM73', 'SM79', 'SM80', 'SM81'], service: /cardio/ },
  { words: ['ORL', 'orl', 'oto-rhino', 'oto rhino laryngologiste'], savoirFaireCodes: ['SM34', 'SM39', 'SM86'], service: /orl/ },
  { words: ['dermato', 'dermatologue', 'dermatologie'], savoirFaireCodes: ['SM15'], service: /dermato/ },
  { words: ['ophtalmo', 'ophtalmologue', 'ophtalmologiste', 'ophtalmologistes'], savoirFaireCodes: ['SM38'], service: /ophtalmo/ },
  { words: ['gynéco', 'gynécologue', 'gyneco', 'gynécologie'], savoirFaireCodes: ['SM19', 'SM20', 'SM51', 'SM52', 'CEX22'], service: /gyneco/ },
  { words: ['gastro', 'gastro-entérologue', 'gastroenterologue', 'gastroentérologie'], savoirFaireCodes: ['SM24'], service: /gastro/ },
  { words: ['rhumato', 'rhumatologue', 'rhumatologie'], savoirFaireCodes: ['SM48'], service: /rhumato/ },
  { words: ['pneumo', 'pneumologue', 'pneumologie'], savoirFaireCodes: ['SM41'], service: /pneumo/ },
  { words: ['neurologue', 'neurologie'], savoirFaireCodes: ['SM32', 'SM33', 'SM84', 'SM88'], service: /neuro/ },
  { words: ['neuro'], savoirFaireCodes: ['SM31', 'SM32', 'SM33', 'SM84', 'SM88'], service: /neuro/ },
  { words: ['uro', 'urologue', 'urologie'], savoirFaireCodes: ['SM12', 'CEX64'], service: /urologie/ },
  { words: ['néphro', 'néphrologue', 'nephrologie'], savoirFaireCodes: ['SM30', 'SM83'], service: /nephro/, categoryCodes: ['141'] },
  { words: ['endocrino', 'endocrinologue', 'endocrinologie'], savoirFaireCodes: ['SM16', 'SM62', 'C36'], service: /endocrino/ },
  { words: ['pédiatre', 'pediatre', 'pédiatres', 'pédiatrie'], savoirFaireCodes: ['SM40', 'SM87', 'SM88', 'SM89', 'SM90'], service: /pediatrie/ },
  { words: ['psychiatre', 'psychiatres', 'psychiatrie'], savoirFaireCodes: ['SM42', 'SM43', 'SM92', 'SM93', 'SM33'], service: /psychiatrie|psychiatre/ },
  { words: ['radiologue', 'radiologie'], savoirFaireCodes: ['SM44', 'SM55', 'SM74', 'SM94'], service: /radiologie/ },
  { words: ['radio'], savoirFaireCodes: ['SM44', 'SM55', 'SM74', 'SM94'], professionCodes: ['98'], service: /radiologie/ },
  { words: ['gériatre', 'geriatre', 'gériatrie'], savoirFaireCodes: ['SM18', 'CAPA06', 'DSM213'], service: /geriatrie/ },
  { words: ['anesthésiste', 'anesthesiste', 'anesthésie'], savoirFaireCodes: ['SM02'], service: /anesthesie/ },
  { words: ['urgentiste', 'urgentistes'], savoirFaireCodes: ['SM59', 'DSM220', 'CAPA02'], service: /urgences/ },
  { words: ['chirurgien orthopédiste', 'chirurgie orthopédique'], savoirFaireCodes: ['SM08', 'SM70'], service: /chirurgie orthopedique/ },
  { words: ['chirurgien viscéral', 'chirurgie viscérale'], savoirFaireCodes: ['SM14', 'SM78'], service: /chirurgie viscerale/ },
  { words: ['médecin du travail', 'medecine du travail'], savoirFaireCodes: ['SM25'], categoryCodes: ['616'] },
  { words: ['oncologue', 'onco', 'cancérologue'], savoirFaireCodes: ['SM36', 'SM35', 'SM37', 'C35', 'DSM206'], service: /oncologie/ },
  { words: ['biologiste', 'biologie médicale'], savoirFaireCodes: ['SM03', 'SM63', 'SM64', 'SM65', 'SM66', 'SM67'] },
  { words: ['angiologue', 'médecin vasculaire', 'medecine vasculaire'], savoirFaireCodes: ['SM04', 'SM13', 'SM61', 'C34', 'CAPA04'] },
]; // prettier-ignore

/** What people have or want done, and who is asked for it. */
export const NEED_WORDS: readonly LayWords[] = [
  { words: ['infarctus', 'hypertension', 'palpitations'], savoirFaireCodes: ['SM04', 'SM73', 'SM79', 'SM80', 'SM81'] },
  { words: ['migraine', 'migraines', 'épilepsie', 'maladie de parkinson'], savoirFaireCodes: ['SM32', 'SM33', 'SM84'] },
  { words: ['eczéma', 'acné', 'grain de beauté', 'psoriasis'], savoirFaireCodes: ['SM15'] },
  { words: ['cataracte', 'glaucome', "fond d'œil"], savoirFaireCodes: ['SM38'] },
  { words: ['vertiges', 'acouphènes', 'sinusite'], savoirFaireCodes: ['SM34', 'SM39', 'SM86'], professionCodes: ['70'] },
  { words: ['asthme', 'bpco'], savoirFaireCodes: ['SM41'] },
  { words: ['arthrose', 'polyarthrite'], savoirFaireCodes: ['SM48'] },
  { words: ['mal de dos', 'lombalgie', 'sciatique'], professionCodes: ['70'], savoirFaireCodes: ['SM48'] },
  { words: ['dépression', 'burn out', 'anxiété'], professionCodes: ['93'], savoirFaireCodes: ['SM42', 'SM43', 'SM92', 'SM93', 'SM33'] },
  { words: ['grossesse', 'suivi de grossesse', 'frottis'], professionCodes: ['50'], savoirFaireCodes: ['SM19', 'SM20', 'SM51', 'SM52', 'CEX22'] },
  { words: ['dyslexie', 'bégaiement'], professionCodes: ['91'], service: /dys/ },
  { words: ['carie', 'détartrage', 'urgence dentaire', 'dentiste de garde'], professionCodes: ['40'] },
  { words: ['pansements', 'piqûre'], professionCodes: ['60', '69'] },
  { words: ['irm', 'scanner', 'échographie', 'mammographie', 'radiographie'], savoirFaireCodes: ['SM44', 'SM55', 'SM74', 'SM94'], service: /irm|scanner|echographie|imagerie|radiologie|senologie/ },
  { words: ['coloscopie', 'maladie de crohn'], savoirFaireCodes: ['SM24'], service: /endoscopie/ },
  { words: ['ongle incarné'], professionCodes: ['80'] },
]; // prettier-ignore

export function isMeantPerson(lay: LayWords, person: PersonFact): boolean {
  const isLiberal = !lay.isLiberal || person.places.some(({ modeExercice }) => modeExercice === 'L');
  return (
    (isLiberal && lay.professionCodes?.some((code) => person.professionCodes.has(code))) ||
    lay.savoirFaireCodes?.some((code) => person.savoirFaireCodes.has(code)) ||
    person.places.some(({ establishment }) => lay.categoryCodes?.includes(establishment?.categoryCode ?? ''))
  );
}

export function isMeantService(lay: LayWords, service: ServiceFact): boolean {
  return (
    (lay.service?.test(`${service.serviceName} ${service.localPart}`) ?? false) ||
    (lay.categoryCodes?.includes(service.establishment?.categoryCode ?? '') ?? false)
  );
}
