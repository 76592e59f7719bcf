import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { html } from 'hono/html';

import type { Correspondent } from '#domain/correspondent.ts';
import { AppError, isAppError, type AppErrorCode } from '#domain/errors.ts';
import { applyChanges, isSame, mergeProfiles } from '#domain/profile-changes.ts';
import { DAYS_OF_WEEK, type FieldChange, type Profile, type ProfileField } from '#domain/profile.ts';
import { ProfileSchema } from '#domain/profile-schema.ts';
import type { AppEnv } from '#http/app-env.ts';
import type { BodyRoute } from '#http/limit-body.ts';
import { compareProfile, readProfileAt, type FieldConflict } from '#profiles/practitioner/compare-profile.ts';
import { replaceProfile } from '#profiles/practitioner/edit-profile.ts';
import { forgetDraft, keepDraft, readDraft } from '#profiles/practitioner/profile-draft.ts';

import type { MapTiles } from '../map-tiles.ts';
import { toFrenchInstant } from '../operator/french-instant.ts';
import { renderCsrf } from '../operator/operator-frame.ts';
import { NOTHING, type Fragment } from '../page-frame.ts';
import { visitorOf } from '../visitor.ts';
import { toAreaData, toAreaEcho } from './area-data.ts';
import { renderFillPage } from './fill-page.ts';
import { readFormValues, textOf, type FormFault, type FormValues } from './form-values.ts';
import { faultOfSchema } from './fault-words.ts';
import { toHoursEcho } from './hours-fields.ts';
import { BASES, openPage, type OpenedPage } from './opened-page.ts';
import { nameOfField } from './page-form.ts';
import { alignPlaces, isPageField, listPlaces, toPageValues } from './page-fields.ts';
import { parsePageForm, writeHoursBothWays } from './parse-page-form.ts';
import { renderPreview } from './preview.ts';

const FORM_BYTES_MAX = 200_000;

/** For `limitBody`. */
export const FILL_BODIES: BodyRoute[] = BASES.flatMap((base) =>
  ['', '/brouillon', '/brouillon/abandon', '/reprise'].map((path) => ({
    method: 'POST' as const,
    path: `${base.replace(/:(\w+)/, '{$1}')}${path}`,
    bytesMax: FORM_BYTES_MAX,
  })),
);

/** What a form that came in holds. */
interface Sent {
  values: FormValues;
  version: number;
  /** What the page said when the form was made. */
  seen: Profile;
}

/** Filling in a page: what is typed is a draft until it is published. */
export function registerFillPages(app: OpenAPIHono<AppEnv>, tiles: MapTiles): void {
  for (const base of BASES) {
    app.get(base, async (c) => showPage(c, await openPage(c), tiles));
    app.post(base, async (c) => publish(c, await openPage(c), tiles));
    app.post(`${base}/brouillon`, async (c) => keep(c, await openPage(c)));
    app.post(`${base}/brouillon/abandon`, async (c) => {
      const { db, editor, page } = await openPage(c);
      await forgetDraft(db, editor);
      return c.redirect(page.base, 303);
    });
    app.post(`${base}/reprise`, async (c) => {
      const opened = await openPage(c);
      const { values, version, seen } = await readSent(c, opened);
      const { profile } = parsePageForm(values, opened.person, seen);
      const notice = html`<p class="note" role="status">
        Voici ce que vous aviez tapé. Rien n’en est encore publié.
      </p>`;
      return render(c, opened, tiles, { values, version, preview: profile, notice });
    });
  }
}

async function showPage(c: Context<AppEnv>, opened: OpenedPage, tiles: MapTiles) {
  const { person, known } = opened;
  const draft = await findUnpublished(opened);
  const version = draft?.version ?? known.version;
  const values = draft?.values ?? toPageValues(known.profile, person);
  const preview = draft?.preview ?? known.profile;
  return render(c, opened, tiles, {
    values,
    version,
    preview,
    notice: html`${renderPublished(c, opened)}${renderNoLonger(opened)}${draft ? renderDraftNotice(c, opened, draft) : NOTHING}`,
  });
}

