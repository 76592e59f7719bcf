import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { html } from 'hono/html';

import { listTerritories } from '#directory/list-territories.ts';
import type { PersonActor } from '#domain/actor.ts';
import { parseCorrespondentId, toDeclaredId } from '#domain/correspondent-id.ts';
import type { Declaration, DeclarationContent, DeclaredKind } from '#domain/declaration.ts';
import { AppError, isAppError, type AppErrorCode } from '#domain/errors.ts';
import { BillingNumbersSchema } from '#domain/expertise.ts';
import { FORM_MODELS } from '#domain/form-models.ts';
import { authorize } from '#domain/operations.ts';
import type { AppEnv } from '#http/app-env.ts';
import { auditContextOf } from '#http/authenticate.ts';
import type { BodyRoute } from '#http/limit-body.ts';
import { recordRefusals } from '#http/record-refusals.ts';
import { authorizeDeclaration, OPERATION_OF } from '#profiles/declarations/authorize-declaration.ts';
import { readBilling, writeBilling } from '#profiles/declarations/billing.ts';
import { parseContent } from '#profiles/declarations/check-declaration.ts';
import { declare } from '#profiles/declarations/declare.ts';
import {
  findTypedDeclaration,
  forgetTypedDeclaration,
  keepTypedDeclaration,
  forgetWhenDeclared,
} from '#profiles/declarations/declaration-draft.ts';
import {
  deleteDeclaration,
  replaceDeclaration,
  undoDeclaration,
} from '#profiles/declarations/edit-declaration.ts';
import {
  describeDeclarer,
  listDeclarers,
  type DeclarerChoice,
} from '#profiles/declarations/list-declarers.ts';
import {
  getDeclaration,
  listMyDeclarations,
  readDeclarationHistory,
} from '#profiles/declarations/read-declaration.ts';

import { pagePath } from '../correspondent-words.ts';
import { NOTHING, type Fragment } from '../page-frame.ts';
import { signInLink, visitorOf } from '../visitor.ts';
import { renderBillingPage } from './billing-page.ts';
import { renderDeclarePage, type DeclareView } from './declare-page.ts';
import { declarePath } from './declare-frame.ts';
import {
  CLOSED_FIELDS,
  parseDeclaredForm,
  toFormValues,
  toTypedValues,
  URGENT_FIELDS,
  type FieldFault,
} from './declared-form.ts';
import { FIELD_WORDS, toFieldFaults } from './declared-faults.ts';
import { renderChanges, renderDeclaredHistoryPage } from './declared-history-page.ts';
import { renderDeclaredListPage } from './declared-list-page.ts';
import { toPreview } from './declared-preview.ts';
import { QUESTION_FIELDS } from './question-rows.ts';
import { readTypedValues, rowsOf, textOf, withRows, type TypedValues } from './typed-values.ts';

const KINDS = ['expert', 'team'] as const satisfies DeclaredKind[];
const BYTES_MAX = 300_000;
const HISTORY_SHOWN = 50;
/** More than anybody declares. */
const LIST_SHOWN = 200;

/** For `limitBody`. */
export const DECLARE_BODIES: BodyRoute[] = KINDS.flatMap((kind): BodyRoute[] => {
  const path = declarePath(kind);
  return [
    { method: 'POST', path: `${path}/{id}`, bytesMax: BYTES_MAX },
    { method: 'POST', path: `${path}/{id}/historique`, bytesMax: 2000 },
    { method: 'POST', path: `${path}/{id}/facturation`, bytesMax: 20_000 },
  ];
});

/** Pages where professionals, services and coordinators declare experts and teams. */
export function registerDeclarePages(app: OpenAPIHono<AppEnv>): void {
  for (const kind of KINDS) {
    const path = declarePath(kind);
    app.use(`${path}/*`, recordRefusals(OPERATION_OF[kind]));
    app.use(`${path}/*`, async (c, next) => {
      if (c.req.method === 'GET' && c.get('actor').kind === 'anonymous' && c.get('signIn'))
        return c.redirect(signInLink(c.req.path), 303);
      await next();
      return undefined;
    });
    app.get(path, (c) => showList(c, kind));
    app.get(`${path}/:id`, async (c) => showForm(c, await openForm(c, kind)));
    app.post(`${path}/:id`, async (c) => takeForm(c, await openForm(c, kind)));
    app.get(`${path}/:id/historique`, (c) => showHistory(c, kind));
    app.post(`${path}/:id/historique`, (c) => undo(c, kind));
  }
  const billing = `${declarePath('expert')}/:id/facturation`;
  app.get(billing, async (c) => {
    const key = keyOf('expert', c);
    const { numbers, version } = await readBilling(dbOf(c), key, auditContextOf(c));
    const isSaved = c.req.query('enregistre') !== undefined;
    const id = toDeclaredId('expert', key);
    return c.html(
      renderBillingPage({ id, numbers, version, isSaved, fault: undefined, visitor: visitorOf(c) }),
    );
  });
  app.post(billing, (c) => saveBilling(c));
}

