import { html } from 'hono/html';

import { REPORT_MESSAGE_MAX, REPORTED_FIELDS, type ReportedField } from '#domain/error-report.ts';

import { NOTHING, renderPage, type Fragment } from './page-frame.ts';
import type { Visitor } from './visitor.ts';

export const REPORTED_LABELS: Record<ReportedField, string> = {
  identity: 'Le nom, l’identité',
  profession: 'La profession, la spécialité',
  place: 'Un lieu, une adresse',
  phone: 'Un numéro de téléphone',
  mailbox: 'Une adresse de messagerie',
  practising: 'Les horaires, la façon d’exercer',
  gone: 'N’exerce plus ici, a fermé',
  other: 'Autre chose',
};

/** Name of a field that people do not see: whatever fills it is a program, whose reports are dropped. */
export const TRAP = 'site';

export interface ReportView {
  name: string;
  /** Of the page that is reported. */
  path: string;
  /** What was filled in, when it was refused. */
  given: { field: string | undefined; message: string } | undefined;
  /** What is wrong with it, for people. */
  fault: string | undefined;
  visitor: Visitor;
}

/** The form that says what is wrong on a page. */
export function renderReportPage(view: ReportView): Fragment {
  const { name, path, given, fault, visitor } = view;
  const csrfToken = visitor.person?.csrfToken;
  return renderPage(
    { title: `Signaler une erreur – ${name}`, visitor, head: html`<meta name="robots" content="noindex" />` },
    html`<p class="way-back"><a href="${path}">Revenir à la page</a></p>
      <div class="prose">
        <h1>Signaler une erreur</h1>
        <p>
          À propos de <strong><bdi>${name}</bdi></strong
          >. Votre message n’est lu que par le coordinateur du territoire et par qui tient l’annuaire.
        </p>
        <form method="post" action="${path}/erreur" class="fields">
          ${fault === undefined ? NOTHING : html`<p id="fault" class="note" role="alert">${fault}</p>`}
          ${csrfToken === undefined ? NOTHING : html`<input type="hidden" name="csrf" value="${csrfToken}" />`}
          <fieldset>
            <legend>Ce qui est faux</legend>
            <ul class="choices">
              ${REPORTED_FIELDS.map(
                (field) =>
                  html`<li>
                    <label
                      ><input
                        type="radio"
                        name="field"
                        value="${field}"
                        required
                        ${given?.field === field ? html`checked` : NOTHING}
                      />
                      ${REPORTED_LABELS[field]}</label
                    >
                  </li>`,
              )}
            </ul>
          </fieldset>
          <div>
            <label for="message">Ce qui serait juste</label>
            <p id="message-hint" class="status">
              Jamais rien d’un patient&nbsp;: ni nom, ni INS, ni adresse. ${REPORT_MESSAGE_MAX} caractères au
              plus.
            </p>
            <textarea
              id="message"
              name="message"
              rows="5"
              maxlength="${REPORT_MESSAGE_MAX}"
              required
              aria-describedby="message-hint${fault === undefined ? '' : ' fault'}"
            >
${given?.message ?? ''}</textarea>
          </div>
          <div class="trap">
            <label for="${TRAP}">Laissez ce champ vide</label>
            <input id="${TRAP}" name="${TRAP}" type="text" tabindex="-1" autocomplete="off" />
          </div>
          <button class="main" type="submit">Envoyer</button>
        </form>
        <p class="status">
          L’identité et les lieux viennent du RPPS&nbsp;: l’Ordre, ou l’ARS pour les professions sans Ordre,
          les corrige. L’adresse de messagerie vient de son opérateur MSSanté.
        </p>
      </div>`,
  );
}

/** After a report was kept. */
export function renderReportThanks(name: string, path: string, visitor: Visitor): Fragment {
  return renderPage(
    {
      title: 'Erreur signalée – Correspondants',
      visitor,
      head: html`<meta name="robots" content="noindex" />`,
    },
    html`<div class="prose">
      <h1>Merci</h1>
      <p role="status">
        Ce que vous avez signalé à propos de <strong><bdi>${name}</bdi></strong> sera lu par qui peut le
        corriger.
      </p>
      <p><a class="button main" href="${path}">Revenir à la page</a></p>
    </div>`,
  );
}