async function publish(c: Context<AppEnv>, opened: OpenedPage, tiles: MapTiles) {
  const { db, editor, person, page } = opened;
  const { values, version, seen } = await readSent(c, opened);
  const { profile, faults } = parsePageForm(values, person, seen);
  const shown = { values, version, preview: profile };
  if (faults.length > 0) {
    await keepTyped(opened, values, version);
    return render(c, opened, tiles, { ...shown, faults }, 400);
  }
  const wanted = takeTheirs(profile, values, opened.known.profile);
  try {
    const saved = await replaceProfile(db, { ...editor, baseVersion: version }, wanted);
    return c.redirect(`${page.base}?publie=${saved.version === version ? 0 : saved.version}`, 303);
  } catch (error) {
    if (isCode(error, 'profile-changed')) return showConflicts(c, opened, tiles, { wanted, version });
    if (isCode(error, 'patient-address-refused')) {
      const text = 'Un texte contient l’identité d’un patient\u00a0: retirez-la. Rien n’a été gardé.';
      return render(c, opened, tiles, { ...shown, faults: [{ field: 'remarks', text }] }, 400);
    }
    if (!isCode(error, 'request-invalid')) throw error;
    const faults = error.data.faults.map(({ pointer }) => toForeignFault(pointer));
    return render(c, opened, tiles, { ...shown, faults }, 400);
  }
}

/** The form again, made from the page as it is now, with what was typed and what to choose from. */
async function showConflicts(
  c: Context<AppEnv>,
  opened: OpenedPage,
  tiles: MapTiles,
  { wanted, version: base }: { wanted: Profile; version: number },
) {
  const { db, editor, person } = opened;
  const { version, profile, conflicts } = await compareProfile(db, editor.practitionerId, base, wanted);
  const mine: FieldChange[] = conflicts.map((it) => ({ field: it.field, before: null, after: it.mine }));
  const merged = applyChanges(profile, mine);
  const values = toPageValues(merged, person);
  await keepTyped(opened, values, version);
  return render(c, opened, tiles, { values, version, preview: merged, conflicts }, 412);
}

/** Where the other's value was chosen, what the page says now; a form made from it was shown just before. */
function takeTheirs(profile: Profile, values: FormValues, now: Profile): Profile {
  const chosen = Object.entries(values).flatMap(([name, [keeps]]) =>
    name.startsWith('keep.') && keeps === 'theirs' ? [name.slice('keep.'.length) as ProfileField] : [],
  );
  const theirs = toChanges(now).filter((it) => chosen.includes(it.field));
  const unsaid = chosen.filter((field) => !theirs.some((it) => it.field === field));
  return applyChanges(profile, [...theirs, ...unsaid.map((field) => ({ field, before: null, after: null }))]);
}

function toChanges({ ways = {}, ...members }: Profile): FieldChange[] {
  return [
    ...Object.entries(ways).map(([way, after]) => ({
      field: `ways.${way}` as ProfileField,
      before: null,
      after,
    })),
    ...Object.entries(members).map(([field, after]) => ({
      field: field as ProfileField,
      before: null,
      after,
    })),
  ];
}

/** To scripts it tells how what is typed is understood and would look; to browsers without, the page again. */
async function keep(c: Context<AppEnv>, opened: OpenedPage) {
  const { person, page, now } = opened;
  const { values, version, seen } = await readSent(c, opened);
  const wantsJson = c.req.header('accept') === 'application/json';
  try {
    await keepTyped(opened, values, version);
  } catch (error) {
    if (!isCode(error, 'patient-address-refused') || !wantsJson) throw error;
    return c.json({ fault: 'L’identité d’un patient ne peut être ni gardée ni publiée\u00a0: retirez-la.' });
  }
  if (!wantsJson) return c.redirect(page.base, 303);
  const { profile } = parsePageForm(values, person, seen);
  return c.json({
    state: `Brouillon gardé à ${toTime(now)}`,
    preview: String(await renderPreview(person, profile, now)),
    echoes: listEchoes(values, person),
    otherWay: listOtherWay(values, person),
    area: toAreaData(values, person),
  });
}

