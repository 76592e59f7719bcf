import { html } from 'hono/html';

import type { FoundCorrespondents } from '#directory/find-correspondents.ts';
import { CORRESPONDENT_KINDS, type CorrespondentKind } from '#domain/correspondent.ts';
import { WAYS_OF_PRACTISING } from '#domain/practising.ts';
import type { CorrespondentQuestion, Total } from '#domain/question.ts';
import type { WiderQuestion } from '#domain/understanding.ts';
import { toWiderQuery } from '#http/wider-query.ts';

import { assetPath } from './asset.ts';
import { renderCard } from './correspondent-card.ts';
import { KIND_LABELS } from './correspondent-words.ts';
import { toCount, toFrenchNumber } from './french-text.ts';
import type { MapTiles } from './map-tiles.ts';
import { NOTHING, renderPage, type Fragment } from './page-frame.ts';
import { PAGE_SIZE, searchPath, type PageQuery } from './page-query.ts';
import { renderFilters } from './search-filters.ts';
import { renderUnderstood } from './understood-line.ts';
import type { Visitor } from './visitor.ts';

/** What a search page shows. */
export interface SearchAnswer {
  found: FoundCorrespondents;
  /** How many of each kind the same question would give. */
  totals: { kind: CorrespondentKind; total: Total }[];
}

export interface SearchView {
  url: string;
  query: PageQuery;
  /** Undefined when nothing was asked. */
  answer: SearchAnswer | undefined;
  /** What is wrong with the question, for people; undefined when nothing is. */
  fault: Fragment | undefined;
  now: Date;
  tiles: MapTiles;
  visitor: Visitor;
}

export function renderSearchPage(view: SearchView) {
  const { query, answer, fault, tiles, visitor } = view;
  const asked = [query.q, query.where].filter(Boolean).join(', ').slice(0, 80);
  const isBlank = answer === undefined && fault === undefined;
  return renderPage(
    {
      title: asked === '' ? 'Correspondants de santé' : `${asked} – Correspondants`,
      visitor,
      isSearch: true,
    },
    html`${isBlank ? renderWelcome() : NOTHING}
      <form
        id="search"
        action="/"
        method="get"
        autocomplete="off"
        hx-get="/"
        hx-trigger="input delay:60ms, submit"
        hx-target="#answer"
        hx-select="#answer"
        hx-swap="outerHTML"
        hx-replace-url="true"
        hx-sync="this:replace"
      >
        <search class="boxes-row" aria-label="Chercher un correspondant">
          <div class="box">
            <label for="q">Qui ou quoi&#8239;?</label>
            <input
              id="q"
              name="q"
              type="search"
              value="${query.q ?? ''}"
              maxlength="10000"
              placeholder="Nom, métier, service, adresse…"
            />
          </div>
          <div class="box">
            <label for="where">Où&#8239;?</label>
            <input
              id="where"
              name="where"
              type="search"
              value="${query.where ?? ''}"
              maxlength="200"
              placeholder="Commune, code postal, département…"
            />
          </div>
          <button class="main" type="submit">Rechercher</button>
        </search>
        <div class="with-map">
          ${renderAnswer(view)}
          <aside class="map-panel" aria-label="Carte des résultats">
            <div
              id="map"
              data-script="${assetPath('map.js')}"
              data-leaflet-js="${assetPath('leaflet.js')}"
              data-leaflet-css="${assetPath('leaflet.css')}"
              data-tiles="${tiles.address}"
              data-attribution="${tiles.attribution}"
            ></div>
          </aside>
        </div>
      </form>`,
  );
}

