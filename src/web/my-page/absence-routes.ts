import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { html } from 'hono/html';

import { getCorrespondent } from '#directory/get-correspondent.ts';
import { dayInFrance } from '#domain/away.ts';
import { isAppError } from '#domain/errors.ts';
import { parseRpps } from '#domain/identifiers.ts';
import type { AwayPeriod } from '#domain/profile.ts';
import type { AppEnv } from '#http/app-env.ts';
import type { BodyRoute } from '#http/limit-body.ts';
import { patchProfile } from '#profiles/practitioner/edit-profile.ts';

import { renderCsrf } from '../operator/operator-frame.ts';
import { NOTHING, type Fragment } from '../page-frame.ts';
import { toAwayText } from '../profile-words.ts';
import { visitorOf } from '../visitor.ts';
import { renderFaultSummary, renderText, type FormState } from './fields.ts';
import { readFormValues, textOf, type FormFault, type FormValues } from './form-values.ts';
import { renderMyPageFrame } from './my-page-frame.ts';
import { BASES, openPage, type OpenedPage } from './opened-page.ts';
import { faultOfDays } from './parse-page-form.ts';

/** For `limitBody`. */
export const ABSENCE_BODIES: BodyRoute[] = BASES.flatMap((base) =>
  ['', '/fin', '/reprise'].map((path) => ({
    method: 'POST' as const,
    path: `${base.replace(/:(\w+)/, '{$1}')}/absence${path}`,
    bytesMax: 10_000,
  })),
);

const FIELDS = /^(?:start|end|days|message|replacement)$/;
const DAY_MS = 86_400_000;
/** From today, so many days more. */
const SHORTCUTS = [
  { days: 0, label: 'Aujourd’hui seulement' },
  { days: 6, label: 'Une semaine' },
  { days: 13, label: 'Deux semaines' },
  { days: 20, label: 'Trois semaines' },
];

/** Saying that one is away, published at once. */
export function registerAbsencePages(app: OpenAPIHono<AppEnv>): void {
  for (const base of BASES) {
    app.get(`${base}/absence`, async (c) => show(c, await openPage(c), { values: {}, faults: [] }));
    app.post(`${base}/absence`, async (c) => sayAway(c, await openPage(c)));
    app.post(`${base}/absence/reprise`, async (c) => {
      const opened = await openPage(c);
      return show(c, opened, { values: await readValues(c), faults: [] });
    });
    app.post(`${base}/absence/fin`, async (c) => {
      const opened = await openPage(c);
      const body = await c.req.parseBody();
      const yesterday = addDays(dayInFrance(opened.now), -1);
      await savePeriods(
        opened,
        (opened.known.profile.awayPeriods ?? []).flatMap((it) => {
          if (it.start !== body['start'] || it.end !== body['end']) return [it];
          return it.start <= yesterday ? [{ ...it, end: yesterday }] : [];
        }),
      );
      return c.redirect(`${opened.page.base}/absence?publie=1`, 303);
    });
  }
}

async function sayAway(c: Context<AppEnv>, opened: OpenedPage) {
  const values = await readValues(c);
  const today = dayInFrance(opened.now);
  const start = textOf(values, 'start') || today;
  const days = /^\d{1,2}$/.exec(textOf(values, 'days'))?.[0];
  const isDay = faultOfDays(start, start) === undefined;
  const end = days === undefined || !isDay ? textOf(values, 'end') : addDays(start, Number(days));
  const faults: FormFault[] = [];
  const text = faultOfDays(start, end) ?? (end < today ? 'Ce jour est passé.' : undefined);
  if (text !== undefined) faults.push({ field: 'end', text });
  const others = (opened.known.profile.awayPeriods ?? []).filter((it) => it.end >= today);
  const other = others.find((it) => it.start <= end && start <= it.end);
  if (other && faults.length === 0)
    faults.push({
      field: 'end',
      text: `${toAwayText(other)}\u00a0: c’est déjà dit. Retirez cette absence d’abord.`,
    });
  const replacement = await readReplacement(c, textOf(values, 'replacement').trim(), faults);
  const message = textOf(values, 'message').trim();
  if (message.length > 500) faults.push({ field: 'message', text: '500 caractères au plus.' });
  if (others.length >= 20) faults.push({ field: 'end', text: '20 absences au plus\u00a0: retirez-en une.' });
  if (faults.length > 0) return show(c, opened, { values, faults });
  try {
    await savePeriods(opened, [
      ...others,
      { start, end, ...(message !== '' && { message }), ...(replacement && { replacement }) },
    ]);
  } catch (error) {
    if (!isAppError(error) || error.code !== 'patient-address-refused') throw error;
    const text = 'Ceci contient l’identité d’un patient\u00a0: retirez-la. Rien n’a été gardé.';
    return show(c, opened, { values, faults: [{ field: 'message', text }] });
  }
  return c.redirect(`${opened.page.base}/absence?publie=1`, 303);
}

