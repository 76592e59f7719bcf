import { html } from 'hono/html';

import type { Correspondent } from '#domain/correspondent.ts';
import type { ShownExpertise, ShownTeam } from '#domain/declaration.ts';
import type { RequestForm } from '#domain/request-form.ts';
import type { UrgentNumber } from '#domain/urgent-numbers.ts';

import { pagePath } from '../correspondent-words.ts';
import { toFrenchPhone } from '../french-text.ts';
import { toHoursLines } from '../hours-text.ts';
import { NOTHING, type Fragment } from '../page-frame.ts';
import { toFrenchDay } from '../profile-words.ts';
import { listAreaNames, toAreaLine, toDelayText, toDeclarerName, toDeclaredTitle } from './declared-words.ts';
import { listQuestions, toOutlineText, type Question } from './form-outline.ts';

const LINES_ON_CARD_MAX = 4;
const PLACES_SHOWN_MAX = 24;

/** What an expert or a team adds to its card: what it takes, for which area, how soon. */
export function renderDeclaredOnCard({ expertise, team }: Correspondent) {
  const said = expertise ?? team;
  if (said === undefined) return NOTHING;
  const lines = expertise?.answers ?? team?.missions ?? [];
  const others = lines.length - LINES_ON_CARD_MAX;
  const about = expertise?.population ?? team?.public;
  const area = toAreaLine(said.area);
  const delay = expertise?.usualDelay && `Répond d’habitude ${toDelayText(expertise.usualDelay)}`;
  return html`<p class="acts">
      <bdi>${lines.slice(0, LINES_ON_CARD_MAX).join(' · ')}</bdi>${others > 0 ? ` et ${others} de plus` : ''}
    </p>
    <p class="status">
      ${about === undefined ? NOTHING : html`<bdi>${about}</bdi> · `}<bdi>${area}</bdi>${delay ? ` · ${delay}` : ''}
    </p>`;
}

/** The one thing to do about an expert or a team; with a form, its page first says what will be asked. */
export function renderAsk(it: Correspondent): Fragment {
  const label = it.kind === 'expert' ? 'Demander un avis' : 'Demander un appui';
  const about = html`<bdi class="out-of-sight"> – ${it.name}</bdi>`;
  if ((it.expertise ?? it.team)?.hasForm)
    return html`<a class="button main" href="${pagePath(it.id)}#demande">${label}${about}</a>`;
  const path = toMessagePath(it, undefined);
  return path === undefined ? NOTHING : html`<a class="button main" href="${path}">${label}${about}</a>`;
}

/** A message that names what is asked for and holds the questions to answer; undefined where there is no mailbox. */
function toMessagePath(it: Correspondent, form: RequestForm | undefined): string | undefined {
  const [mailbox] = it.mailboxes;
  if (mailbox === undefined) return undefined;
  const subject = `${it.kind === 'expert' ? 'Demande d’avis' : 'Demande d’appui'} – ${toDeclaredTitle(it)}`;
  const body = form === undefined ? '' : `&body=${encodeURIComponent(toOutlineText(form))}`;
  return `mailto:${encodeURIComponent(mailbox.address)}?subject=${encodeURIComponent(subject)}${body}`;
}

/** What an expert or a team says, in the order in which whoever needs it reads: urgent first, then whether it is for them. */
export function renderDeclaredSections(it: Correspondent, form: RequestForm | undefined): Fragment {
  const { expertise, team } = it;
  return html`${renderUrgent((expertise ?? team)?.urgentNumbers)}
  ${expertise ? renderExpertise(expertise) : NOTHING}${team ? renderTeam(team) : NOTHING}
  ${renderArea(it)}${renderRequest(it, form)}`;
}

function renderUrgent(numbers: readonly UrgentNumber[] = []) {
  if (numbers.length === 0) return NOTHING;
  return section(
    'urgent',
    'En urgence, appelez',
    html`<ul class="urgent">
      ${numbers.map(
        ({ case: what, phone, availableTime }) =>
          html`<li>
            <p>
              <a class="button" href="tel:${phone}"
                >${toFrenchPhone(phone)}<bdi class="out-of-sight"> – ${what}</bdi></a
              >
              <strong><bdi>${what}</bdi></strong>
            </p>
            ${availableTime === undefined ? html`<p class="status">À toute heure</p>` : renderHours(availableTime)}
          </li>`,
      )}
    </ul>`,
  );
}

function renderHours(times: Parameters<typeof toHoursLines>[0]) {
  return html`<dl class="hours">
    ${toHoursLines(times).map(
      ({ days, hours }) =>
        html`<dt>${days}</dt>
          <dd>${hours}</dd>`,
    )}
  </dl>`;
}

function renderExpertise({ answers, doesNotAnswer = [], population, usualDelay }: ShownExpertise) {
  return html`${section('answers', 'Ce que vous pouvez demander', renderLines(answers, 'takes'))}
  ${doesNotAnswer.length === 0 ? NOTHING : section('not-answers', 'Ce à quoi il n’est pas répondu', renderLines(doesNotAnswer, 'leaves'))}
  ${population === undefined ? NOTHING : section('population', 'Pour quels patients', html`<p><bdi>${population}</bdi></p>`)}
  ${usualDelay === undefined ? NOTHING : section('delay', 'Délai habituel', html`<p>Réponse ${toDelayText(usualDelay)}</p>`)}`;
}

