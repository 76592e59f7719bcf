import { html } from 'hono/html';

import { ACCESSIBILITY } from '#domain/accessibility.ts';
import { EVERY_ACT, findAct } from '#domain/acts.ts';
import type { Correspondent } from '#domain/correspondent.ts';
import { foldText } from '#domain/fold.ts';
import { LANGUAGES } from '#domain/languages.ts';
import { WAYS_OF_PRACTISING, WAY_LABELS } from '#domain/practising.ts';

import { assetPath } from '../asset.ts';
import type { MapTiles } from '../map-tiles.ts';
import { type Fragment } from '../page-frame.ts';
import { toAreaData, toAreaEcho } from './area-data.ts';
import { renderChoices, renderOneOf, renderText, type FormState } from './fields.ts';
import { countRows, listOf, textOf } from './form-values.ts';
import { renderPlaceHoursFields } from './hours-fields.ts';
import { listPlaces } from './page-fields.ts';

const SAID = [
  { value: 'true', label: 'oui' },
  { value: 'false', label: 'non' },
  { value: '', label: 'non précisé' },
];
/** Spoken by most of those who speak another. */
const USUAL_LANGUAGES = new Set(['fr', 'en', 'es', 'pt', 'it', 'de', 'ar', 'tr', 'uk', 'ro']);
const SENDING_ROWS_MAX = 20;
const SPARE_ROWS = 2;

const PARTS = [
  ['ways-part', 'Façons d’exercer'],
  ['acts-part', 'Actes et équipement'],
  ['welcome-part', 'Langues et accueil'],
  ['hours-part', 'Horaires'],
  ['area-part', 'Visites à domicile'],
  ['mail-part', 'Messagerie'],
  ['remarks-part', 'Remarques'],
] as const;

/** The sections of the form of a page, without what surrounds them. */
export function renderPageFields(state: FormState, person: Correspondent, tiles: MapTiles): Fragment {
  const contents: Record<(typeof PARTS)[number][0], Fragment> = {
    'ways-part': renderWays(state),
    'acts-part': renderActs(state, person),
    'welcome-part': renderWelcome(state),
    'hours-part': renderHours(state, person),
    'area-part': renderArea(state, person, tiles),
    'mail-part': renderMail(state, person),
    'remarks-part': renderText(state, {
      name: 'remarks',
      label: 'Remarques, lues par tous',
      hint: 'Jamais rien d’un patient. 2 000 caractères au plus.',
      rows: 5,
      maxLength: 2000,
    }),
  };
  return html`<nav aria-label="Parties du formulaire" class="parts">
      <ul class="links">
        ${PARTS.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}
        <li><a href="#preview-title">Aperçu</a></li>
      </ul>
    </nav>
    ${PARTS.map(
      ([id, title]) =>
        html`<div class="part">
          <h2 id="${id}" tabindex="-1">${title}</h2>
          ${contents[id]}
        </div>`,
    )}`;
}

function renderWays(state: FormState): Fragment {
  return html`<div class="ways-fields">
    ${WAYS_OF_PRACTISING.map((way) =>
      renderOneOf(state, { name: `ways.${way}`, legend: WAY_LABELS[way], choices: SAID, isRow: true }),
    )}
  </div>`;
}

function renderActs(state: FormState, person: Correspondent): Fragment {
  const codes = new Set([person.profession, ...person.otherProfessions].map((it) => it?.code));
  const chosen = listOf(state.values, 'acts');
  const isOwn = (act: (typeof EVERY_ACT)[number]) =>
    chosen.includes(act.code) || act.professionCodes.some((it) => codes.has(it));
  const toChoice = ({ code, label, words }: (typeof EVERY_ACT)[number]) => ({
    value: code,
    label,
    words: foldText(words.join(' ')),
  });
  const others = EVERY_ACT.filter((it) => !isOwn(it)).map(toChoice);
  return html`${renderChoices(state, {
    name: 'acts',
    legend: 'Actes',
    search: 'Chercher un acte',
    first: [
      ...EVERY_ACT.filter(isOwn).map(toChoice),
      ...listGone(chosen, (code) => findAct(code) !== undefined),
    ],
    others: { label: `Les autres actes de la liste (${others.length})`, choices: others },
  })}
  ${renderText(state, {
    name: 'ownWords',
    label: 'Ce que vous faites d’autre, en vos mots',
    hint: 'Un par ligne\u00a0: on vous trouvera par ces mots.',
    rows: 3,
  })}
  ${renderText(state, { name: 'equipment', label: 'Équipement', hint: 'Un par ligne\u00a0: échographe, table électrique…', rows: 3 })}`;
}

/** What was chosen from a list that has it no more. */
function listGone(chosen: readonly string[], isKnown: (code: string) => boolean) {
  return chosen
    .filter((it) => !isKnown(it))
    .map((value) => ({ value, label: `${value} (n’est plus dans la liste)` }));
}