type PageContext = Context<AppEnv>;

function dbOf(c: PageContext) {
  return c.get('directory').store.db;
}

/** @throws AppError `key-needed`, `not-allowed` for whoever is no person */
function personOf(c: PageContext, kind: DeclaredKind): PersonActor {
  const actor = c.get('actor');
  if (actor.kind !== 'person') authorize(actor, 'read-self', 'keys');
  if (actor.kind === 'person') return actor;
  throw new AppError('not-allowed', `Only people use ${declarePath(kind)}.`, {});
}

/** @throws AppError `correspondent-not-found` for the id of anything else, once it is known that the caller may change some */
function keyOf(kind: DeclaredKind, c: PageContext): string {
  const id = c.req.param('id') ?? '';
  const parsed = parseCorrespondentId(id);
  if (parsed?.kind === kind) return parsed.key;
  authorizeDeclaration(personOf(c, kind), kind, {});
  throw new AppError('correspondent-not-found', 'Nothing declared has this identifier.', { id });
}

async function showList(c: PageContext, kind: DeclaredKind) {
  const actor = personOf(c, kind);
  const [{ declarations }, declarers] = await Promise.all([
    listMyDeclarations(dbOf(c), kind, actor, { after: '', limit: LIST_SHOWN }),
    listDeclarers(dbOf(c), kind, actor),
  ]);
  const [, id, version] = /^([\w-]{1,100})@(\d{1,9})$/.exec(c.req.query('retiree') ?? '') ?? [];
  const withdrawn = id === undefined ? undefined : { id, version: Number(version) };
  const mayDeclare = declarers.length > 0;
  return c.html(renderDeclaredListPage({ kind, declarations, mayDeclare, withdrawn, visitor: visitorOf(c) }));
}

const NOBODYS: Record<DeclaredKind, string> = {
  expert: 'Only professionals, and managers of the services of a structure, declare expertises here.',
  team: 'Only managers of the services of a structure, and coordinators of a territory, declare teams here.',
};

/** A form that is open: of a declaration, or of a new one. */
interface OpenForm {
  kind: DeclaredKind;
  current: Declaration | undefined;
  declarers: DeclarerChoice[];
  territories: { id: string; name: string }[];
  draftKey: { kind: DeclaredKind; key: string; editor: string };
}

async function openForm(c: PageContext, kind: DeclaredKind): Promise<OpenForm> {
  const actor = personOf(c, kind);
  const db = dbOf(c);
  const territories = await listTerritories(c.get('directory'));
  const shared = { kind, territories };
  if (c.req.param('id') === 'nouvelle') {
    const declarers = await listDeclarers(db, kind, actor);
    if (declarers.length === 0) throw new AppError('not-allowed', NOBODYS[kind], {});
    const draftKey = { kind, key: '', editor: actor.subject };
    return { ...shared, current: undefined, declarers, draftKey };
  }
  const key = keyOf(kind, c);
  const { declaration } = await getDeclaration(db, kind, key, actor);
  authorizeDeclaration(actor, kind, declaration.owner);
  const declarer = await describeDeclarer(db, declaration.owner);
  const draftKey = { kind, key, editor: actor.subject };
  return { ...shared, current: declaration, declarers: [declarer], draftKey };
}

/** What a form says and shows. */
interface Shown {
  values: TypedValues;
  version: number;
  faults?: readonly FieldFault[];
  draftSavedAt?: string | undefined;
  notice?: Fragment;
}

