/**
 * Writes `src/domain/vocabulary.json` from our own synonyms, the tables below and the labels of `src/domain/code-lists.json`.
 * Usage: `node scripts/make-vocabulary.ts <folder of reference data>` (the one that holds `nos/`)
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listCodes } from '../src/domain/code-lists.ts';
import type { CodeListId } from '../src/domain/code-lists.ts';
import { foldText } from '../src/domain/fold.ts';
import { toStemKey } from '../src/domain/vocabulary-forms.ts';
import { MEANING_KINDS } from '../src/domain/vocabulary-meaning.ts';
import type { MeaningKind } from '../src/domain/vocabulary-meaning.ts';

/*
 * A line is `label | codes | words | terms`. Codes: p: profession, s: savoir-faire (after `+` those that have another label of
 * their own), c: category of establishment, m: mode d'exercice, w: way of practising, mailbox. Words are those of names of
 * services and structures. Terms are what people type; the label is one too. Number and gender go without saying.
 * The order is the rank: among completions of a prefix the first line comes first.
 */
const PROFESSIONS = `
infirmier | p:60,69 | infirmier, infirmiere, soins infirmiers, ide | ide, infi, infirmier diplômé d'état, infirmerie, soins infirmiers
médecin | p:10 | medecin, medecine | toubib, doc, praticien, médecine
masseur-kinésithérapeute | p:70 | kinesitherapie, kinesitherapeute, masseur kinesitherapeute, kine | kiné, kinésithérapeute, kinésithérapie, masseur kiné, masseur, mk, mkde, mkdel, physio, physiothérapeute, masso-kinésithérapie, kiné libéral, kiné lib, kiné respiratoire, kiné respi, kinésithérapie respiratoire, kiné du sport, kiné pédiatrique, kiné à domicile
pharmacien | p:21 | pharmacien | apothicaire, pharmacien d'officine, pharmacien hospitalier, docteur en pharmacie
chirurgien-dentiste | p:40 | dentiste, dentaire, odontologie, chirurgien dentiste | dentiste, chir dent, odontologie, odontologue, odontologiste, soins dentaires, cabinet dentaire, dent, médecin dentiste, pédodontiste, implantologue, parodontiste, parodontologue, endodontiste
sage-femme | p:50 | sage femme, sages femmes | sf, maïeuticien, maïeutique, sage-femme libérale, sf lib
psychologue | p:93 | psychologue, psychologie | neuropsy, neuropsychologue, neuropsychologie, psycho, psychologie, psychologue clinicien, psychologue du travail
orthophoniste | p:91 | orthophoniste, orthophonie | orthophonie, ortho phono, logopède
infirmier libéral | p:60 m:L | cabinet infirmier | idel, ide lib, idel lib, inf lib, infirmier lib, infirmière à domicile, cabinet infirmier
pédicure-podologue | p:80 | podologue, pedicure, podologie, pedicurie | podo, podologue, podologie, pédicure
opticien-lunetier | p:28 | opticien, optique | opticien, lunetier, lunettes, optique
diététicien | p:95 | dieteticien, dieteticienne, dietetique | diét, diététique, nutritionniste diététicien
ergothérapeute | p:94 | ergotherapeute, ergotherapie | ergo, ergothérapie
ostéopathe | p:71 | osteopathe, osteopathie | ostéo, ostéopathie
orthoptiste | p:92 | orthoptiste, orthoptie | orthoptie
psychomotricien | p:96 | psychomotricien, psychomotricienne, psychomotricite | psychomot, psychomotricité, psychomotriciste
manipulateur en électroradiologie médicale | p:98 | manipulateur radio, electroradiologie | manip radio, manipulateur radio, manip, manipulateur, mer, mem, manipulateur ERM, manipulateur en radiologie, manipulateur d'électroradiologie médicale
audioprothésiste | p:26 | audioprothesiste, audioprothese, audition | audio, appareil auditif, prothèse auditive, audioprothèse
psychothérapeute | p:72 | psychotherapeute, psychotherapie | thérapeute, psychothérapie
chiropracteur | p:73 | chiropracteur, chiropractie | chiro, chiropraxie, chiropractie, chiropraticien
assistant de service social | p:41 | assistante sociale, assistant social, service social | assistante sociale, AS sociale, ASS, travailleur social, assistant du service social
assistant dentaire | p:31 | assistante dentaire, assistant dentaire |
technicien de laboratoire médical | p:86 | technicien de laboratoire | technicien de laboratoire, technicien labo, laborantin
orthoprothésiste | p:81 | orthoprothesiste, orthoprothese | prothésiste, prothèse de jambe
podo-orthésiste | p:82 | podo orthesiste | chaussures orthopédiques, podoorthésiste
orthopédiste-orthésiste | p:83 | orthopediste orthesiste, orthesiste | orthésiste
oculariste | p:84 | oculariste | prothèse oculaire
épithésiste | p:85 | epithesiste |
physicien médical | p:32 | physicien medical, physique medicale | radiophysicien, physique médicale, physicien
conseiller en génétique | p:97 | conseiller en genetique, conseil genetique | conseil génétique
aide-soignant | p:35 | aide soignant, aide soignante | aide soignante
ambulancier | p:36 | ambulancier, ambulance, ambulances | ambulance, vsl, transport sanitaire
auxiliaire de puériculture | p:37 | auxiliaire de puericulture |
infirmier puériculteur | p:60 | puericultrice, puericulture | puéricultrice, puériculteur, puer, ipde, infirmière puéricultrice, puériculture
infirmier psychiatrique | p:69 | infirmier psychiatrique | infirmier en psychiatrie, infirmier psy, isp
pédopsychologue | p:93 | pedopsychologue | psychologue pour enfant, psychologue enfant, psychologue scolaire
`;

