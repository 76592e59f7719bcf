import { html } from 'hono/html';

import { findCode } from '#domain/code-lists.ts';
import type { Correspondent } from '#domain/correspondent.ts';
import type { DeclaredKind } from '#domain/declaration.ts';
import { EXPERTISE_DOMAINS } from '#domain/expertise-domains.ts';
import { FORM_MODELS } from '#domain/form-models.ts';
import type { RequestForm } from '#domain/request-form.ts';
import { TEAM_TYPES } from '#domain/team-types.ts';

import { renderDoes } from '../correspondent-card.ts';
import { toFrenchInstant } from '../operator/french-instant.ts';
import { renderCsrf } from '../operator/operator-frame.ts';
import { NOTHING, type Fragment } from '../page-frame.ts';
import type { Visitor } from '../visitor.ts';
import { CLOSED_FIELDS, URGENT_FIELDS } from './declared-form.ts';
import { FIELD_WORDS } from './declared-faults.ts';
import { renderStep, renderTextField, renderSelect, renderWrong, type TypedState } from './declare-fields.ts';
import { declarePath, DECLARED_NAMES, renderDeclareFrame } from './declare-frame.ts';
import { renderDeclaredSections } from './declared-sections.ts';
import { QUESTION_FIELDS, QUESTION_KINDS } from './question-rows.ts';
import { rowsOf, textOf } from './typed-values.ts';

export interface DeclareView extends TypedState {
  kind: DeclaredKind;
  /** Undefined for a new one. */
  id: string | undefined;
  version: number;
  /** In whose name it may be declared: a choice for a new one, one alone for one that is. */
  declarers: readonly { code: string; name: string }[];
  /** That may answer. */
  mailboxes: readonly string[];
  /** Savoir-faire that the professional has. */
  savoirFaire: readonly string[];
  /** As others would see it; undefined while too little is typed. */
  preview: { shown: Correspondent; form: RequestForm | undefined } | undefined;
  /** RFC 3339; undefined when nothing is kept. */
  draftSavedAt: string | undefined;
  /** What others changed since the draft was begun. */
  notice: Fragment | undefined;
  visitor: Visitor;
}

/** Declaring an expertise or a team, or changing it: what is typed is a draft until it is published. */
export function renderDeclarePage(view: DeclareView): Fragment {
  const { kind, id, version, visitor, notice, draftSavedAt } = view;
  const path = declarePath(kind, id ?? 'nouvelle');
  const names = DECLARED_NAMES[kind];
  return renderDeclareFrame(
    { kind, title: id === undefined ? names.declare : names.change, id, visitor },
    html`${notice ?? NOTHING} ${renderWrong(view)}
      <div class="fill">
        <form
          class="declare"
          method="post"
          action="${path}"
          hx-post="${path}"
          hx-trigger="input delay:700ms"
          hx-vals='{"do":"draft"}'
          hx-target="#preview"
          hx-select="#preview"
          hx-swap="outerHTML"
          hx-sync="this:replace"
        >
          ${renderCsrf(visitor)}
          <input type="hidden" name="version" value="${version}" />
          ${id === undefined ? html`<input type="hidden" name="request" value="${textOf(view.values, 'request')}" />` : NOTHING}
          <button class="unseen" name="do" value="look" tabindex="-1" aria-hidden="true">Aperçu</button>
          ${renderDeclarer(view)} ${kind === 'expert' ? renderExpertise(view) : renderTeam(view)}
          ${renderWhere(view, path)} ${renderForm(view, path)}
          <div class="form-bar">
            <button name="do" value="look" formaction="${path}#preview">Voir l’aperçu</button>
            <button class="main" name="do" value="publish">Publier</button>
          </div>
        </form>
        ${renderPreview(view)}
      </div>
      ${draftSavedAt === undefined ? NOTHING : renderAbandon(path, visitor)}
      ${id === undefined ? NOTHING : renderWithdraw(path, version, kind, visitor)}`,
  );
}