async function showForm(c: PageContext, opened: OpenForm) {
  const { kind, current, territories, draftKey } = opened;
  const draft = await findTypedDeclaration(dbOf(c), draftKey);
  const values = current
    ? (draft?.values ?? toTypedValues(kind, current.content, { territories, form: undefined }))
    : { ...newRequest(), ...draft?.values };
  const isSaved = c.req.query('publie') !== undefined;
  const notice = isSaved && current ? renderPublished(current) : NOTHING;
  const version = draft?.baseVersion ?? current?.version ?? 0;
  return render(c, opened, { values, version, draftSavedAt: draft?.savedAt, notice });
}

/** So that a new declaration that is sent twice is made once. */
function newRequest(): TypedValues {
  return { request: [crypto.randomUUID()] };
}

function renderPublished({ kind, key }: Declaration) {
  return html`<p class="note" role="status">
    C’est publié&nbsp;:
    <a href="${pagePath(toDeclaredId(kind, key))}">la page telle que les autres la voient</a>
    se trouve dans la recherche d’ici une ou deux secondes.
  </p>`;
}

function render(c: PageContext, opened: OpenForm, shown: Shown, status: 200 | 400 | 409 = 200) {
  const { kind, current, declarers, territories } = opened;
  const { values, version, faults = [], draftSavedAt, notice } = shown;
  const chosen = declarers.find((it) => it.code === textOf(values, 'owner')) ?? declarers[0];
  const typed = parseDeclaredForm(kind, values, { territories, form: current?.content.form });
  const isBlank = textOf(values, 'title') === '' && textOf(values, 'name') === '';
  const view: DeclareView = {
    kind,
    id: current && toDeclaredId(kind, current.key),
    version,
    declarers,
    mailboxes: [...new Set(declarers.flatMap((it) => it.mailboxes))],
    savoirFaire: [...new Set(declarers.flatMap((it) => it.savoirFaireCodes))],
    values,
    faults,
    preview:
      isBlank || !chosen
        ? undefined
        : toPreview(kind, typed.content, { owner: chosen.owner, name: chosen.name, territories }),
    draftSavedAt,
    notice,
    visitor: visitorOf(c),
  };
  return c.html(renderDeclarePage(view), status);
}

async function takeForm(c: PageContext, opened: OpenForm) {
  const { kind, current, draftKey } = opened;
  const body = await c.req.parseBody({ all: true });
  const action = typeof body['do'] === 'string' ? body['do'] : 'look';
  const version = toVersion(body['version']);
  const values = withStep(withoutBlankRows(readTypedValues(body)), action);
  const db = dbOf(c);
  if (action === 'abandon') {
    await forgetTypedDeclaration(db, draftKey);
    return c.redirect(declarePath(kind, ...(current ? [toDeclaredId(kind, current.key)] : [])), 303);
  }
  if (action === 'withdraw' && current) return withdraw(c, current, version);
  try {
    await keepTypedDeclaration(db, draftKey, { values, baseVersion: version });
    if (action === 'publish') return await publish(c, opened, values, version);
    const requestKey = textOf(values, 'request');
    if (!current && requestKey !== '') await forgetWhenDeclared(db, draftKey, c.get('actor'), requestKey);
  } catch (error) {
    return refuse(c, opened, { values, version }, error);
  }
  const draft = await findTypedDeclaration(db, draftKey);
  return render(c, opened, { values, version, draftSavedAt: draft?.savedAt });
}

function withoutBlankRows(values: TypedValues): TypedValues {
  const groups = { urgent: URGENT_FIELDS, closed: CLOSED_FIELDS, q: QUESTION_FIELDS };
  return Object.entries(groups).reduce(
    (kept, [group, telling]) => withRows(kept, group, rowsOf(kept, group, telling)),
    values,
  );
}

/** What a button of the form does to what is typed. */
function withStep(values: TypedValues, action: string): TypedValues {
  if (action === 'model') {
    const model = FORM_MODELS.find((it) => it.code === textOf(values, 'model'));
    if (model === undefined) return values;
    const taken = toFormValues(model.form);
    const isWhole = textOf(taken, 'formMode') === 'keep';
    return { ...withRows(values, 'q', []), ...taken, ...(isWhole && { formMode: ['model'] }) };
  }
  const [step, text] = action.split('.');
  const index = Number(text);
  const rows = rowsOf(values, 'q', QUESTION_FIELDS);
  const row = rows[index];
  if (row === undefined) return values;
  rows.splice(index, 1);
  if (step === 'up') rows.splice(index - 1, 0, row);
  else if (step !== 'remove') rows.splice(index, 0, row);
  return withRows(values, 'q', rows);
}