const SAVOIR_FAIRE = `
médecine générale | s:SM26,SM53,SM54 | medecine generale, medecin generaliste | généraliste, mg, médecin traitant, mt, médecin de famille, omnipraticien, médecin généraliste, omni, gp, spécialiste en médecine générale, qualifié en médecine générale, docteur généraliste
cardiologie | s:SM04,SM73,C07+SM79,SM80,SM81,SST05 | cardiologie, cardio | cardio, cardiologue, cœur, cmv, cardiologie et maladies vasculaires, médecine cardiovasculaire, maladies cardiovasculaires
psychiatrie | s:SM42,C57+SM43,SM92,SM93,C58,SM33,C47 | psychiatrie | psychiatre, psychiatrie générale
gynécologie médicale et obstétrique | s:C23,CEX22+SM19,SM20,SM51,SM52,C25,CEX24,C27,CEX26 | gynecologie | gynéco, gynécologue, gynécologie, gynécologie obstétrique et gynécologie médicale
pédiatrie | s:SM40,C51+SM87,SM88,SM89,SM90 | pediatrie | pédiatre, médecin enfant, médecin pour enfants
ophtalmologie | s:SM38+SM85 | ophtalmologie, ophtalmo | ophtalmo, ophtalmologue, ophtalmologiste, oculiste, oph, yeux
dermatologie et vénéréologie | s:SM15,C15 | dermatologie, dermato | dermato, dermatologue, dermatologie, vénéréologue, vénéréologie, peau, dermatologie vénérologie
anesthésie-réanimation | s:SM02,C03+SM76 | anesthesie | anesthésiste, anesthésie, ar, anesthésiste réanimateur, mar, médecin anesthésiste
radiologie et imagerie médicale | s:SM44,SM74+SM55,SM94 | radiologie, imagerie, scanner, irm | radio, radiologue, radiologie, imagerie, imagerie médicale, radiodiagnostic
gastro-entérologie et hépatologie | s:SM24,C29 | gastro enterologie, gastroenterologie, hepato gastro enterologie, hepatologie | gastro, gastroentérologue, gastro-entérologue, gastro-entérologie, hge, hépato, hépatologue, hépatologie, hépato-gastro, gastro-entéro, hépato-gastro-entérologie, hépato-gastro-entérologue, hépatogastroentérologue, hépatogastro, proctologue, proctologie
pneumologie | s:SM41,C54+SM91,SM89 | pneumologie | pneumo, pneumologue, poumons
neurologie | s:SM32,C43+SM84,SM33,C47 | neurologie, neuro vasculaire, neurovasculaire | neuro, neurologue
rhumatologie | s:SM48,C62 | rhumatologie | rhumato, rhumatologue, articulations
ORL et chirurgie cervico-faciale | s:SM34,SM39+SM86,C83,DSM207 | orl, oto rhino laryngologie | orl, oto-rhino, otorhino, oto-rhino-laryngologie, oto-rhino-laryngologiste, otorhinolaryngologie, otorhinolaryngologiste, nez gorge oreille
chirurgie orthopédique et traumatologie | s:SM08,C12+SM70 | chirurgie orthopedique, orthopedie, traumatologie | orthopédiste, orthopédie, chir ortho, traumato, traumatologie, traumatologue, chirurgie orthopédique, chirurgien orthopédiste, chirurgien orthopédique, ortho traumato
endocrinologie | s:SM16,SM62,C37,C75+C36 | endocrinologie | endoc, endocrino, endocrinologue, thyroïde, endocrinologie diabétologie nutrition, endocrinologie et métabolisme
diabétologie | s:C36+SM62,SM16 | diabetologie | diabéto, diabétologue, diabète, endocrino-diabétologie, diabétologie-nutrition
gériatrie | s:SM18,CAPA06,DSM213 | geriatrie, gerontologie | gériatre, géronto, gérontologue, gérontologie
orthopédie dento-faciale | s:SCD01,C76,DSM227,DEC21+SM77 p:40 | orthodontie, orthopedie dento faciale | orthodontiste, orthodontie, odf, ortho dentaire, appareil dentaire, orthopédie dento-maxillo-faciale
gynécologie-obstétrique | s:SM20,SM51,C27,CEX26+C23,CEX22 | gynecologie obstetrique, obstetrique | obstétricien, obstétrique, accoucheur, gynéco-obs, go, gynéco-obstétricien, gynécologue obstétricien
gynécologie médicale | s:SM19,SM52,C25,CEX24+C23,CEX22 | gynecologie medicale | gynéco médicale, gynécologue médical
médecine d'urgence | s:SM59,DSM220,DEC14+CAPA02,SST26 | urgences, smur, samu | urgentiste, médecin urgentiste
chirurgie urologique | s:SM12,C13,CEX64 | urologie | uro, urologue, urologie, prostate, chirurgien urologue, chirurgien urologique
chirurgie viscérale et digestive | s:SM14+SM78 | chirurgie viscerale, chirurgie digestive | viscéral, chir visc, chirurgie viscérale, chirurgie digestive, chirurgien digestif, chirurgien viscéral, chir viscérale, chir dig
chirurgie générale | s:SM05 | chirurgie generale | chirurgien général
chirurgie | s:+SM05,SM06,SM07,SM08,SM09,SM10,SM11,SM12,SM13,SM14,SM31,SM68,SM69,SM70,SM78,C09,C10,C11,C12,C13,C45,C68,C83,SST06,SST08 | chirurgie | chirurgien, chir, chirurgical
néphrologie | s:SM30,C30+SM83 | nephrologie, dialyse, hemodialyse | néphro, néphrologue, rein
hématologie | s:SM21,SM22,SM71,C38,DSM215+SM23,SM35,SST13,DSM214 | hematologie | hémato, hématologue, maladies du sang
onco-hématologie | s:SM23,SM35 | onco hematologie, oncohematologie | onco-hématologue, hémato-oncologie
oncologie | s:SM36,C35,DSM206,DSM236,DEC04,SST04+SM35,SM23,SM37 | oncologie, cancerologie | onco, oncologue, cancérologue, cancéro, cancérologie, cancer, cancer du sein, oncologie médicale
chimiothérapie | s:+SM36,DSM236,DEC04,SST04 | chimiotherapie, oncologie | chimio
radiothérapie | s:SM37,SM45+SM55 | radiotherapie | radiothérapeute, rayons, oncologie radiothérapie, oncologue radiothérapeute
pédopsychiatrie | s:SM43,SM92,C58,DSM231,DEC24 | pedopsychiatrie, psychiatrie infanto juvenile, psychiatrie de l enfant | pédopsy, pédopsychiatre, psychiatre enfant, psychiatrie de l'enfant et de l'adolescent, psychiatrie infanto-juvénile, psychiatrie enfant, psychiatre pour enfant
biologie médicale | s:SM03+SM63,SM64,SM65,SM66,SM67 p:10,21 | biologie, laboratoire | biologiste, biologiste médical, biologie
addictologie | s:CAPA01,DSM200,DEC01,SST01,CAPA16 | addictologie | addicto, addictologue, alcool, alcoologue, alcoologie, drogues, toxicomanie, addiction
médecine physique et de réadaptation | s:SM29,C60 | medecine physique, readaptation, reeducation | mpr, médecin rééducateur, rééducation, rééducateur, médecin mpr, médecine physique, réadaptation, médecine physique et réadaptation
allergologie | s:SM57,CAPA03,C33,DSM201,DEC02,SST15 | allergologie | allergo, allergologue, allergies, allergologie et immunologie clinique
médecine du travail | s:SM25,C41,CAPA11 | medecine du travail, sante au travail | médecin du travail
médecine interne | s:SM27,SM72 | medecine interne | interniste, médecin interniste
maladies infectieuses et tropicales | s:SM58,DSM228,DEC22+C31,CAPA13 | maladies infectieuses, infectiologie | infectio, infectiologue, infectiologie, mit, maladies infectieuses
médecine vasculaire | s:SM61,CAPA04,C34,DSM223,DEC17 | medecine vasculaire, angiologie, angeiologie | angiologue, angiologie, angéiologie, angéiologue, phlébologue, phlébologie, angio, phlébo, médecin vasculaire
neurochirurgie | s:SM31,C45 | neurochirurgie, neuro chirurgie | neurochir, neurochirurgien, neuro-chirurgie, neuro-chirurgien
chirurgie vasculaire | s:SM13,DSM209 | chirurgie vasculaire | chir vasculaire, chirurgien vasculaire
chirurgie thoracique et cardio-vasculaire | s:SM11,C11 | chirurgie thoracique, chirurgie cardiaque | chirurgie thoracique, chirurgie cardiaque, chirurgien thoracique, chirurgien cardiaque, chir thoracique, chir cardiaque, chirurgie cardiovasculaire
chirurgie plastique, reconstructrice et esthétique | s:SM10,C09,DSM208 | chirurgie plastique, chirurgie esthetique | chirurgie esthétique, chirurgie plastique, chir plastique, plasticien, chirurgien plasticien, chirurgien plastique, chirurgien esthétique, chir esthétique, chirurgie plastique et reconstructrice
chirurgie maxillo-faciale | s:SM06,SM68,SM07,C10+SM77,SM50 | chirurgie maxillo faciale, maxillo faciale | maxillo, cmf, maxillo-facial, chirurgien maxillo-facial, chir maxillo
stomatologie | s:SM50+SM07 | stomatologie | stomato, stomatologue, chirurgie maxillo-faciale et stomatologie
chirurgie orale | s:SM56,SCD02 p:10,40 | chirurgie orale | chirurgien oral
médecine bucco-dentaire | s:SCD03 p:40 | medecine bucco dentaire | mbd
chirurgie pédiatrique | s:SM09,C68+SM69,SM70 | chirurgie pediatrique, chirurgie infantile | chirurgien pédiatrique, chirurgie infantile, chirurgien infantile, chirurgien pédiatre, chir péd
chirurgie de la face et du cou | s:C83,DSM207 | chirurgie de la face et du cou |
chirurgie de la main | s:SST06 | chirurgie de la main, sos main | sos main, chirurgien de la main
réanimation | s:SM46,C39,DSM233+SM02,C03,SM82,SM90 | reanimation, soins intensifs, soins critiques | réa, réanimateur, médecine intensive, médecine intensive-réanimation, mir, réanimation médicale, réanimateur intensiviste, soins intensifs, usi
rythmologie | s:SM81 | rythmologie | rythmo, rythmologue, pacemaker, cardiologue rythmologue
cardiologie interventionnelle | s:SM79 | cardiologie interventionnelle, coronarographie | cardiologue interventionnel, coronarographie, coro
médecine nucléaire | s:SM28,C69,DSM222 | medecine nucleaire, scintigraphie, tep | scinti, scintigraphie, tep, pet scan, tep-scan, médecin nucléaire
génétique médicale | s:SM17,C72 | genetique | généticien, génétique
douleur | s:CAPA05,SST09+DSM235,DEC12 | douleur, antidouleur | algologue, algologie, centre antidouleur, douleur chronique, cetd, sdc, centre de la douleur, évaluation et traitement de la douleur
soins palliatifs | s:SST17+DSM235,DEC12 | soins palliatifs, palliatif | médecine palliative, fin de vie, usp, unité de soins palliatifs, palliatif
médecine de la douleur et médecine palliative | s:DSM235,DEC12 | douleur, soins palliatifs |
médecine du sport | s:CAPA10,DSM219,DEC15,SST21,C05 c:270 | medecine du sport | médecin du sport, cms sport, sport, médecine et biologie du sport, médecine appliquée aux sports
médecine légale et expertises médicales | s:SM60,C40,DSM221,DEC16+SST10,CAPA14 | medecine legale, medico judiciaire | légiste, médecine légale, umj, médecin légiste, unité médico-judiciaire
anatomie et cytologie pathologiques | s:SM01,C01 | anatomie pathologique, anatomopathologie, anapath | anapath, anatomo-pathologiste, acp, pathologiste, anatomo-pathologie, anatomopathologie, anatomie et cytologie pathologiques humaines
néonatologie | s:SM87,DSM224,DEC18 | neonatologie, neonatalogie | néonat, néonatologue, néonatalogie, pédiatrie option néonatologie
neuropédiatrie | s:SM88 | neuropediatrie | neuropéd, neuropédiatre, neuro-pédiatre, neuro-pédiatrie, neurologue pédiatrique, neurologie pédiatrique, neurologue enfant
psychiatrie de la personne âgée | s:SM93 | psychiatrie de la personne agee, psychogeriatrie, gerontopsychiatrie | géronto-psy, gérontopsychiatrie, psychogériatrie, gérontopsychiatre, psychogériatre
nutrition | s:DSM226,DEC20,SST22+SM62,C36 | nutrition, obesite | médecin nutritionniste, nutritionniste médecin
santé publique | s:SM75,SM49+SM95 | sante publique | médecin de santé publique, santé publique et médecine sociale
phoniatrie | s:C52+SM86 | phoniatrie | phoniatre, voix
homéopathie | s:80 | homeopathie | homéo, homéopathe
acupuncture | s:81 | acupuncture | acupuncteur, acuponcteur, acuponcture
médecine polyvalente | s:SST16 | medecine polyvalente, polyvalent | médecine hospitalière polyvalente, médecin polyvalent, polyvalente
sommeil | s:SST24 | sommeil | apnée du sommeil, saos, polysomno, médecine du sommeil, polysomnographie
médecine de la reproduction | s:DSM218,DEC13,SST20+DSM202,DEC03,SM67 | medecine de la reproduction, amp, pma, fertilite | pma, fertilité, fiv, assistance médicale à la procréation, infertilité, médecine et biologie de la reproduction-andrologie
andrologie | s:DSM202,DEC03+SST20 | andrologie | andrologue
médecine thermale | s:C71,CAPA07 | thermale, thermal | cure thermale, thermalisme
médecine scolaire | s:SST18 | medecine scolaire, sante scolaire | médecin scolaire
infirmier en pratique avancée | s:SI01,SI02,SI03,SI04,SI05 p:60 | pratique avancee, ipa | ipa, infirmière pratique avancée, pratique avancée
chirurgie bariatrique | s:+SM14 | obesite, bariatrique | cso, bariatrique, chirurgie de l'obésité
hygiène hospitalière | s:SST14+SP02 p:10,21 | hygiene, eoh | eoh, clin, équipe opérationnelle d'hygiène, hygiéniste
tabacologie | s:+CAPA01,DSM200,DEC01,SST01 | tabacologie | tabaco, tabacologue, arrêt du tabac, sevrage tabagique, tabac
toxicomanies et alcoologies | s:CAPA16 | addictologie |
neuro-psychiatrie | s:SM33,C47 | neuro psychiatrie | neuropsychiatre, neuropsychiatrie, neuro-psychiatre
radiologie interventionnelle | s:SM94 | radiologie interventionnelle | radiologue interventionnel
transfusion | s:DSM216,DEC11,SST25,CAPA15+C20,SP04 p:10,21 | transfusion, hemovigilance | hémobiologie, hémobiologie-transfusion, hémobiologie et transfusion
dermatopathologie | s:DSM211,DEC09 | dermatopathologie |
fœtopathologie | s:DSM212,DEC10,SST11 | foetopathologie |
neuropathologie | s:DSM225,DEC19 | neuropathologie |
pharmacologie clinique et évaluation des thérapeutiques | s:DSM230,DEC23+SST23 | pharmacologie | pharmacologie, pharmacologue
chirurgie cancérologique | s:DSM237,DEC05 | chirurgie cancerologique | cancérologie option chirurgie cancérologique
pneumopédiatrie | s:SM89 | pneumopediatrie, pneumologie pediatrique | pneumopédiatre, pneumo-pédiatre, pneumo-pédiatrie, pneumologie pédiatrique, pneumologue pédiatrique
cardiologie pédiatrique | s:SST05 | cardiologie pediatrique, cardiopediatrie | cardiopédiatre, cardio-pédiatre, cardio-pédiatrie, cardiopédiatrie, cardiologue pédiatrique
urgences pédiatriques | s:SST26 | urgences pediatriques |
`;