function renderTeam({ missions, public: audience, hours, notAvailable = [] }: ShownTeam) {
  return html`${section('missions', 'Ce que fait l’équipe', renderLines(missions, 'takes'))}
  ${audience === undefined ? NOTHING : section('public', 'Pour qui', html`<p><bdi>${audience}</bdi></p>`)}
  ${
    hours === undefined && notAvailable.length === 0
      ? NOTHING
      : section(
          'hours',
          'Horaires',
          html`${hours === undefined ? NOTHING : renderHours(hours)}
          ${notAvailable.map(
            ({ description, during: { start, end } }) =>
              html`<p class="status">
                ${start === end ? `Le ${toFrenchDay(start)}` : `Du ${toFrenchDay(start)} au ${toFrenchDay(end)}`}&nbsp;:
                <bdi>${description}</bdi>
              </p>`,
          )}`,
        )
  }`;
}

function renderLines(lines: readonly string[], name: 'takes' | 'leaves') {
  return html`<ul class="${name}">
    ${lines.map((line) => html`<li><bdi>${line}</bdi></li>`)}
  </ul>`;
}

function renderArea({ expertise, team }: Correspondent) {
  const names = listAreaNames((expertise ?? team)?.area ?? []);
  if (names.length === 0) return NOTHING;
  const [first, others] = [names.slice(0, PLACES_SHOWN_MAX), names.slice(PLACES_SHOWN_MAX)];
  return section(
    'area',
    'Pour quel territoire',
    html`${renderNames(first)}
    ${
      others.length === 0
        ? NOTHING
        : html`<details>
            <summary>${others.length} autres</summary>
            ${renderNames(others)}
          </details>`
    }`,
  );
}

function renderNames(names: readonly string[]) {
  return html`<ul class="words">
    ${names.map((name) => html`<li><bdi>${name}</bdi></li>`)}
  </ul>`;
}

function renderRequest(it: Correspondent, form: RequestForm | undefined) {
  const path = toMessagePath(it, form);
  if (path === undefined && form === undefined) return NOTHING;
  const title = it.kind === 'expert' ? 'Demander un avis' : 'Demander un appui';
  return html`<section id="demande" aria-labelledby="said-request">
    <h2 id="said-request">${title}</h2>
    ${
      path === undefined
        ? NOTHING
        : html`<p>
            <a class="button main" href="${path}">Écrire la demande</a>
            ${
              form === undefined
                ? NOTHING
                : html`<button
                    class="plain js"
                    type="button"
                    data-copy="${toOutlineText(form)}"
                    data-copied="Questions copiées"
                  >
                    Copier les questions
                  </button>`
            }
          </p>`
    }
    ${form === undefined ? NOTHING : renderRequestForm(form)}
  </section>`;
}

/** What a form will ask, to be read: it is never filled in here. */
function renderRequestForm(form: RequestForm): Fragment {
  return html`<div class="asked">
    <h3><bdi>${form.title}</bdi></h3>
    ${form.description === undefined ? NOTHING : html`<p><bdi>${form.description}</bdi></p>`}
    <p class="status">
      Ce qui vous sera demandé (* nécessaire). Les réponses partent par votre messagerie&nbsp;: elles ne
      passent jamais par cet annuaire, qui ne garde rien des patients.
    </p>
    ${renderQuestions(listQuestions(form))}
  </div>`;
}

function renderQuestions(questions: readonly Question[]): Fragment {
  return html`<ol class="questions">
    ${questions.map(
      ({ title, description, answer, isRequired, inside }) =>
        html`<li>
          <bdi>${title}</bdi>${isRequired ? html`<abbr title="nécessaire">&nbsp;*</abbr>` : NOTHING}
          ${answer === '' ? NOTHING : html`<span class="status"><bdi>${answer}</bdi></span>`}
          ${description === undefined ? NOTHING : html`<p class="status"><bdi>${description}</bdi></p>`}
          ${inside.length === 0 ? NOTHING : renderQuestions(inside)}
        </li>`,
    )}
  </ol>`;
}

/** Who answers for it, with a way to their page where there is one. */
export function renderDeclarer(it: Correspondent): Fragment {
  const name = toDeclarerName(it);
  const { practitionerId, territoryId } = (it.expertise ?? it.team)?.declaredBy ?? {};
  if (name === undefined) return NOTHING;
  if (practitionerId !== undefined)
    return html`<p class="declarer">
      Par <a href="/correspondants/${practitionerId.slice(1)}"><bdi>${name}</bdi></a>
    </p>`;
  return html`<p class="declarer">${territoryId === undefined ? 'Par' : 'Pour'} <bdi>${name}</bdi></p>`;
}

function section(id: string, title: string, content: Fragment) {
  return html`<section aria-labelledby="said-${id}">
    <h2 id="said-${id}">${title}</h2>
    ${content}
  </section>`;
}