/** A colleague by number, whose name is then known; or by name. */
async function readReplacement(
  c: Context<AppEnv>,
  text: string,
  faults: FormFault[],
): Promise<AwayPeriod['replacement']> {
  if (text === '') return undefined;
  if (text.length > 120) {
    faults.push({ field: 'replacement', text: '120 caractères au plus.' });
    return undefined;
  }
  const rpps = parseRpps(text);
  if (rpps === undefined) return { name: text };
  try {
    return { rpps, name: (await getCorrespondent(c.get('directory'), rpps)).name };
  } catch (error) {
    if (!isAppError(error) || error.code !== 'correspondent-not-found') throw error;
    faults.push({ field: 'replacement', text: 'Personne n’a ce numéro RPPS dans l’annuaire.' });
    return undefined;
  }
}

async function savePeriods({ db, editor, known }: OpenedPage, periods: AwayPeriod[]): Promise<void> {
  const awayPeriods = periods.length === 0 ? null : periods;
  await patchProfile(db, { ...editor, editor: undefined, baseVersion: known.version }, { awayPeriods });
}

async function readValues(c: Context<AppEnv>): Promise<FormValues> {
  return readFormValues(await c.req.parseBody({ all: true }), (name) => FIELDS.test(name));
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

const NAMES: Record<string, string> = { end: 'Jusqu’au', message: 'Message', replacement: 'Remplacement' };

function show(c: Context<AppEnv>, { page, known, now }: OpenedPage, state: FormState) {
  const visitor = visitorOf(c);
  const csrf = renderCsrf(visitor);
  const today = dayInFrance(now);
  const periods = (known.profile.awayPeriods ?? []).filter((it) => it.end >= today);
  const content = html`${
      c.req.query('publie') === undefined
        ? NOTHING
        : html`<p class="done" role="status">
            <strong>C’est publié.</strong> Les autres le voient dans un instant.
          </p>`
    }
    ${periods.length === 0 ? NOTHING : renderPeriods(periods, { today, base: page.base, csrf })}
    <form method="post" action="${page.base}/absence" class="away-form">
      ${csrf} ${renderFaultSummary(state, (field) => NAMES[field] ?? 'Absence')}
      <h2>Je m’absente à partir d’aujourd’hui</h2>
      <p class="status">Un bouton, et c’est publié. Vos heures et votre page restent comme elles sont.</p>
      <div class="actions">
        ${SHORTCUTS.map(
          ({ days, label }) => html`<button type="submit" name="days" value="${days}">${label}</button>`,
        )}
      </div>
      <h2>Ou bien précisément</h2>
      <div class="pair">
        ${renderText(state, { name: 'start', label: 'Du (vide\u00a0: aujourd’hui)', type: 'date' })}
        ${renderText(state, { name: 'end', label: 'Jusqu’au', type: 'date' })}
      </div>
      ${renderText(state, { name: 'message', label: 'Message, lu par tous', rows: 2, maxLength: 500 })}
      ${renderText(state, {
        name: 'replacement',
        label: 'Remplacement',
        hint: 'Un nom, ou un numéro RPPS\u00a0: sa page est alors à un clic.',
        maxLength: 120,
      })}
      <button type="submit" class="main">Publier cette absence</button>
    </form>`;
  return c.html(
    renderMyPageFrame({ title: 'Mes absences', path: '/absence', visitor, page }, content),
    state.faults.length > 0 ? 400 : 200,
  );
}

function renderPeriods(
  periods: readonly AwayPeriod[],
  { today, base, csrf }: { today: string; base: string; csrf: Fragment },
): Fragment {
  return html`<h2>Absences dites</h2>
    <ul class="periods">
      ${periods.map((it, index) => {
        const isNow = it.start <= today;
        return html`<li class="away">
          <p id="period-${index}"><strong>${toAwayText(it)}</strong></p>
          ${it.message ? html`<p class="lines"><bdi>${it.message}</bdi></p>` : NOTHING}
          ${it.replacement ? html`<p>Remplacement&nbsp;: <bdi>${it.replacement.name ?? it.replacement.rpps}</bdi></p>` : NOTHING}
          <form method="post" action="${base}/absence/fin">
            ${csrf}
            <input type="hidden" name="start" value="${it.start}" />
            <input type="hidden" name="end" value="${it.end}" />
            <button type="submit" aria-describedby="period-${index}">
              ${isNow ? 'Je suis de retour' : 'Retirer cette absence'}
            </button>
          </form>
        </li>`;
      })}
    </ul>`;
}