const STRUCTURES = `
pharmacie d'officine | c:620,641,627,628,629 | pharmacie, officine | pharma, phie, pharmacie, officine, parapharmacie de garde, pharmacie de garde, parapharmacie
laboratoire de biologie médicale | c:611,610,612 | laboratoire, biologie | labo, laboratoire, prise de sang, lbm, analyses médicales, laboratoire d'analyses, labo d'analyses, bilan sanguin, laboratoire d'analyses médicales, analyses
EHPAD | c:500 | ehpad, maison de retraite | maison de retraite, maison de repos, établissement d'hébergement pour personnes âgées dépendantes
hôpital | c:355,106,101,114,115,292 | hopital, hopitaux, centre hospitalier | hosto, hop, hôpital local, hôpital public
centre hospitalier | c:355,106,101 | centre hospitalier, ch | ch, centre hospitalier général, chg, centre hospitalier intercommunal, chi
CHU | c:101 | chu, chr, chru, centre hospitalier universitaire, centre hospitalier regional | chr, chru, centre hospitalier régional, centre hospitalier universitaire, centre hospitalier régional universitaire
clinique | c:365,128,129,122 | clinique, polyclinique, hopital prive | polyclinique, hôpital privé
centre hospitalier spécialisé en psychiatrie | c:292,161,415 | centre hospitalier specialise, psychiatrie, sante mentale | chs, hôpital psychiatrique, hp, epsm, centre hospitalier spécialisé, centre hospitalier spécialisé de lutte contre les maladies mentales, clinique psychiatrique, établissement public de santé mentale
soins médicaux et de réadaptation | c:109 | smr, ssr, soins de suite, readaptation | smr, ssr, soins de suite, soins de suite et de réadaptation, convalescence, rééducation hospitalière, maison de convalescence
hospitalisation à domicile | c:127 | had, hospitalisation a domicile | had, hospit à domicile
service de soins infirmiers à domicile | c:354,209 | ssiad, soins infirmiers a domicile | ssiad, soins infirmiers à domicile
dispositif d'appui à la coordination | c:606 | dac, dispositif d appui, appui a la coordination | dac, dispositif d'appui, appui à la coordination
CPTS | c:604 | cpts, communaute professionnelle territoriale de sante | communauté professionnelle territoriale de santé, communauté pro, communauté professionnelle
maison de santé pluriprofessionnelle | c:603 | maison de sante, msp, pole de sante | msp, maison de santé, maison médicale, pôle de santé, mspu, maison de santé pluridisciplinaire
centre de santé | c:124,130,439 | centre de sante | cds, dispensaire, centre de santé polyvalent, centre de soins médicaux, centre municipal de santé, centre médical
centre de santé infirmier | c:124 | centre de sante infirmier, centre de soins infirmiers | csi, centre de soins infirmiers
centre médico-psychologique | c:156 | cmp, centre medico psychologique | cmp, centre médico psy
centre médico-psychologique enfant et adolescent | c:156 | cmpea, cmp enfant, cmp enfants, cmp ado, cmpi | cmpea, cmp enfant, cmp ado, cmp adolescent, cmp infantile
centre d'accueil thérapeutique à temps partiel | c:425 | cattp, cattg |
cabinet | | cabinet | cabinet médical, cabinet libéral, cabinet de groupe
MDPH | c:609 | mdph, maison departementale des personnes handicapees, mda | mdph, maison départementale des personnes handicapées, maison départementale pour personnes handicapées
CLIC | c:463 | clic, point info | clic, point info autonomie, point info seniors, centre local d'information et de coordination gérontologique, centre local d'information et de coordination de personnes âgées
PMI | c:223,230,224 | pmi, protection maternelle | pmi, protection maternelle, protection maternelle et infantile
centre de santé sexuelle | c:228,231,649 | sante sexuelle, planning familial, cpef, planification | planning familial, planning, cpef, centre de planification, contraception, css santé sexuelle
USLD | c:362 | usld, soins de longue duree, long sejour | usld, unité de soins de longue durée, long séjour, sld, établissement de soins longue durée
SAAD | c:460,640 | saad, aide a domicile, service autonomie | saad, sad, aide à domicile, aide ménagère, auxiliaire à domicile, service d'aide à domicile, service autonomie aide
service autonomie à domicile aide et soins | c:209 | spasad, sad mixte, autonomie a domicile | spasad, sad mixte, saas, service autonomie aide et soins
CSAPA | c:197 | csapa | csapa, centre de soins d'accompagnement et de prévention en addictologie
équipe mobile santé précarité | c:608 | sante precarite, emsp | équipe mobile précarité, emmsp
maison départementale de l'autonomie | c:609 | maison departementale de l autonomie, mda | maison de l'autonomie
maison des adolescents | c:701 | maison des adolescents, mda | maison des ados
maison sport-santé | c:700 | maison sport sante, sport sante | sport santé, sport sur ordonnance, activité physique adaptée sur ordonnance
centre médico-social | c:359 | centre medico social, cms | centre de circonscription sanitaire et sociale
centre médico-scolaire | c:268 | centre medico scolaire | cms scolaire
établissement sanitaire des prisons | c:433 | unite sanitaire, penitentiaire | usmp, ucsa, prison, unité sanitaire en milieu pénitentiaire
résidence autonomie | c:202,501,502,324 | residence autonomie, ehpa, foyer logement | ehpa, résidence senior, foyer logement, foyer-logement, résidences autonomie
centre de lutte contre le cancer | c:131,294 | centre de lutte contre le cancer, institut de cancerologie | clcc, centre anticancer, crlcc, centre de lutte contre cancer
centre de dialyse | c:141,146 | dialyse, autodialyse | autodialyse, udm, uad
dialyse | s:+SM30,C30,SM83 c:141,146 | dialyse, hemodialyse | hémodialyse
centre de vaccination | c:645,646,143 | vaccination, vaccinations | vaccin, vaccination, vaccins voyage, centre de vaccination internationale
`;