/** By the id of where they are shown. */
function listEchoes(values: FormValues, person: Correspondent): Record<string, string> {
  const hours = listPlaces(person).map((_, index) => [
    `hours.${index}.echo`,
    toHoursEcho(textOf(values, `hours.${index}.line`)),
  ]);
  return { ...Object.fromEntries(hours), 'area.echo': toAreaEcho(values, person) };
}

/** The fields of hours in which nobody is typing: of the way that is not chosen. */
function listOtherWay(values: FormValues, person: Correspondent): Record<string, string> {
  return Object.fromEntries(
    listPlaces(person).flatMap((_, index) => {
      const group = `hours.${index}`;
      const isByDays = textOf(values, `${group}.mode`) === 'days';
      const names = isByDays ? [`${group}.line`] : DAYS_OF_WEEK.map((day) => `${group}.${day}`);
      return names.map((name) => [name, textOf(values, name)]);
    }),
  );
}

const TIME = new Intl.DateTimeFormat('fr-FR', { timeStyle: 'short', timeZone: 'Europe/Paris' });

function toTime(now: Date): string {
  return TIME.format(now).replace(':', '\u00a0h\u00a0');
}

async function readSent(c: Context<AppEnv>, { db, editor, person, page, known }: OpenedPage): Promise<Sent> {
  const values = readFormValues(await c.req.parseBody({ all: true }), isPageField);
  if (textOf(values, 'rpps') !== page.rpps)
    throw new AppError('not-allowed', 'This form is of another page.', {});
  const typed = textOf(values, 'version');
  const version = /^\d{1,9}$/.test(typed) && Number(typed) <= known.version ? Number(typed) : known.version;
  const seen = await readProfileAt(db, editor.practitionerId, version);
  return { values: writeHoursBothWays(alignPlaces(values, person), seen), version, seen };
}

function keepTyped({ db, editor }: OpenedPage, values: FormValues, version: number): Promise<void> {
  return keepDraft(db, editor, { content: { typed: values }, baseVersion: version });
}

/** A draft of the form, or one that was kept through the API, as far as it is right. */
async function findDraft({ db, editor, person }: OpenedPage) {
  try {
    const { content, baseVersion, savedAt } = await readDraft(db, editor);
    const typed = (content as { typed?: FormValues }).typed;
    const values =
      typed === undefined ? toPageValues(validMembers(content), person) : alignPlaces(typed, person);
    return { values, version: baseVersion, savedAt };
  } catch (error) {
    if (isCode(error, 'draft-not-found')) return undefined;
    throw error;
  }
}

/** Each member of a draft that is right by itself. */
function validMembers(content: unknown): Profile {
  const members = Object.entries(typeof content === 'object' && content !== null ? content : {});
  const parsed = members.map(([name, value]) => ProfileSchema.safeParse({ [name]: value }).data ?? {});
  return Object.assign({}, ...parsed) as Profile;
}

/** A draft that says something else than the page; one that was kept while it was being published is forgotten. */
async function findUnpublished(opened: OpenedPage) {
  const { db, editor, person, known } = opened;
  const draft = await findDraft(opened);
  if (draft === undefined) return undefined;
  const seen = await readProfileAt(db, editor.practitionerId, draft.version);
  const { profile: preview, faults } = parsePageForm(draft.values, person, seen);
  const { profile, conflicts } = mergeProfiles(known.profile, seen, preview);
  const isPublished = faults.length === 0 && conflicts.length === 0 && isSame(profile, known.profile);
  if (!isPublished) return { ...draft, preview };
  await forgetDraft(db, editor);
  return undefined;
}