/** @throws AppError as `declare` and `replaceDeclaration` */
async function publish(c: PageContext, opened: OpenForm, values: TypedValues, version: number) {
  const { kind, current, declarers, territories, draftKey } = opened;
  const db = dbOf(c);
  const { content, faults } = parseDeclaredForm(kind, values, { territories, form: current?.content.form });
  const code = textOf(values, 'owner') || declarers[0]?.code;
  const chosen = current ? declarers[0] : declarers.find((it) => it.code === code);
  // Somebody may have lost a role since the form was shown: never in another name than the one they chose.
  if (chosen === undefined) faults.push({ field: 'owner', text: FIELD_WORDS['declaredBy']!.right });
  const parsed = parseTyped(kind, content, faults);
  if (faults.length > 0 || parsed === undefined)
    return render(c, opened, { values, version, faults, draftSavedAt: new Date().toISOString() }, 400);
  const audit = auditContextOf(c);
  let saved: Declaration;
  if (current) {
    const target = { kind, key: current.key, version: () => version };
    saved = await replaceDeclaration(db, target, parsed, audit);
  } else {
    const requestKey = textOf(values, 'request') || undefined;
    saved = await declare(db, kind, { owner: chosen!.owner, content: parsed, requestKey }, audit);
  }
  await forgetTypedDeclaration(db, draftKey);
  return c.redirect(`${declarePath(kind, toDeclaredId(kind, saved.key))}?publie=1`, 303);
}

/** Adds to `faults` what the schema refuses. */
function parseTyped<K extends DeclaredKind>(
  kind: K,
  content: Record<string, unknown>,
  faults: FieldFault[],
): DeclarationContent[K] | undefined {
  try {
    return parseContent(kind, content);
  } catch (error) {
    if (!isAppError(error) || error.code !== 'request-invalid') throw error;
    const known = new Set(faults.map((it) => it.field));
    const told = toFieldFaults((error as AppError<'request-invalid'>).data.faults);
    faults.push(...told.filter((it) => !known.has(it.field)));
    return undefined;
  }
}

const REFUSALS: Partial<Record<AppErrorCode, string>> = {
  'limit-reached':
    'Il y en a autant qu’il peut y en avoir à ce nom\u00a0: retirez-en une. Ce que vous avez tapé est gardé.',
  'patient-address-refused': 'Ceci contient l’identité d’un patient\u00a0: retirez-la. Rien n’a été gardé.',
};

async function refuse(c: PageContext, opened: OpenForm, shown: Shown, error: unknown) {
  if (!isAppError(error)) throw error;
  if (error.code === 'request-invalid') {
    const faults = toFieldFaults((error as AppError<'request-invalid'>).data.faults);
    return render(c, opened, { ...shown, faults }, 400);
  }
  if (error.code === 'version-outdated') return showConflict(c, opened, shown);
  if (error.code === 'idempotency-key-reused')
    return showMade(c, opened, shown, (error as AppError<'idempotency-key-reused'>).data.id);
  const text = REFUSALS[error.code];
  if (text === undefined) throw error;
  return render(c, opened, { ...shown, notice: html`<p class="note" role="alert">${text}</p>` }, 400);
}

/** This form was published before, saying something else: publishing it again is done knowingly. */
async function showMade(c: PageContext, opened: OpenForm, shown: Shown, id: string) {
  const values = { ...shown.values, ...newRequest() };
  await keepTypedDeclaration(dbOf(c), opened.draftKey, { values, baseVersion: 0 });
  const notice = html`<p class="note" role="alert">
    Vous avez déjà publié ce formulaire&nbsp;: <a href="${declarePath(opened.kind, id)}">modifiez-le</a>
    plutôt. Ce que vous avez tapé est gardé&nbsp;; le publier le déclarerait une seconde fois.
  </p>`;
  return render(c, opened, { ...shown, values, notice }, 409);
}