const SERVICES = `
secrétariat | | secretariat, sec | secrétariat médical, secrétaire, secrétaire médicale, sec, secrétariat médico-social
urgences | | urgences, accueil des urgences, sau, uhcd | sau, service des urgences, accueil des urgences, uhcd, urgence
accueil | | accueil | accueil général, standard
admissions | | admissions, bureau des entrees | bureau des entrées, frais de séjour
consultations | | consultations, consultation | consultations externes, consultation, csext, cs externe
maternité | c:122 | maternite, obstetrique, salle de naissance | mater, accouchement, bloc obstétrical, salle de naissance, suites de couches
surveillance continue | | surveillance continue, usc | usc, unité de surveillance continue
unité neurovasculaire | | neurovasculaire, neuro vasculaire, unv | unv, avc, soins intensifs neurovasculaires
soins intensifs de cardiologie | | usic, soins intensifs cardiologiques | usic
bloc opératoire | | bloc operatoire, bloc | bloc
pharmacie à usage intérieur | | pharmacie, pui | pui, pharmacie hospitalière, rétrocession
imagerie en coupes | | scanner, irm, imagerie | irm, scanner, tdm
échographie | | echographie, imagerie | écho, échographe
mammographie | | mammographie, senologie, imagerie | mammo, sénologie, dépistage du cancer du sein
équipe mobile de gériatrie | | equipe mobile de geriatrie, equipe mobile geriatrique, emg | emg, équipe mobile gériatrique
équipe mobile de soins palliatifs | | equipe mobile de soins palliatifs, soins palliatifs, emsp | équipe mobile soins palliatifs, équipe mobile palliative
équipe mobile | | equipe mobile | em
hôpital de jour | | hopital de jour, hdj, hospitalisation de jour | hdj, hj, hospitalisation de jour
hospitalisation complète | | hospitalisation, hospitalisation complete | hc, hospitalisation
chirurgie ambulatoire | | chirurgie ambulatoire, ambulatoire, uca | ambu, ambulatoire, uca
consultation mémoire | | memoire, cmrr | cmrr, mémoire, alzheimer, centre mémoire
service social | | service social |
direction | | direction | directeur, direction générale
cadre de santé | | cadre de sante | cadre, cadre infirmier
médecin coordonnateur | p:10 | medecin coordonnateur, medco | medco, médecin co, médecin coordinateur
information médicale | | dim, information medicale | dim, département d'information médicale
psychiatrie de liaison | | psychiatrie de liaison, liaison | liaison
équipe de soins primaires | | equipe de soins primaires, esp | esp-clap
coordination | | coordination | coordo, coordonnateur, coordinateur
soins non programmés | c:617,618 w:unscheduledCare | soins non programmes, snp | snp, csnp, lieu de soins non programmés
SAMU | | samu, centre 15, crra | 15, centre 15, crra, service d'aide médicale urgente, régulation médicale
SMUR | | smur |
médecine aiguë gériatrique | | geriatrique aigue, court sejour geriatrique, csg, uga | csg, uga, court séjour gériatrique, médecine gériatrique aiguë
résultats | | resultats | résultats de laboratoire, compte rendu
bactériologie | | bacteriologie, microbiologie | bactério, microbiologie
endoscopie | | endoscopie | coloscopie, fibroscopie, gastroscopie
explorations fonctionnelles | | explorations fonctionnelles, efr | efr, épreuves fonctionnelles respiratoires
maison médicale de garde | | maison medicale de garde, mmg | mmg, médecin de garde, pdsa, permanence des soins
activité physique adaptée | | activite physique adaptee, apa | apa, enseignant en activité physique adaptée
endométriose | | endometriose |
étudiant en santé | | interne, etudiant | interne, docteur junior, externe
`;