function renderWelcome(state: FormState): Fragment {
  const languages = [...LANGUAGES].map(([value, label]) => ({ value, label }));
  const chosen = listOf(state.values, 'languages');
  const isFirst = ({ value }: { value: string }) => USUAL_LANGUAGES.has(value) || chosen.includes(value);
  const others = languages.filter((it) => !isFirst(it));
  return html`${renderChoices(state, {
    name: 'languages',
    legend: 'Langues parlées',
    search: 'Chercher une langue',
    first: [...languages.filter(isFirst), ...listGone(chosen, (code) => LANGUAGES.has(code))],
    others: { label: `Les autres langues (${others.length})`, choices: others },
  })}
  ${renderChoices(state, {
    name: 'accessibility',
    legend: 'Accessibilité de vos lieux',
    first: [
      ...Object.entries(ACCESSIBILITY).map(([value, label]) => ({ value, label })),
      ...listGone(listOf(state.values, 'accessibility'), (code) => code in ACCESSIBILITY),
    ],
  })}`;
}

function renderHours(state: FormState, person: Correspondent): Fragment {
  const places = listPlaces(person);
  if (places.length === 0) return html`<p>Aucun lieu d’exercice n’est connu du RPPS.</p>`;
  return html`${places.map((place, index) => renderPlaceHoursFields(state, place, index))}`;
}

function renderArea(state: FormState, person: Correspondent, tiles: MapTiles): Fragment {
  return html`<p class="status">
      Où vous allez, si vous faites des visites à domicile&nbsp;: un rayon autour de vos lieux d’exercice, des
      communes, ou les deux.
    </p>
    ${renderText(state, {
      name: 'area.radius',
      label: 'Rayon, en kilomètres',
      hint: 'De 1 à 100. Vide\u00a0: pas de rayon.',
      inputMode: 'numeric',
    })}
    ${renderText(state, {
      name: 'area.communes',
      label: 'Communes',
      hint: 'Une par ligne, par nom ou code postal. Sur la carte, un clic ajoute la commune ou la retire.',
      rows: 4,
    })}
    <p id="area.echo" class="echo" role="status">
      ${state.faults.some((it) => it.field === 'area.communes') ? '' : toAreaEcho(state.values, person)}
    </p>
    <div
      id="area-map"
      class="area-map js"
      role="group"
      aria-label="Carte des visites à domicile"
      data-area="${JSON.stringify(toAreaData(state.values, person))}"
      data-script="${assetPath('area-map.js')}"
      data-tiles="${tiles.address}"
      data-attribution="${tiles.attribution}"
      data-leaflet-js="${assetPath('leaflet.js')}"
      data-leaflet-css="${assetPath('leaflet.css')}"
    ></div>`;
}

function renderMail(state: FormState, person: Correspondent): Fragment {
  const said = textOf(state.values, 'preferredMailbox');
  const addresses = [
    ...new Set([...person.mailboxes.map((it) => it.address), ...(said === '' ? [] : [said])]),
  ];
  const count = countRows(state.values, 'sending');
  const rows = Math.max(count, Math.min(count + SPARE_ROWS, SENDING_ROWS_MAX));
  return html`${
      addresses.length === 0
        ? html`<p class="status">Aucune messagerie de santé n’est connue à votre nom.</p>`
        : renderOneOf(state, {
            name: 'preferredMailbox',
            legend: 'Messagerie préférée',
            choices: [
              { value: '', label: 'sans préférence' },
              ...addresses.map((value) => ({ value, label: html`<bdi class="address">${value}</bdi>` })),
            ],
          })
    }
    <fieldset id="sending">
      <legend>Quoi envoyer où</legend>
      <p class="status">
        Par exemple «&nbsp;comptes rendus&nbsp;»&nbsp;: «&nbsp;ma messagerie&nbsp;». Videz une ligne pour la
        retirer.
      </p>
      ${Array.from(
        { length: rows },
        (_, index) =>
          html`<div class="pair">
            ${renderText(state, { name: `sending.${index}.what`, label: html`Quoi <span class="out-of-sight">(ligne ${index + 1})</span>`, maxLength: 120 })}
            ${renderText(state, { name: `sending.${index}.where`, label: html`Où <span class="out-of-sight">(ligne ${index + 1})</span>`, maxLength: 200 })}
          </div>`,
      )}
    </fieldset>`;
}

const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^hours\..*\.closed/, 'Jours de fermeture'],
  [/^hours/, 'Horaires'],
  [/^area\.radius/, 'Rayon'],
  [/^area/, 'Communes'],
  [/^sending/, 'Quoi envoyer où'],
  [/^ownWords/, 'En vos mots'],
  [/^equipment/, 'Équipement'],
  [/^acts/, 'Actes'],
  [/^languages/, 'Langues'],
  [/^accessibility/, 'Accessibilité'],
  [/^preferredMailbox/, 'Messagerie préférée'],
  [/^awayPeriods/, 'Absences'],
  [/^remarks/, 'Remarques'],
];

/** What a field of the form is called where its faults are listed. */
export function nameOfField(field: string): string {
  return NAMES.find(([pattern]) => pattern.test(field))?.[1] ?? 'Formulaire';
}
