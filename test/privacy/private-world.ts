import { sql } from 'drizzle-orm';
import { configure, getJsonLinesFormatter, reset } from '@logtape/logtape';

import { grantKey } from '#access/manage-keys.ts';
import { grantRole } from '#access/roles.ts';
import { openIndexComparison } from '#directory/index-comparison.ts';
import { putTerritories } from '#store/territories.ts';
import { checkWithheldInStore } from '#store/withheld.ts';
import { openPromMetrics } from '#telemetry/prom-metrics.ts';

import { createApp } from '../../src/app.ts';
import { checkHealth } from '../../src/check-health.ts';
import { openMessageHook } from '../support/message-hook.ts';
import { activity, openOfficialFolder, personalMailbox, serviceMailbox } from '../support/official-files.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { openTestProvider, type TestPerson } from '../support/test-provider.ts';
import type { AddressParts } from './addresses.ts';
import type { Caller, CallerName } from './callers.ts';

/** In all that is private of the seeds, and in nothing else. */
export const MARK = 'ZQX';

const RPPS = '99000000071';
const WITHHELD = '99000000003';
const OPERATOR = { actor: { kind: 'operator' } } as const;
const HOSPITAL = { finess: '430000018', organizationId: '1430000018' };
const ELSEWHERE = { 'Raison sociale site': 'CABINET DU MARCHÉ' };
/** Invented; its key is right. */
const INS = '255081416802538';

const PEOPLE: TestPerson[] = [
  toPerson('isaure', 'Isaure', 'VALLORBE', RPPS),
  toPerson('lea', 'Léa', 'BRIOUDAINE', '99000000002'),
  toPerson('secretaire', 'Odette', `${MARK}SECRETAIRE`, null),
  toPerson('coordinatrice', 'Carole', `${MARK}COORDINATRICE`, null),
  toPerson('gestionnaire', 'Armand', `${MARK}GESTIONNAIRE`, null),
  toPerson('administratrice', 'Berthe', `${MARK}ADMINISTRATRICE`, null),
];

export interface PrivateWorld extends AsyncDisposable {
  directory: TestDirectory;
  app: ReturnType<typeof createApp>;
  parts: AddressParts;
  callers: Caller[];
  ask(caller: Caller, path: string, init?: RequestInit): Promise<Response>;
  /** What was given to one person or program alone, and is kept nowhere as it is, by what it is. */
  secrets: Record<string, string>;
  /** Of people who are in the files, too. */
  publicNames: readonly string[];
  /** All that was logged so far, at the level `debug`. */
  logLines: string[];
  /** Every document of the index, whole. */
  listDocuments(): Promise<object[]>;
}

/**
 * A professional with all that somebody may say or be given: a page with drafts, delegates and private contacts, an expertise with
 * billing numbers, a report of an error, a session, keys; each private value is unmistakable.
 */