const FILTERS = `
exercice libéral | m:L | | libéral, en libéral, cabinet libéral
exercice salarié | m:S | | salarié, hospitalier
praticien hospitalier | p:10,21,40 m:S | | médecin hospitalier, praticien hospitalier
visites à domicile | w:homeVisits | domicile | à domicile, domicile, à dom, vad, visite à domicile, se déplace, se déplace à domicile
nouveaux patients | w:acceptsNewPatients | | prend de nouveaux patients, accepte de nouveaux patients, nouveau patient, cherche médecin traitant, nouveau médecin traitant, sans médecin traitant
sans rendez-vous | w:unscheduledCare | | sans rdv
téléconsultation | w:teleconsultation c:639 | teleconsultation | téléconsult, visio, tlc, consultation vidéo
télésoin | w:telecare | telesoin |
téléexpertise | w:teleexpertise | teleexpertise | tle
week-end et jours fériés | w:weekendsAndHolidays | | week-end, weekend, jours fériés, dimanche, samedi, ouvert le dimanche
garde de nuit | w:nightDuty | | nuit, la nuit, de nuit
boîte aux lettres MSSanté | mailbox | | bal, mail sécurisé, messagerie sécurisée, mss santé, mssanté, adresse mssanté, messagerie sécurisée de santé
personnes en situation de handicap | | handicap, handicape, handicapes | handicap, personne handicapée, psh
`;

const TITLES = `
docteur | | | dr, doct
professeur | | | pr, prof
monsieur | | | m, mr
madame | | | mme, mlle, mademoiselle, mrs
maître | | | me
`;

/** Terms of several meanings: `term = label / label`. The answer says that the term is ambiguous. */
const AMBIGUOUS = `
psy, psys = psychiatrie / psychologue / psychothérapeute
ortho = orthophoniste / orthoptiste / chirurgie orthopédique et traumatologie / orthopédie dento-faciale
nutritionniste, nutrition = diététicien / nutrition
emsp = équipe mobile de soins palliatifs / équipe mobile santé précarité
mda = maison des adolescents / maison départementale de l'autonomie
mss = boîte aux lettres MSSanté / maison sport-santé
esp = équipe de soins primaires / établissement sanitaire des prisons
cms = centre de santé / centre médico-social / centre médico-scolaire
ph = praticien hospitalier / personnes en situation de handicap
endo = endocrinologie / endométriose
as = aide-soignant / assistant de service social
cd = chirurgien-dentiste / direction
crp = centre régional du psychotraumatisme / établissement et service de réadaptation professionnelle
assistant = assistant de service social / assistant dentaire / assistant médical / assistant familial
médiateur = médiateur familial / médiateur de santé pair
technicien = technicien de laboratoire médical / technicien de l'intervention sociale et familiale
préparateur = préparateur en pharmacie / préparateur en pharmacie hospitalière
auxiliaire = auxiliaire de puériculture / accompagnant éducatif et social
conseiller, conseillère = conseiller en économie sociale et familiale / conseiller en génétique
`;