function renderAnswer({ url, query, answer, fault, now }: SearchView) {
  if (fault !== undefined) {
    return html`<div id="answer" data-announce="La recherche n’a pas pu être faite">
      <div class="tabs"></div>
      <div class="columns">${renderFilters(query, undefined)} ${fault}</div>
    </div>`;
  }
  if (answer === undefined) return html`<div id="answer">${renderTries()}</div>`;
  const { found, totals } = answer;
  const count = toTotalText(found.total);
  return html`<div id="answer" data-announce="${count}">
    ${renderTabs(url, query, totals)} ${renderUnderstood(url, found, query.q)}
    ${found.isDegraded ? html`<p class="note">La recherche est réduite pour l’instant&nbsp;: mots entiers et débuts de noms seulement.</p>` : NOTHING}
    <div class="columns">
      ${renderFilters(query, found)}
      <section aria-labelledby="count">
        <div class="results-head">
          <h1 id="count">${count}</h1>
          ${found.results.length === 0 ? NOTHING : html`<button class="map-toggle" type="button" aria-expanded="false">Carte</button>`}
        </div>
        ${
          found.results.length === 0
            ? renderNothing(url, query, found.understood.tryInstead)
            : html`<ul class="cards">
                ${found.results.map((it, index) => renderCard(it, now, { centre: found.centre, number: index + 1, comesTo: query.comesTo }))}
              </ul>`
        }
        ${renderPages(url, query, found)}
      </section>
    </div>
  </div>`;
}

function toTotalText({ value, exact }: Total): string {
  return exact ? toCount(value, 'correspondant') : `Plus de ${toCount(value, 'correspondant')}`;
}

function renderTabs(url: string, query: PageQuery, totals: SearchAnswer['totals']) {
  const chosen = query.kind?.length === 1 ? query.kind[0] : undefined;
  const everybody = {
    value: totals.reduce((sum, it) => sum + it.total.value, 0),
    exact: totals.every((it) => it.total.exact),
  };
  const tabs = [
    { kind: undefined, label: 'Tout le monde', total: everybody },
    ...CORRESPONDENT_KINDS.map((kind) => ({
      kind,
      label: KIND_LABELS[kind].many,
      total: totals.find((it) => it.kind === kind)?.total ?? { value: 0, exact: true },
    })),
  ];
  return html`<nav aria-label="Sortes de correspondants">
      <ul class="tabs">
        ${tabs.map(
          ({ kind, label, total }) =>
            html`<li class="${total.value === 0 ? 'is-empty' : ''}">
              <a href="${searchPath(url, { kind })}" ${kind === chosen ? html`aria-current="page"` : NOTHING}
                >${label}
                <span class="number">${toFrenchNumber(total.value)}${total.exact ? '' : '+'}</span></a
              >
            </li>`,
        )}
      </ul>
    </nav>
    ${query.kind ? html`<input type="hidden" name="kind" value="${query.kind.join(',')}" />` : NOTHING}`;
}

function renderPages(url: string, query: PageQuery, found: FoundCorrespondents) {
  const page = query.page ?? 1;
  if (page === 1 && found.nextOffset === undefined) return NOTHING;
  const pageCount = Math.ceil(found.total.value / PAGE_SIZE);
  const to = (next: number) => searchPath(url, { page: String(next) });
  return html`<nav class="pages" aria-label="Pages de résultats">
    ${page > 1 ? html`<a class="button" rel="prev" href="${to(page - 1)}">Page précédente</a>` : html`<span></span>`}
    <span>Page ${toFrenchNumber(page)} sur ${toFrenchNumber(pageCount)}</span>
    ${found.nextOffset === undefined ? html`<span></span>` : html`<a class="button" rel="next" href="${to(page + 1)}">Page suivante</a>`}
  </nav>`;
}

/** How a search that gives something differs from the one asked. */
const INSTEAD: Partial<Record<keyof CorrespondentQuestion, string>> = {
  comesTo: 'Sans demander qui se déplace là',
  ways: 'Sans demander de façon d’exercer',
  actCodes: 'Sans demander d’acte',
  present: 'Avec les personnes absentes aujourd’hui',
  within: 'Sans limite de distance',
  channels: 'Sans demander de canal',
  hasMailbox: 'Sans demander de messagerie',
  kinds: 'Parmi tous les correspondants',
  savoirFaireCodes: 'Sans demander de spécialité',
  professionCodes: 'Toutes les professions',
  finess: 'Dans tous les établissements',
  communeCodes: 'Dans toutes les communes',
  departementCodes: 'Dans tous les départements',
  where: 'Ailleurs, les plus proches d’abord',
  text: 'Tous les correspondants de ce lieu',
};

function toInstead(url: string, instead: WiderQuestion | null) {
  if (instead === null) return undefined;
  const [first] = instead.without;
  const label =
    instead.text === null
      ? (instead.without.length === 1 && first && INSTEAD[first]) || 'Sans ces restrictions'
      : `Chercher seulement « ${instead.text} »`;
  const query = toWiderQuery(instead, new URL(url).searchParams).toString();
  return { label, total: instead.total, path: searchPath(`http://here/?${query}`, {}) };
}