export async function openPrivateWorld(): Promise<PrivateWorld> {
  await using stack = new AsyncDisposableStack();
  const logLines = await captureLogs(stack);
  const directory = stack.use(await openTestDirectory('PGlite'));
  const provider = stack.use(await openTestProvider(PEOPLE));
  const hook = stack.use(await openMessageHook());
  const { store, log, engine } = directory;
  await importFiles(directory);
  await store.db.execute(sql`update import_run set host = ${`${MARK}-hote`}`);
  await putTerritories(store.db, [{ id: 'velay', name: 'CPTS du Velay', communeCodes: ['43157'] }]);
  const served = { store, log, engine, withheld: checkWithheldInStore(store.db), now: () => new Date() };
  const app = createApp({
    openDirectory: () => served,
    checkHealth: () => checkHealth(served, true),
    reading: () => 'open',
    signIn: () => provider.settings,
    sender: () => hook.sender,
    metrics: openPromMetrics({ indexLag: async () => 0, sourceAges: async () => [] }),
    indexComparison: stack.use(openIndexComparison(engine, log)),
  });
  await grantRoles(directory, provider);
  const { callers, secrets } = await makeCallers(directory, provider, app);
  const ask = async (caller: Caller, path: string, init: RequestInit = {}) =>
    app.fetch(
      new Request(`http://localhost${path}`, {
        ...init,
        headers: { ...caller.headers, ...(init.headers as Record<string, string>) },
      }),
    );
  const as = async (
    name: CallerName,
    method: string,
    path: string,
    body?: object | string,
    ifMatch?: number,
  ) => {
    const isForm = body instanceof URLSearchParams;
    const headers = {
      'content-type': isForm
        ? 'application/x-www-form-urlencoded'
        : typeof body === 'string'
          ? 'text/csv'
          : 'application/json',
      ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
    };
    const init = {
      method,
      headers,
      ...(body && { body: typeof body === 'string' || isForm ? body : JSON.stringify(body) }),
    };
    const answer = await ask(
      callers.find((it) => it.name === name)!,
      path,
      init,
    );
    if (!answer.ok) throw new Error(`${method} ${path} by ${name}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const declared = await seed(as);
  secrets['invitation'] = /\/invitation\/(\S+)/.exec(hook.taken.at(-1)!.text)![1]!;
  secrets['verification code'] = /\d{6}/.exec(hook.taken[0]!.text)![0];
  await as('owner', 'POST', '/v1/me/contacts/email/verification', { code: secrets['verification code'] });
  const { connection, state } = await leaveForProvider(app);
  secrets['state of a sign-in'] = state;
  secrets['cookie of a sign-in'] = connection;
  await searchPatient(ask, callers);
  secrets['patient'] = INS;
  await directory.untilIndexed();
  const owned = stack.move();
  return {
    directory,
    app,
    callers,
    ask,
    secrets,
    publicNames: PEOPLE.filter((it) => it.rpps !== null).map((it) => `${it.givenName} ${it.familyName}`),
    logLines,
    parts: {
      rpps: RPPS,
      familyName: 'VALLORBE',
      mailbox: 'isaure.vallorbe@exemple.mssante.fr',
      service: 'cardio@ch-lepuy.mssante.fr',
      finess: HOSPITAL.finess,
      territory: 'velay',
      runId: 1,
      ...declared,
      invitation: secrets['invitation'],
    },
    listDocuments: async () => {
      const page = await engine.request<{ results: object[] }>(
        'POST',
        `/indexes/${engine.indexName}/documents/fetch`,
        { json: { limit: 1000 } },
      );
      return page.results;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

type As = (
  name: CallerName,
  method: string,
  path: string,
  body?: object | string,
  ifMatch?: number,
) => Promise<Response>;

async function seed(as: As): Promise<{ expert: string; team: string; importIds: string[] }> {
  const page = `/v1/practitioners/${RPPS}/profile`;
  await as('owner', 'PUT', '/v1/me/contacts/email', { address: `${MARK}@exemple.fr`.toLowerCase() });
  await as('owner', 'PUT', '/v1/me/contacts/phone', { address: '06 98 76 54 32' });
  const delegate = { delegate: 'secretaire@exemple.fr', name: `${MARK} mon aide` };
  await as('owner', 'POST', '/v1/me/delegates', delegate);
  const said = { ways: { homeVisits: true }, remarks: 'Sonnez deux fois.' };
  await as('delegate', 'PATCH', page, said, 0);
  const draft = (who: string) => ({ baseVersion: 1, profile: { remarks: `${MARK} brouillon de ${who}` } });
  await as('owner', 'PUT', '/v1/me/profile/draft', draft('la titulaire'));
  await as('delegate', 'PUT', `${page}/draft`, draft('la secrétaire'));
  const expertise = {
    title: 'Avis respiratoire',
    domain: 'dermatologie',
    answers: ['Encombrement'],
    area: [{ kind: 'departement', code: '43' }],
    form: { type: 'object', title: 'Demande', properties: { age: { type: 'integer', title: 'Âge' } } },
  };
  const declare = async (by: CallerName, path: string, body: object) =>
    ((await (await as(by, 'POST', path, body)).json()) as { id: string }).id;
  const expert = await declare('owner', '/v1/experts', { declaredBy: { rpps: RPPS }, expertise });
  const numbers = [{ label: 'Acte', number: `${MARK}-7431` }];
  await as('owner', 'PUT', `/v1/experts/${expert}/billing`, { numbers }, 0);
  const { form } = expertise;
  const team = await declare('manager', '/v1/teams', {
    declaredBy: { organizationId: HOSPITAL.organizationId },
    team: {
      name: 'Équipe mobile',
      type: 'equipe-mobile-geriatrie',
      missions: ['Évaluation à domicile'],
      public: 'personnes âgées',
      area: [{ kind: 'territory', code: 'velay' }],
      mailbox: 'cardio@ch-lepuy.mssante.fr',
      form,
    },
  });
  const ofHospital = { declaredBy: { organizationId: HOSPITAL.organizationId }, expertise };
  const hospital = await declare('manager', '/v1/experts', ofHospital);
  await as('manager', 'PUT', `/v1/experts/${hospital}/billing`, { numbers: [] }, 0);
  const typed = (who: string) =>
    new URLSearchParams({
      do: 'draft',
      version: '1',
      title: 'Avis',
      population: `${MARK} à relire par ${who}`,
    });
  await as('owner', 'POST', `/espace/expertises/${expert}`, typed('la titulaire'));
  await as('manager', 'POST', '/espace/equipes/nouvelle', typed('le gestionnaire'));
  const report = (about: string) => ({ field: 'phone', message: `${MARK} rappelez-moi au ${about}` });
  await as('nobody', 'POST', `/v1/correspondents/${RPPS}/error-reports`, report('06 11 22 33 44'));
  const who = `https://auth.exemple.fr ${MARK}.future@exemple.fr`;
  await as('administrator', 'POST', '/v1/roles', { who, role: 'coordinator', target: 'velay' });
  await as('administrator', 'POST', '/v1/withheld', { who: WITHHELD, reason: `${MARK} motif` });
  const wrong = `RPPS;Visites à domicile\n${RPPS};${MARK} peut-être`;
  const right = `RPPS;Remarques\n${RPPS};Sonnez trois fois`;
  const importIds: string[] = [];
  for (const lines of [wrong, right]) {
    const path = `/v1/territories/velay/imports?fileName=${MARK}.csv`;
    const { id } = (await (await as('coordinator', 'POST', path, lines)).json()) as { id: string };
    importIds.push(id);
  }
  await as('coordinator', 'POST', '/v1/territories/velay/invitations', { people: [{ rpps: RPPS }] });
  return { expert, team, importIds };
}

async function grantRoles(
  { store }: TestDirectory,
  provider: Awaited<ReturnType<typeof openTestProvider>>,
): Promise<void> {
  const grants = [
    ['Carole', `${MARK}COORDINATRICE`, 'coordinator', 'velay'],
    ['Armand', `${MARK}GESTIONNAIRE`, 'manager', HOSPITAL.organizationId],
    ['Berthe', `${MARK}ADMINISTRATRICE`, 'administrator', undefined],
  ] as const;
  for (const [givenName, familyName, role, target] of grants) {
    const who = provider.subjectOf(`${givenName} ${familyName}`);
    await grantRole(store.db, { who, role, target }, OPERATOR);
  }
}

async function makeCallers(
  { store }: TestDirectory,
  provider: Awaited<ReturnType<typeof openTestProvider>>,
  app: ReturnType<typeof createApp>,
): Promise<{ callers: Caller[]; secrets: Record<string, string> }> {
  const callers: Caller[] = [{ name: 'nobody', own: [], headers: {} }];
  const secrets: Record<string, string> = {};
  const scopes = {
    'key search': 'search',
    'key export': 'export',
    'key mailbox-activity': 'mailbox-activity:exemple.mssante.fr',
    'key territory': 'territory:velay',
    'key admin': 'admin',
  } as const;
  for (const [name, scope] of Object.entries(scopes) as [keyof typeof scopes, string][]) {
    const { key } = await grantKey(
      store.db,
      { name: `${MARK} logiciel ${scope}`, scopes: [scope] },
      OPERATOR,
    );
    secrets[name] = key.split('_').slice(2).join('_');
    callers.push({ name, own: [], headers: { authorization: `Bearer ${key}` } });
  }
  const people = {
    'another professional': PEOPLE[1]!,
    owner: PEOPLE[0]!,
    delegate: PEOPLE[2]!,
    coordinator: PEOPLE[3]!,
    manager: PEOPLE[4]!,
    administrator: PEOPLE[5]!,
  } as const;
  for (const [name, person] of Object.entries(people) as [keyof typeof people, TestPerson][]) {
    const fullName = `${person.givenName} ${person.familyName}`;
    const { cookie, csrfToken } = await provider.signIn(app, fullName);
    secrets[`session of ${name}`] = /correspondants-session=([^;]+)/.exec(cookie)![1]!;
    secrets[`csrf token of ${name}`] = csrfToken;
    const headers = { cookie, 'x-csrf-token': csrfToken, origin: 'http://localhost' };
    callers.push({ name, own: [fullName, csrfToken], headers });
  }
  return { callers, secrets };
}

async function importFiles(directory: TestDirectory): Promise<void> {
  await using folder = await openOfficialFolder();
  const rpps = await folder.writeActivity([
    activity(RPPS, {
      'Numéro FINESS site': HOSPITAL.finess,
      'Identifiant technique de la structure': `F${HOSPITAL.finess}`,
      'Raison sociale site': 'CENTRE HOSPITALIER EMILE ROUX',
    }),
    activity('99000000002', { ...ELSEWHERE, "Nom d'exercice": 'BRIOUDAINE', "Prénom d'exercice": 'LÉA' }),
    activity(WITHHELD, { ...ELSEWHERE, "Nom d'exercice": 'OPPOSÉE' }),
    activity('99000000004', { 'Identification nationale PP': `8${MARK}` }),
  ]);
  const mssante = await folder.writeMailboxes([
    personalMailbox(RPPS, 'isaure.vallorbe@exemple.mssante.fr'),
    serviceMailbox('cardio@ch-lepuy.mssante.fr'),
  ]);
  await directory.import([
    { source: 'rpps', path: rpps },
    { source: 'mssante', path: mssante },
  ]);
}

/** A sign-in that was begun, and of which the browser did not come back. */
async function leaveForProvider(app: ReturnType<typeof createApp>) {
  const answer = await app.fetch(new Request('http://localhost/connexion?avec=autre'));
  const state = new URL(answer.headers.get('location')!).searchParams.get('state')!;
  const cookie = answer.headers.getSetCookie().find((it) => it.includes('browser='))!;
  return { state, connection: /browser=([^;]+)/.exec(cookie)![1]! };
}

/** By each way in which somebody may give the identity of a patient; what is refused is not repeated. */
async function searchPatient(ask: PrivateWorld['ask'], [nobody]: Caller[]): Promise<void> {
  const address = `${INS}@patient.mssante.fr`;
  for (const path of [`/v1/correspondents?q=${INS}`, `/?q=${address}`, `/v1/correspondents/${address}`])
    await ask(nobody!, path);
  for (const path of ['/v1/patient-address', `/v1/correspondents/${RPPS}/error-reports`]) {
    await ask(nobody!, path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ins: INS, field: 'phone', message: INS }),
    });
  }
}

async function captureLogs(stack: AsyncDisposableStack): Promise<string[]> {
  const lines: string[] = [];
  const format = getJsonLinesFormatter({ properties: 'flatten' });
  await configure({
    sinks: { lines: (record) => lines.push(format(record)) },
    loggers: [{ category: [], lowestLevel: 'debug', sinks: ['lines'] }],
    reset: true,
  });
  stack.defer(() => reset());
  return lines;
}

function toPerson(id: string, givenName: string, familyName: string, rpps: string | null): TestPerson {
  const provider = rpps === null ? 'autre' : 'pro-sante-connect';
  return { id, givenName, familyName, presentation: 'invented', provider, rpps };
}