/** Terms of several meanings that go together. */
const JOINT = `
docteur, dr = docteur / médecin
pharma, pharmacie = pharmacie d'officine / pharmacien
`;

/** What people have, or want done: who is asked for it, whoever most often first. */
const NEEDS = `
hypertension, tension artérielle, infarctus, palpitations, arythmie, insuffisance cardiaque, troubles du rythme = cardiologie
épilepsie, migraine, céphalées, maux de tête, parkinson, maladie de parkinson, sclérose en plaques = neurologie
dépression, burn out, anxiété, angoisse, troubles anxieux, bipolaire, schizophrénie = psychiatrie / psychologue
psychanalyste, psychanalyse = psychologue / psychothérapeute / psychiatrie
asthme, bpco, mucoviscidose, insuffisance respiratoire = pneumologie
eczéma, acné, psoriasis, grain de beauté, verrue = dermatologie et vénéréologie
cataracte, glaucome, dmla, fond d'œil = ophtalmologie
oreilles, vertiges, acouphènes, sinusite, surdité = ORL et chirurgie cervico-faciale
carie, prothèse dentaire, détartrage, urgence dentaire, dentiste de garde = chirurgien-dentiste
prothèse de hanche, prothèse de genou, ligaments croisés, ménisque = chirurgie orthopédique et traumatologie
genou, hanche, épaule = chirurgie orthopédique et traumatologie / rhumatologie
arthrose, polyarthrite, ostéoporose = rhumatologie
mal de dos, lumbago, lombalgie, sciatique, torticolis = masseur-kinésithérapeute / rhumatologie
entorse, fracture = chirurgie orthopédique et traumatologie / masseur-kinésithérapeute
ongle incarné, cor au pied = pédicure-podologue
calcul rénal, calculs rénaux, vessie, incontinence, incontinence urinaire = chirurgie urologique
varices, phlébite = médecine vasculaire
maladie de crohn, crohn, reflux, colopathie = gastro-entérologie et hépatologie
hernie, vésicule, appendicite = chirurgie viscérale et digestive
piqûre, pansement, soins à domicile = infirmier
radiographie = radiologie et imagerie médicale
irm, scanner, tdm = imagerie en coupes / radiologie et imagerie médicale
échographie, écho = échographie / radiologie et imagerie médicale
mammographie, mammo, sénologie = mammographie / radiologie et imagerie médicale
coloscopie, fibroscopie, gastroscopie = endoscopie / gastro-entérologie et hépatologie
mémoire, alzheimer = consultation mémoire / gériatrie / neurologie
avc = unité neurovasculaire / neurologie
frottis = sage-femme / gynécologie médicale et obstétrique
grossesse, suivi de grossesse = sage-femme / gynécologie médicale et obstétrique
ménopause, fausse couche, kyste ovarien, kyste ovaire, fibrome = gynécologie médicale et obstétrique
dyslexie, dysphasie, dysorthographie, bégaiement = orthophoniste
dyspraxie = ergothérapeute / psychomotricien
analyse de sang = laboratoire de biologie médicale
autisme, autiste, asperger, tsa, tnd = trouble du spectre de l'autisme / pédopsychiatrie / psychologue
tdah, hyperactivité = trouble du déficit de l'attention avec ou sans hyperactivité / pédopsychiatrie / psychologue
endométriose = endométriose / gynécologie médicale et obstétrique
obésité = médecine de l’obésité / nutrition / endocrinologie / diététicien
cholestérol = endocrinologie / cardiologie
ivg, avortement, orthogénie = interruption volontaire de grossesse / centre de santé sexuelle / gynécologie médicale et obstétrique
contraception = centre de santé sexuelle / sage-femme / gynécologie médicale et obstétrique
pma, fiv, fertilité, infertilité = médecine de la reproduction / gynécologie-obstétrique
vaccin, vaccination = centre de vaccination / pharmacien / infirmier
plaie, escarre, cicatrisation = plaies et cicatrisations complexes / infirmier
sos médecin, sos médecins = maison médicale de garde / médecine générale
zona, grippe, angine, cystite, fièvre, renouvellement ordonnance = médecine générale
otite = ORL et chirurgie cervico-faciale / médecine générale
hémorroïdes, hépatite = gastro-entérologie et hépatologie
anémie, leucémie, lymphome = hématologie
tendinite, scoliose = masseur-kinésithérapeute / rhumatologie
fibromyalgie = rhumatologie / douleur
canal carpien = chirurgie de la main / chirurgie orthopédique et traumatologie
hernie discale = neurochirurgie / rhumatologie
insomnie = sommeil / psychiatrie
lupus = médecine interne
vih, sida = maladies infectieuses et tropicales
mal de dents, mal aux dents, rage de dents, couronne dentaire = chirurgien-dentiste
`;

/** First words that one profession alone has. */
const FIRST_WORDS = `
accompagnant = accompagnant éducatif et social
moniteur = moniteur éducateur
`;