/** Ways out of an empty answer: the nearest search that gives something first. */
function renderNothing(url: string, query: PageQuery, wider: WiderQuestion | null) {
  const instead = toInstead(url, wider);
  const ways = [
    query.kind && {
      label: 'Chercher parmi tous les correspondants',
      path: searchPath(url, { kind: undefined }),
    },
    query.hasMailbox && {
      label: 'Sans demander de messagerie',
      path: searchPath(url, { hasMailbox: undefined }),
    },
    query.mailboxStatus && {
      label: 'Sans demander que la messagerie soit ouverte',
      path: searchPath(url, { mailboxStatus: undefined }),
    },
    query.comesTo && {
      label: 'Sans demander qui se déplace là',
      path: searchPath(url, { comesTo: undefined }),
    },
    WAYS_OF_PRACTISING.some((way) => query[way]) && {
      label: 'Sans demander de façon d’exercer',
      path: searchPath(url, Object.fromEntries(WAYS_OF_PRACTISING.map((way) => [way, undefined]))),
    },
    query.act && { label: 'Sans demander d’acte', path: searchPath(url, { act: undefined }) },
    query.present && {
      label: 'Avec les personnes absentes aujourd’hui',
      path: searchPath(url, { present: undefined }),
    },
    query.within && { label: 'Sans limite de distance', path: searchPath(url, { within: undefined }) },
    query.profession && { label: 'Toutes les professions', path: searchPath(url, { profession: undefined }) },
    query.savoirFaire && {
      label: 'Sans demander de spécialité',
      path: searchPath(url, { savoirFaire: undefined }),
    },
    query.departement && {
      label: 'Tous les départements',
      path: searchPath(url, { departement: undefined }),
    },
    query.q && query.where && { label: 'Partout en France', path: searchPath(url, { where: undefined }) },
    query.q &&
      query.where && {
        label: 'Tous les correspondants de ce lieu',
        path: searchPath(url, { q: undefined }),
      },
  ]
    .filter((it) => typeof it === 'object')
    .filter((it) => it.path !== instead?.path);
  return html`<div class="nothing">
    <p>Personne ne répond à cette recherche.</p>
    ${
      instead === undefined
        ? NOTHING
        : html`<p>
            <a class="button main" href="${instead.path}"
              >${instead.label}&nbsp;: ${toCount(instead.total, 'correspondant')}</a
            >
          </p>`
    }
    ${
      ways.length === 0
        ? NOTHING
        : html`<ul>
            ${ways.map((it) => html`<li><a href="${it.path}">${it.label}</a></li>`)}
          </ul>`
    }
    <p>
      Un nom peut être écrit à peu près, un métier en abrégé (kiné, IDE, cardio), un lieu par son code postal.
    </p>
  </div>`;
}

function renderWelcome() {
  return html`<div class="welcome">
    <h1>À qui écrire, et qui peut venir&#8239;?</h1>
    <p>
      Les professionnels de santé et les services de France, avec leurs lieux, leur téléphone et leur
      messagerie sécurisée. Écrivez comme vous parlez.
    </p>
  </div>`;
}

const EXAMPLES = [
  { q: 'kiné', where: 'Le Puy-en-Velay' },
  { q: 'infirmière', where: '43000' },
  { q: 'secrétariat cardiologie', where: 'Lyon' },
  { q: 'avis diabète pédiatrique', where: 'Haute-Loire' },
  { q: 'Dr Martin', where: 'Haute-Loire' },
];

function renderTries() {
  return html`<div class="tries">
    <section aria-labelledby="examples">
      <h2 id="examples">Par exemple</h2>
      <ul class="links">
        ${EXAMPLES.map((it) => html`<li><a href="/?${new URLSearchParams(it).toString()}">${it.q} · ${it.where}</a></li>`)}
      </ul>
    </section>
    <section aria-labelledby="recent-title" hidden>
      <h2 id="recent-title">Vos dernières recherches</h2>
      <ul id="recent" class="links"></ul>
      <p class="status">
        Gardées dans ce navigateur seulement.
        <button id="forget" class="plain" type="button">Effacer</button>
      </p>
    </section>
  </div>`;
}