interface Shown {
  values: FormValues;
  version: number;
  preview: Profile;
  faults?: FormFault[];
  conflicts?: FieldConflict[];
  notice?: Fragment;
}

function render(
  c: Context<AppEnv>,
  { page, person, known, now }: OpenedPage,
  tiles: MapTiles,
  { values, version, preview, faults = [], conflicts = [], notice }: Shown,
  status: 200 | 400 | 412 = 200,
) {
  const state = { values, faults };
  const { completeness } = known;
  return c.html(
    renderFillPage({
      page,
      person,
      state,
      version,
      completeness,
      preview,
      conflicts,
      notice,
      tiles,
      now,
      visitor: visitorOf(c),
    }),
    status,
  );
}

function renderPublished(c: Context<AppEnv>, { page, known }: OpenedPage): Fragment {
  const given = c.req.query('publie') ?? '';
  if (!/^\d{1,9}$/.test(given)) return NOTHING;
  const version = Number(given);
  if (version === 0)
    return html`<p class="note" role="status">Rien n’avait changé&nbsp;: la page est restée la même.</p>`;
  if (version !== known.version) return NOTHING;
  return html`<div class="done" role="status">
    <p><strong>C’est publié.</strong> Les autres le voient dans un instant.</p>
    <form method="post" action="${page.base}/historique/${version}/annulation">
      ${renderCsrf(visitorOf(c))}
      <button type="submit">Annuler ce changement</button>
    </form>
  </div>`;
}

/** What of the page the schema has come to refuse since it was published. */
function renderNoLonger({ page, known }: OpenedPage): Fragment {
  const issues = ProfileSchema.safeParse(known.profile).error?.issues ?? [];
  if (issues.length === 0) return NOTHING;
  const faults = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map(faultOfGone) : [faultOfSchema(issue)],
  );
  const pathOf = (field: string) => (field === 'awayPeriods' ? `${page.base}/absence` : `#${field}`);
  return html`<div class="note" role="status">
    <p>Ceci ne s’écrit plus ainsi. Votre page le dit toujours, jusqu’à ce que vous le changiez&nbsp;:</p>
    <ul>
      ${faults.map(
        ({ field, text }) =>
          html`<li><a href="${pathOf(field)}">${nameOfField(field)}</a>&nbsp;: <bdi>${text}</bdi></li>`,
      )}
    </ul>
  </div>`;
}

function faultOfGone(member: string): FormFault {
  return { field: member, text: `«\u00a0${member}\u00a0» n’est plus demandé.` };
}

function renderDraftNotice(
  c: Context<AppEnv>,
  { page, known }: OpenedPage,
  draft: { version: number; savedAt: string },
): Fragment {
  const isBehind = draft.version < known.version;
  return html`<div class="note" role="status">
    <p>
      Voici votre brouillon du ${toFrenchInstant(draft.savedAt)}, qui n’est pas
      publié.${isBehind ? ' La page a été changée depuis par quelqu’un d’autre\u00a0: s’il a changé la même chose, vous choisirez en publiant.' : ''}
    </p>
    <form method="post" action="${page.base}/brouillon/abandon">
      ${renderCsrf(visitorOf(c))}
      <button type="submit">Abandonner le brouillon</button>
    </form>
  </div>`;
}

/** What the page may not name, whoever is right. */
function toForeignFault(pointer: string): FormFault {
  if (pointer.startsWith('profile.preferredMailbox'))
    return {
      field: 'preferredMailbox',
      text: 'Cette messagerie n’est plus à votre nom\u00a0: choisissez-en une autre.',
    };
  if (pointer.startsWith('profile.hours'))
    return {
      field: 'hours.0.line',
      text: 'Un de ces lieux n’est plus un lieu d’exercice\u00a0: rechargez la page.',
    };
  return { field: 'remarks', text: 'Ceci n’est pas valable.' };
}

function isCode<C extends AppErrorCode>(error: unknown, code: C): error is AppError<C> {
  return isAppError(error) && error.code === code;
}