function renderDeclarer(view: DeclareView) {
  const { declarers, id } = view;
  if (id !== undefined || declarers.length === 1)
    return html`<p>
      Au nom de <strong><bdi>${declarers[0]?.name ?? ''}</bdi></strong>
      ${id === undefined ? html`<input type="hidden" name="owner" value="${declarers[0]?.code ?? ''}" />` : NOTHING}
    </p>`;
  const choices = declarers.map((it) => ({ value: it.code, label: it.name }));
  return renderSelect(view, { name: 'owner', label: 'Au nom de', choices });
}

function renderExpertise(view: DeclareView) {
  const domains = Object.entries(EXPERTISE_DOMAINS).map(([value, label]) => ({ value, label }));
  return html`<section class="part" aria-labelledby="part-what">
    <h2 id="part-what">Ce que vous offrez</h2>
    ${renderTextField(view, { name: 'title', label: 'Titre', hint: 'Comme on vous cherchera\u00a0: «\u00a0Avis en diabétologie pédiatrique\u00a0».', max: 120 })}
    ${renderSelect(view, { name: 'domain', label: 'Domaine', choices: domains, empty: 'Choisissez' })}
    ${renderSavoirFaire(view)}
    ${renderTextField(view, { name: 'answers', label: FIELD_WORDS['answers']!.label, hint: 'Une chose par ligne, dans les mots de qui demande\u00a0: ils servent à vous trouver.', rows: 5 })}
    ${renderTextField(view, { name: 'doesNotAnswer', label: 'Ce à quoi vous ne répondez pas', hint: 'Une chose par ligne, et à qui s’adresser plutôt. Facultatif.', rows: 3 })}
    ${renderTextField(view, { name: 'population', label: 'Pour quels patients', hint: '«\u00a0adultes\u00a0», «\u00a0enfants de moins de 6 ans\u00a0». Facultatif.', max: 300 })}
    <div class="pair">
      ${renderTextField(view, { name: 'delay.value', label: 'Délai habituel de réponse', hint: 'Facultatif.', type: 'number' })}
      ${renderSelect(view, {
        name: 'delay.unit',
        label: 'en',
        hint: 'Ouvrés ou non.',
        choices: [
          { value: 'days', label: 'jours' },
          { value: 'hours', label: 'heures' },
        ],
      })}
    </div>
  </section>`;
}

function renderSavoirFaire({ values, savoirFaire }: DeclareView) {
  const chosen = values['savoirFaireCodes'] ?? [];
  const codes = [...new Set([...savoirFaire, ...chosen])];
  if (codes.length === 0) return NOTHING;
  return html`<fieldset>
    <legend>Savoir-faire</legend>
    <ul class="choices">
      ${codes.map(
        (code) =>
          html`<li>
            <label
              ><input
                type="checkbox"
                name="savoirFaireCodes"
                value="${code}"
                ${chosen.includes(code) ? html`checked` : NOTHING}
              />
              ${findCode('savoirFaire', code)?.label ?? code}</label
            >
          </li>`,
      )}
    </ul>
  </fieldset>`;
}

function renderTeam(view: DeclareView) {
  const types = Object.entries(TEAM_TYPES).map(([value, { label }]) => ({ value, label }));
  const closed = rowsOf(view.values, 'closed', CLOSED_FIELDS).length;
  return html`<section class="part" aria-labelledby="part-what">
    <h2 id="part-what">L’équipe</h2>
    ${renderTextField(view, { name: 'name', label: 'Nom de l’équipe', max: 120 })}
    ${renderSelect(view, { name: 'type', label: 'Sorte d’équipe', choices: types, empty: 'Choisissez' })}
    ${renderTextField(view, { name: 'missions', label: 'Ce que fait l’équipe', hint: 'Une mission par ligne, dans les mots de qui l’appelle\u00a0: ils servent à la trouver.', rows: 5 })}
    ${renderTextField(view, { name: 'public', label: 'Pour qui', hint: '«\u00a0personnes de plus de 75 ans\u00a0». Facultatif.', max: 300 })}
    ${renderTextField(view, { name: 'hours', label: 'Horaires', hint: 'Comme «\u00a0lun-ven 9h-12h 14h-18h, sam 9h-12h\u00a0». Facultatif.', rows: 2 })}
    <fieldset>
      <legend>Fermetures</legend>
      ${Array.from(
        { length: closed + 1 },
        (_, index) =>
          html`<div class="pair three">
            ${renderTextField(view, { name: `closed.${index}.start`, label: `Premier jour${ordinal(index)}`, type: 'date' })}
            ${renderTextField(view, { name: `closed.${index}.end`, label: `Dernier jour${ordinal(index)}`, type: 'date' })}
            ${renderTextField(view, { name: `closed.${index}.description`, label: `Pourquoi${ordinal(index)}`, max: 200 })}
          </div>`,
      )}
    </fieldset>
  </section>`;
}