/** Groups of synonyms that are a meaning of ours under another name: the first term of the group → our label. */
const SAME_AS: Readonly<Record<string, string>> = {
  IADE: 'infirmier anesthésiste',
  gynéco: 'gynécologie médicale et obstétrique',
  maxillo: 'chirurgie maxillo-faciale',
  radiothérapeute: 'radiothérapie',
  chimio: 'chimiothérapie',
  radio: 'radiologie et imagerie médicale',
  pédopsy: 'pédopsychiatrie',
  ORL: 'ORL et chirurgie cervico-faciale',
  généraliste: 'médecine générale',
  cardio: 'cardiologie',
  endoc: 'endocrinologie',
  algologue: 'douleur',
  sommeil: 'sommeil',
  interniste: 'médecine interne',
  'soins palliatifs': 'soins palliatifs',
  onco: 'oncologie',
  'médecin du travail': 'médecine du travail',
  homéo: 'homéopathie',
  acupuncteur: 'acupuncture',
  orthodontiste: 'orthopédie dento-faciale',
  CPTS: 'CPTS',
  MDPH: 'MDPH',
  CLIC: 'CLIC',
  PMI: 'PMI',
  EHPAD: 'EHPAD',
  USLD: 'USLD',
  SAAD: 'SAAD',
  CSAPA: 'CSAPA',
  EHPA: 'résidence autonomie',
  hôpital: 'hôpital',
  clinique: 'clinique',
  SAMU: 'SAMU',
  SMUR: 'SMUR',
  urgences: 'urgences',
  HDJ: 'hôpital de jour',
  'consultation mémoire': 'consultation mémoire',
  'court séjour gériatrique': 'médecine aiguë gériatrique',
  MMG: 'maison médicale de garde',
  domicile: 'visites à domicile',
  'sans rdv': 'sans rendez-vous',
  CMPEA: 'centre médico-psychologique enfant et adolescent',
  'maison sport santé': 'maison sport-santé',
  'planning familial': 'centre de santé sexuelle',
  USMP: 'établissement sanitaire des prisons',
  SPASAD: 'service autonomie à domicile aide et soins',
  coordo: 'coordination',
  'secrétaire médicale': 'secrétariat',
  'APA prof': 'activité physique adaptée',
  interne: 'étudiant en santé',
  'cherche médecin traitant': 'nouveaux patients',
  'équipe mobile': 'équipe mobile',
  cabinet: 'cabinet',
  SMR: 'soins médicaux et de réadaptation',
  PH: 'personnes en situation de handicap',
  obésité: 'médecine de l’obésité',
};

interface Meaning {
  kind: MeaningKind;
  label: string;
  professionCodes: string[];
  savoirFaireCodes: string[];
  /** Of `savoirFaireCodes`, those whose official label means this. */
  ownCodes: string[];
  categoryCodes: string[];
  modeExercice: string;
  wayOfPractising: string;
  hasMailbox: boolean;
  words: string[];
}

interface SynonymEntry {
  term: string;
  kind: string;
  expands_to: string[];
  refs: string[];
}

const meanings = new Map<string, Meaning>();
interface Term {
  /** Folded. */
  term: string;
  labels: string[];
  isAmbiguous: boolean;
  /** Its beginnings are rather those of names, while they are typed. */
  isWhole?: boolean;
}

/** By stem: of the forms of one word only the first is kept. The first to come wins, so that our tables do. */
const terms = new Map<string, Term>();

function splitList(text: string, separator = ','): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter(Boolean);
}

function withoutParentheses(text: string): string {
  return text
    .replace(/\([^)]*\)/g, ' ')
    .replace(/ +/g, ' ')
    .trim();
}

/** Two words with a hyphen are also known as one ("sagefemme"). */
function addTerm(text: string, label: string): void {
  const bare = withoutParentheses(text);
  const folded = foldText(bare);
  if (folded === '') return;
  const isJoinable = /^\p{L}+-\p{L}+$/u.test(bare);
  for (const term of isJoinable ? [folded, folded.replaceAll(' ', '')] : [folded])
    if (!terms.has(toStemKey(term)))
      terms.set(toStemKey(term), { term, labels: [label], isAmbiguous: false });
}

/** @see TRE_A02-ProfessionSavFaire-CISIS: which profession a savoir-faire belongs to */
function professionsOf(savoirFaireCodes: readonly string[]): string[] {
  const professionOf = (code: string): string =>
    code.startsWith('SCD') ? '40' : code.startsWith('SI') ? '60' : /^(?:SP|FQ)/.test(code) ? '21' : '10';
  return [...new Set(savoirFaireCodes.map(professionOf))].sort();
}

function readTable(kind: MeaningKind, table: string): void {
  for (const line of splitList(table, '\n')) {
    const [label = '', codes = '', words = '', synonyms = ''] = line.split('|').map((cell) => cell.trim());
    const cell = (prefix: string): string =>
      splitList(codes, ' ')
        .find((one) => one.startsWith(prefix))
        ?.slice(prefix.length) ?? '';
    const [own = '', more = ''] = cell('s:').split('+');
    const savoirFaireCodes = splitList(`${own},${more}`);
    const professionCodes = splitList(cell('p:'));
    meanings.set(label, {
      kind,
      label,
      professionCodes: professionCodes.length > 0 ? professionCodes : professionsOf(savoirFaireCodes),
      savoirFaireCodes,
      ownCodes: splitList(own),
      categoryCodes: splitList(cell('c:').replace('+', '')),
      modeExercice: cell('m:'),
      wayOfPractising: cell('w:'),
      hasMailbox: codes === 'mailbox',
      words: splitList(words).map(foldText),
    });
    for (const term of [label, ...splitList(synonyms)]) addTerm(term, label);
  }
}

function readSharedTerms(table: string, isAmbiguous: boolean, isWhole = false): void {
  for (const line of splitList(table, '\n')) {
    const [left = '', right = ''] = line.split('=');
    for (const text of splitList(left)) {
      const term = foldText(text);
      terms.set(toStemKey(term), { term, labels: splitList(right, '/'), isAmbiguous, isWhole });
    }
  }
}

const KIND_OF_SYNONYM: Readonly<Record<string, MeaningKind>> = {
  profession: 'profession',
  specialite: 'savoirFaire',
  structure: 'structure',
  mode: 'service',
  besoin: 'service',
  filtre: 'filter',
};

function codesOf(group: readonly SynonymEntry[], pattern: RegExp): string[] {
  const refs = group[0]!.refs.map((ref) => ref.split('|') as [string, string]);
  return refs.filter(([list]) => pattern.test(list)).map(([, code]) => code);
}

const SIGLE = /^[A-Z][A-Za-z0-9]*[A-Z][A-Za-z0-9]*$/;

function addSynonyms(group: readonly SynonymEntry[]): void {
  const { kind, expands_to, term } = group[0]!;
  if (kind === 'ambigu') return;
  const label = SAME_AS[term] ?? withoutParentheses(expands_to[0]!);
  if (!meanings.has(label)) {
    const savoirFaireCodes = codesOf(group, /^TRE_(?:R38|R39|R40|R43|G13|R359)-/);
    const professionCodes = codesOf(group, /^TRE_(?:G15|R94|R95)-/);
    const sigles = group.map((one) => one.term).filter((one) => one.length > 2 && SIGLE.test(one));
    const phrases = expands_to.map(withoutParentheses).filter((one) => one.split(' ').length <= 7);
    meanings.set(label, {
      kind: KIND_OF_SYNONYM[kind]!,
      label,
      professionCodes: professionCodes.length > 0 ? professionCodes : professionsOf(savoirFaireCodes),
      savoirFaireCodes,
      ownCodes: [],
      categoryCodes: codesOf(group, /^TRE_R66-/),
      modeExercice: '',
      wayOfPractising: '',
      hasMailbox: false,
      words: [...new Set([...phrases, ...sigles].map(foldText))],
    });
  }
  for (const text of [...group.map((one) => one.term), ...expands_to.slice(0, 1)]) addTerm(text, label);
}