/** What others published meanwhile, so that publishing again is done knowingly. */
async function showConflict(c: PageContext, opened: OpenForm, shown: Shown) {
  const { kind, draftKey } = opened;
  const db = dbOf(c);
  const { declaration } = await getDeclaration(db, kind, draftKey.key, c.get('actor'));
  const page = { before: 2_000_000_000, limit: HISTORY_SHOWN };
  const changes = await readDeclarationHistory(db, kind, draftKey.key, page, auditContextOf(c));
  const missed = changes.filter((it) => it.version > shown.version);
  const notice = html`<div class="note" role="alert">
    <h2>Quelqu’un a publié autre chose entre-temps</h2>
    <p>
      Ce que vous avez tapé est gardé, et n’est pas publié. Reportez-y ce qui a changé, puis publiez&nbsp;:
      votre texte remplacera alors celui-ci.
    </p>
    ${missed.map(
      (it) =>
        html`<p><bdi>${it.by.name}</bdi></p>
          ${renderChanges(it.changes)}`,
    )}
  </div>`;
  const { version } = declaration;
  await keepTypedDeclaration(db, draftKey, { values: shown.values, baseVersion: version });
  return render(c, { ...opened, current: declaration }, { ...shown, version, notice }, 409);
}

async function withdraw(c: PageContext, { kind, key }: Declaration, version: number) {
  const id = toDeclaredId(kind, key);
  try {
    const gone = await deleteDeclaration(dbOf(c), { kind, key, version: () => version }, auditContextOf(c));
    return c.redirect(`${declarePath(kind)}?retiree=${id}@${gone.version}`, 303);
  } catch (error) {
    if (!isAppError(error) || error.code !== 'version-outdated') throw error;
    return c.redirect(declarePath(kind, id), 303);
  }
}

async function showHistory(c: PageContext, kind: DeclaredKind, fault?: string) {
  const key = keyOf(kind, c);
  const page = { before: 2_000_000_000, limit: HISTORY_SHOWN };
  const changes = await readDeclarationHistory(dbOf(c), kind, key, page, auditContextOf(c));
  const version = changes[0]?.version ?? 0;
  const id = toDeclaredId(kind, key);
  return c.html(
    renderDeclaredHistoryPage({ kind, id, version, changes, fault, visitor: visitorOf(c) }),
    fault === undefined ? 200 : 409,
  );
}

async function undo(c: PageContext, kind: DeclaredKind) {
  const key = keyOf(kind, c);
  const { version, undone } = await c.req.parseBody();
  const target = { kind, key, version: () => toVersion(version) };
  try {
    await undoDeclaration(dbOf(c), target, toVersion(undone), auditContextOf(c));
  } catch (error) {
    if (isAppError(error) && error.code === 'limit-reached')
      return showHistory(c, kind, REFUSALS['limit-reached']);
    const codes = ['version-outdated', 'declaration-changed', 'request-invalid'];
    if (!isAppError(error) || !codes.includes(error.code)) throw error;
    return showHistory(
      c,
      kind,
      'Ce changement ne peut plus être annulé ainsi\u00a0: voici ce qui s’est passé depuis.',
    );
  }
  return c.redirect(`${declarePath(kind, toDeclaredId(kind, key))}?publie=1`, 303);
}

/** What a form says; 0, which nothing declared has, when that is no version. */
function toVersion(value: unknown): number {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : 0;
}

async function saveBilling(c: PageContext) {
  const key = keyOf('expert', c);
  const id = toDeclaredId('expert', key);
  const body = await c.req.parseBody({ all: true });
  const texts = (name: string) => [body[name] ?? []].flat().map((it) => String(it).trim());
  const labels = texts('label');
  const typed = texts('number').flatMap((number, index) => {
    const label = labels[index] ?? '';
    return label === '' && number === '' ? [] : [{ label, number }];
  });
  const version = toVersion(body['version']);
  const audit = auditContextOf(c);
  const show = (fault: string, status: 400 | 409, current: number) =>
    c.html(
      renderBillingPage({
        id,
        numbers: typed,
        version: current,
        fault,
        isSaved: false,
        visitor: visitorOf(c),
      }),
      status,
    );
  const { success, data } = BillingNumbersSchema.safeParse(typed);
  const before = await readBilling(dbOf(c), key, audit);
  if (!success) return show('Dites de quoi il s’agit et le numéro, en 80 caractères au plus.', 400, version);
  try {
    await writeBilling(dbOf(c), key, data, () => version, audit);
  } catch (error) {
    if (!isAppError(error) || error.code !== 'version-outdated') throw error;
    return show(
      'Quelqu’un a changé ces numéros entre-temps\u00a0: regardez, puis enregistrez à nouveau.',
      409,
      before.version,
    );
  }
  return c.redirect(`${declarePath('expert', id, 'facturation')}?enregistre=1`, 303);
}