function ordinal(index: number): string {
  return index === 0 ? '' : ` (${index + 1})`;
}

function renderWhere(view: DeclareView, path: string) {
  const { kind, values, mailboxes } = view;
  const urgent = rowsOf(values, 'urgent', URGENT_FIELDS).length;
  return html`<section class="part" aria-labelledby="part-where">
      <h2 id="part-where">Pour quel territoire, et comment vous joindre</h2>
      ${renderTextField(view, { name: 'area', label: 'Territoire', hint: 'Un lieu par ligne\u00a0: commune, code postal, intercommunalité, département, région, CPTS, ou «\u00a0toute la France\u00a0».', rows: 4 })}
      ${renderTextField(view, {
        name: 'mailbox',
        label: 'Messagerie de santé qui reçoit les demandes',
        hint: kind === 'expert' ? 'L’une des vôtres, ou celle d’un service.' : 'Celle d’un service.',
        list: 'mailboxes',
        max: 260,
      })}
      <datalist id="mailboxes">${mailboxes.map((it) => html`<option value="${it}"></option>`)}</datalist>
    </section>
    <section class="part" aria-labelledby="part-urgent">
      <h2 id="part-urgent">En urgence</h2>
      <p class="status">
        Qui appeler quand écrire prendrait trop de temps. Sans horaires, le numéro répond à toute heure. Une
        ligne vide n’est pas gardée.
      </p>
      ${Array.from(
        { length: Math.min(urgent + 1, 10) },
        (_, index) =>
          html`<fieldset class="row">
            <legend>Numéro ${index + 1}</legend>
            <div class="pair three">
              ${renderTextField(view, { name: `urgent.${index}.case`, label: 'Dans quel cas', max: 120 })}
              ${renderTextField(view, { name: `urgent.${index}.phone`, label: 'Téléphone', type: 'tel', max: 30 })}
              ${renderTextField(view, { name: `urgent.${index}.hours`, label: 'Quand', hint: '«\u00a0lun-ven 8h-18h\u00a0»' })}
            </div>
          </fieldset>`,
      )}
      ${urgent > 0 && urgent < 9 ? renderStep('look', `${path}#urgent.${urgent}.case`, 'Ajouter un numéro') : NOTHING}
    </section>`;
}

function renderForm(view: DeclareView, path: string) {
  const { kind, values } = view;
  const mode = textOf(values, 'formMode') || 'none';
  const models = FORM_MODELS.filter((it) => it.kind === kind).map(({ code, label }) => ({
    value: code,
    label,
  }));
  const choices = [
    { value: 'none', label: 'Aucun\u00a0: on vous écrit librement' },
    { value: 'own', label: 'Les questions ci-dessous' },
    ...(mode === 'model' ? [{ value: 'model', label: 'Le modèle choisi ci-dessous, tel quel' }] : []),
    ...(mode === 'keep' ? [{ value: 'keep', label: 'Celui d’une application, gardé tel quel' }] : []),
  ];
  return html`<section class="part" aria-labelledby="part-form">
    <h2 id="part-form">Ce que vous demandez</h2>
    <p class="status">
      La messagerie de qui vous écrit pose ces questions et vous envoie les réponses&nbsp;: elles ne passent
      jamais par cet annuaire.
    </p>
    <fieldset id="formMode" tabindex="-1">
      <legend>Formulaire de demande</legend>
      <ul class="choices">
        ${choices.map(
          ({ value, label }) =>
            html`<li>
              <label
                ><input
                  type="radio"
                  name="formMode"
                  value="${value}"
                  ${value === mode ? html`checked` : NOTHING}
                />
                ${label}</label
              >
            </li>`,
        )}
      </ul>
    </fieldset>
    <div class="model">
      ${renderSelect(view, { name: 'model', label: 'Commencer par un modèle', choices: models, empty: 'Choisissez' })}
      ${renderStep('model', `${path}#form.title`, 'Prendre ce modèle')}
    </div>
    ${renderTextField(view, { name: 'form.title', label: 'Titre du formulaire', max: 200 })}
    ${renderTextField(view, { name: 'form.description', label: 'Ce qu’il faut savoir avant de répondre', hint: 'Facultatif.', max: 1000, rows: 2 })}
    ${renderQuestions(view, path)}
  </section>`;
}

function renderQuestions(view: DeclareView, path: string) {
  const count = rowsOf(view.values, 'q', QUESTION_FIELDS).length;
  return html`${Array.from({ length: Math.min(count + 1, 60) }, (_, index) => {
    const group = `q.${index}`;
    const title = textOf(view.values, `${group}.title`);
    return html`<fieldset class="row">
      <legend>Question ${index + 1}${index === count ? ' (nouvelle)' : ''}</legend>
      <input type="hidden" name="${group}.key" value="${textOf(view.values, `${group}.key`)}" />
      <div class="pair three">
        ${renderTextField(view, { name: `${group}.title`, label: 'Question', max: 200 })}
        ${renderSelect(view, { name: `${group}.kind`, label: 'Réponse attendue', choices: QUESTION_KINDS })}
        ${renderTextField(view, { name: `${group}.group`, label: 'Rubrique', max: 200 })}
      </div>
      <div class="offered">
        ${renderTextField(view, { name: `${group}.choices`, label: 'Réponses à choisir, une par ligne', rows: 2 })}
      </div>
      <div class="row-end">
        <label
          ><input
            type="checkbox"
            name="${group}.required"
            value="1"
            ${textOf(view.values, `${group}.required`) === '' ? NOTHING : html`checked`}
          />
          Nécessaire</label
        >
        ${
          index === count
            ? NOTHING
            : html`${index === 0 ? NOTHING : renderStep(`up.${index}`, `${path}#q.${index - 1}.title`, 'Monter', title)}
              ${renderStep(`remove.${index}`, `${path}#q.${index}.title`, 'Retirer', title)}`
        }
      </div>
    </fieldset>`;
  })}
  ${renderStep('look', `${path}#q.${count + 1}.title`, 'Ajouter une question')}`;
}

function renderPreview({ preview, draftSavedAt }: DeclareView) {
  return html`<aside id="preview" class="preview" aria-label="Aperçu" tabindex="-1">
    <h2>Ce que les autres verront</h2>
    ${draftSavedAt === undefined ? NOTHING : html`<p class="status">Brouillon gardé le ${toFrenchInstant(draftSavedAt)}. Lui seul n’est pas publié.</p>`}
    ${
      preview === undefined
        ? html`<p class="status">Écrivez un titre et ce que l’on peut demander.</p>`
        : html`<div class="sheet">
            <div>
              <p class="title"><bdi>${preview.shown.name}</bdi></p>
              ${renderDoes(preview.shown)} ${renderDeclaredSections(preview.shown, preview.form)}
            </div>
          </div>`
    }
  </aside>`;
}

function renderAbandon(path: string, visitor: Visitor) {
  return html`<form class="small" method="post" action="${path}">
    ${renderCsrf(visitor)}
    <button name="do" value="abandon">Abandonner le brouillon</button>
  </form>`;
}

function renderWithdraw(path: string, version: number, kind: DeclaredKind, visitor: Visitor) {
  return html`<form class="small" method="post" action="${path}">
    ${renderCsrf(visitor)}
    <input type="hidden" name="version" value="${version}" />
    <p class="status">
      ${kind === 'expert' ? 'L’expertise quitte l’annuaire aussitôt.' : 'L’équipe quitte l’annuaire aussitôt.'}
      L’historique permet de la remettre.
    </p>
    <button name="do" value="withdraw">Retirer de l’annuaire</button>
  </form>`;
}