/** "Etablissement …" → "établissement …"; sigles keep their capitals. */
function toReadableLabel(label: string): string {
  return label
    .replace(/\bE(?=tablissement|cole|ducati|quipe|valuation)/g, 'é')
    .replace(/(?<!\p{L})\p{Lu}(?=\p{Ll}|['’ ]\p{Ll}|-\p{Ll})/gu, (letter) => letter.toLowerCase());
}

const CODES_FIELD = {
  profession: 'professionCodes',
  savoirFaire: 'savoirFaireCodes',
  categorieEtablissement: 'categoryCodes',
} as const;

/** Official labels: of the meaning that owns the code, or of one of their own. */
function addOfficialLabels(list: keyof typeof CODES_FIELD, kind: MeaningKind): void {
  const groups = Map.groupBy(listCodes(list), ({ label }) => foldText(withoutParentheses(label)));
  for (const [term, entries] of groups) {
    const codes = entries.map(({ code }) => code);
    const known =
      terms
        .get(toStemKey(term))
        ?.labels.find((one) => codes.some((code) => meanings.get(one)![CODES_FIELD[list]].includes(code))) ??
      [...meanings.values()].find((one) => codes.some((code) => one.ownCodes.includes(code)))?.label ??
      (list === 'profession'
        ? [...meanings.values()].find((one) => one.professionCodes.join() === codes.join())?.label
        : undefined);
    const label = known ?? toReadableLabel(withoutParentheses(entries[0]!.label));
    if (!meanings.has(label))
      meanings.set(label, {
        kind,
        label,
        professionCodes: kind === 'savoirFaire' ? professionsOf(codes) : [],
        savoirFaireCodes: [],
        ownCodes: [],
        categoryCodes: [],
        modeExercice: '',
        wayOfPractising: '',
        hasMailbox: false,
        words: [term],
        [CODES_FIELD[list]]: codes,
      });
    addTerm(withoutParentheses(entries[0]!.label), label);
    for (const { label: official } of entries) {
      if (list === 'savoirFaire') addLongLabel(official, label);
      const sigle = /\(([A-Z][A-Za-z.]{1,8})\)/.exec(official)?.[1]?.replaceAll('.', '');
      if (sigle && list === 'categorieEtablissement') addTerm(sigle, label);
    }
    const missing = codes.filter(
      (code) =>
        !terms
          .get(toStemKey(term))!
          .labels.some((one) => meanings.get(one)![CODES_FIELD[list]].includes(code)),
    );
    if (missing.length > 0) throw new Error(`${list}: ${term} does not lead to ${missing.join(', ')}`);
  }
}

/** With its suffix: "Cardiologie et Maladies vasculaires (SM)". */
function addLongLabel(official: string, label: string): void {
  const term = foldText(official);
  const stem = toStemKey(term);
  if (!terms.has(stem)) terms.set(stem, { term, labels: [label], isAmbiguous: false });
}

function checkMeanings(): void {
  const lists: [CodeListId, keyof Meaning][] = [
    ['profession', 'professionCodes'],
    ['savoirFaire', 'savoirFaireCodes'],
    ['categorieEtablissement', 'categoryCodes'],
  ];
  for (const [list, field] of lists) {
    const known = new Set(listCodes(list).map(({ code }) => code));
    for (const meaning of meanings.values())
      for (const code of meaning[field] as string[])
        if (!known.has(code)) throw new Error(`${meaning.label}: no ${list} ${code}`);
  }
  for (const { term, labels } of terms.values())
    for (const label of labels) if (!meanings.has(label)) throw new Error(`${term}: no meaning ${label}`);
}

readTable('profession', PROFESSIONS);
readTable('savoirFaire', SAVOIR_FAIRE);
readTable('structure', STRUCTURES);
readTable('service', SERVICES);
readTable('filter', FILTERS);
readTable('title', TITLES);
readSharedTerms(AMBIGUOUS, true);
readSharedTerms(JOINT, false);
readSharedTerms(NEEDS, false, true);
readSharedTerms(FIRST_WORDS, false);

const synonyms = JSON.parse(
  readFileSync(join(process.argv[2] ?? '', 'nos', 'synonyms.json'), 'utf8'),
) as SynonymEntry[];
const groupsOfSynonyms = Map.groupBy(
  synonyms,
  ({ kind, expands_to, refs }) => `${kind}|${expands_to.join()}|${refs.join()}`,
);
for (const group of groupsOfSynonyms.values()) addSynonyms(group);
addOfficialLabels('profession', 'profession');
addOfficialLabels('savoirFaire', 'savoirFaire');
addOfficialLabels('categorieEtablissement', 'structure');
checkMeanings();

const used = [...meanings.values()].filter(({ label }) =>
  [...terms.values()].some(({ labels }) => labels.includes(label)),
);
const positions = new Map(used.map(({ label }, position) => [label, position]));
const rows = used.map((one) => {
  const row = [
    MEANING_KINDS.indexOf(one.kind),
    one.label,
    one.words.join('|'),
    one.professionCodes.join(' '),
    one.savoirFaireCodes.join(' '),
    one.categoryCodes.join(' '),
    one.modeExercice,
    one.wayOfPractising,
    one.hasMailbox ? 'mailbox' : '',
  ];
  while (row.at(-1) === '') row.pop();
  return JSON.stringify(row);
});
const groups = Map.groupBy(terms.values(), ({ labels, isAmbiguous, isWhole }) =>
  JSON.stringify([labels.map((label) => positions.get(label)), isWhole ? 2 : isAmbiguous ? 1 : 0]),
);
const lines = [...groups].map(
  ([key, members]) => `${key.slice(0, -1)},${JSON.stringify(members.map(({ term }) => term).join('|'))}]`,
);
const head = JSON.stringify({
  source:
    'Synonyms: our own wording. Labels and codes: Agence du Numérique en Santé, nomenclatures des objets de santé (NOS); FINESS for TRE_R66',
  licence: 'Licence Ouverte 2.0 (for the NOS content, to be confirmed by its publisher)',
  date: '2026-11-20',
  columns: {
    meanings: [
      'kind',
      'label',
      'words',
      'professionCodes',
      'savoirFaireCodes',
      'categoryCodes',
      'modeExercice',
      'wayOfPractising',
      'mailbox',
    ],
    terms: [
      'positions of the meanings',
      '1 when ambiguous, 2 when its beginnings stand for nothing',
      'terms',
    ],
  },
});
const target = new URL('../src/domain/vocabulary.json', import.meta.url);
writeFileSync(
  target,
  `${head.slice(0, -1)},"meanings":[\n${rows.join(',\n')}\n],"terms":[\n${lines.join(',\n')}\n]}\n`,
);
process.stdout.write(`${terms.size} terms, ${used.length} meanings\n`);
