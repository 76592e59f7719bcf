import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';

import type { SignInSettings } from '#access/sign-in-settings.ts';
import { openIndexComparison } from '#directory/index-comparison.ts';
import { replaceProfile } from '#profiles/practitioner/edit-profile.ts';
import type { SearchEngine } from '#search/engine.ts';
import { NO_SENDER, type Sender } from '#profiles/sender.ts';
import { openPromMetrics } from '#telemetry/prom-metrics.ts';
import { checkWithheldInStore } from '#store/withheld.ts';

import { createApp, type AppServices } from '../../src/app.ts';
import { checkHealth } from '../../src/check-health.ts';
import { openHttpServer } from '../../src/http-server.ts';
import { activity, openOfficialFolder, personalMailbox, serviceMailbox } from '../support/official-files.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import type { StoreKind } from '../support/test-store.ts';

/** Of the Chromium on the path; undefined when there is none: the tests of the pages are then left out. */
export const CHROMIUM = (process.env['PATH'] ?? '')
  .split(delimiter)
  .flatMap((folder) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name)))
  .find((path) => existsSync(path));

if (CHROMIUM === undefined) {
  if (process.env['CI']) throw new Error('no Chromium is installed: it must be for CI');
  console.warn('No Chromium is on the path: the tests of the pages are left out.');
}

export interface OpenedPages extends AsyncDisposable {
  url: string;
  browser: Browser;
  directory: TestDirectory;
  app: ReturnType<typeof createApp>;
  /** Serves the same application at another address, with something else about it; gives the address. */
  serve(changes: Partial<AppServices> & { engine?: SearchEngine }): Promise<string>;
  /** A page of its own browser session; what goes wrong in it is in `faults`. */
  open(path: string, options?: BrowserContextOptions): Promise<WatchedPage>;
}

interface WatchedPage extends AsyncDisposable {
  page: Page;
  context: BrowserContext;
  /** Console messages, errors of scripts, requests to anywhere else. */
  faults: string[];
  /** Bytes of the bodies received, by address. */
  weights: Map<string, number>;
}

/** A script, marks that turn the direction of writing, and a word that is long: as a file may hold them. */
export const HOSTILE = {
  name: '<script>alert(1)</script>',
  turned: '\u202Eelatipoh\u202C "><img src=x onerror=alert(2)>',
  long: 'A'.repeat(250),
  endless: 'B'.repeat(10_000),
};

/** The whole application on invented people around Le Puy-en-Velay, and a real browser. */
export async function openPages({
  signIn,
  sender,
  store: storeKind = 'PGlite',
}: {
  /** Or what they are for the address under which the pages are served. */
  signIn?: SignInSettings | ((url: string) => Promise<SignInSettings>);
  sender?: Sender;
  store?: StoreKind;
} = {}): Promise<OpenedPages> {
  await using stack = new AsyncDisposableStack();
  const directory = stack.use(await openTestDirectory(storeKind));
  await using folder = await openOfficialFolder();
  const hospital = {
    'Numéro FINESS site': '430000018',
    'Identifiant technique de la structure': 'F430000018',
    'Raison sociale site': 'CENTRE HOSPITALIER EMILE ROUX',
  };
  const martins = Array.from({ length: 25 }, (_, index) =>
    activity(`9900000${String(1000 + index)}`, {
      "Nom d'exercice": 'MARTIN',
      "Prénom d'exercice": `PAUL${index}`,
    }),
  );
  const rpps = await folder.writeActivity([
    activity('99000000001', { 'Téléphone (coord. structure)': '0471000001' }),
    activity('99000000002', {
      "Nom d'exercice": 'ARDECHOIS',
      "Prénom d'exercice": 'LÉA',
      'Code profession': '10',
      'Libellé profession': 'Médecin',
      ...hospital,
    }),
    activity('99000000003', {
      "Nom d'exercice": `HOSTILE ${HOSTILE.name}`,
      'Raison sociale site': HOSTILE.turned,
    }),
    activity('99000000004', { "Nom d'exercice": 'INTERMINABLE', 'Raison sociale site': HOSTILE.long }),
    // Refused: no page is made of it.
    activity('99000000006', { "Nom d'exercice": 'SANSFIN', 'Raison sociale site': HOSTILE.endless }),
    activity('99000000005', {
      "Nom d'exercice": 'SOUFFLET',
      "Prénom d'exercice": 'ANOUK',
      'Raison sociale site': 'CABINET SOUFFLET',
      'Téléphone (coord. structure)': '0471000005',
    }),
    ...martins,
  ]);
  const mssante = await folder.writeMailboxes([
    personalMailbox('99000000001', 'isaure.vallorbe@exemple.mssante.fr'),
    personalMailbox('99000000005', 'anouk.soufflet@exemple.mssante.fr', { "Nom d'exercice": 'SOUFFLET' }),
    serviceMailbox('cardio@ch-lepuy.mssante.fr', { 'Service de rattachement': 'SECRETARIAT DE CARDIOLOGIE' }),
  ]);
  await directory.import([
    { source: 'rpps', path: rpps },
    { source: 'mssante', path: mssante },
  ]);
  await fillPages(directory);
  await directory.untilIndexed();
  const server = stack.use(await openHttpServer('127.0.0.1', 0));
  const settings = typeof signIn === 'function' ? await signIn(server.url) : signIn;
  const { store, log, engine } = directory;
  const served = { store, log, engine, withheld: checkWithheldInStore(store.db), now: () => new Date() };
  const services: AppServices = {
    openDirectory: () => served,
    checkHealth: () => checkHealth(served, true),
    reading: () => 'open',
    signIn: () => settings,
    sender: () => sender ?? NO_SENDER,
    metrics: openPromMetrics({ indexLag: async () => 0, sourceAges: async () => [] }),
    indexComparison: stack.use(openIndexComparison(engine, log)),
  };
  const app = createApp(services);
  server.serve((request) => app.fetch(request));
  const browser = await chromium.launch({
    executablePath: CHROMIUM!,
    args: ['--no-sandbox', '--disable-background-networking'],
  });
  stack.defer(() => browser.close());
  const owned = stack.move();
  const serve: OpenedPages['serve'] = async ({ engine: other = engine, ...changes }) => {
    const another = owned.use(await openHttpServer('127.0.0.1', 0));
    const changed = createApp({
      ...services,
      openDirectory: () => ({ ...served, engine: other }),
      ...changes,
    });
    another.serve((request) => changed.fetch(request));
    return another.url;
  };
  return {
    url: server.url,
    serve,
    browser,
    directory,
    app,
    open: (path, options) => openPage(browser, server.url, path, options),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** What Léa ARDECHOIS says of herself, whole; what Anouk SOUFFLET, physiotherapist, does; and what somebody hostile would say. */
async function fillPages({ store }: TestDirectory): Promise<void> {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const fill = (rpps: string, profile: unknown) =>
    replaceProfile(
      store.db,
      {
        practitionerId: `8${rpps}`,
        by: { kind: 'owner', name: 'X' },
        audit: { actor: { kind: 'operator' } },
        editor: undefined,
        baseVersion: 0,
      },
      profile,
    );
  await fill('99000000002', {
    ways: { acceptsNewPatients: true, homeVisits: true, nightDuty: false },
    acts: ['echographie', 'petite-chirurgie'],
    ownWords: ['Médecine de montagne'],
    languages: ['fr', 'oc'],
    accessibility: ['wheelchair'],
    hours: [
      {
        organizationId: '1430000018',
        availableTime: [
          {
            daysOfWeek: ['mon', 'tue', 'wed'],
            availableStartTime: '09:00',
            availableEndTime: '12:30',
          },
        ],
        notAvailable: [{ description: 'Formation', during: { start: day(40), end: day(41) } }],
      },
    ],
    homeVisitArea: { communeCodes: ['43040'] },
    awayPeriods: [
      { start: day(-2), end: day(9), message: 'Je lis mes messages.', replacement: { rpps: '99000000001' } },
    ],
    sending: [{ what: 'Comptes rendus', where: 'Ma messagerie' }],
    remarks: 'Sur rendez-vous.',
  });
  await fill('99000000005', {
    ways: { acceptsNewPatients: true, homeVisits: true },
    acts: ['kinesitherapie-respiratoire'],
    homeVisitArea: { communeCodes: ['43157'] },
  });
  await fill('99000000003', {
    ownWords: [HOSTILE.turned.replace(/\u202c/i, '').slice(0, 70)],
    remarks: `${HOSTILE.name} ${HOSTILE.long}`,
    awayPeriods: [
      { start: day(-1), end: day(1), message: HOSTILE.name, replacement: { name: HOSTILE.turned } },
    ],
    sending: [{ what: HOSTILE.name, where: 'javascript:alert(3)' }],
  });
}

async function openPage(
  browser: Browser,
  url: string,
  path: string,
  options?: BrowserContextOptions,
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  const weights = new Map<string, number>();
  page.on('console', (message) => faults.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${url}/`) && !request.url().startsWith('data:'))
      faults.push(`outside: ${request.url()}`);
  });
  page.on('response', (response) => {
    void response.body().then(
      (body) => weights.set(response.url(), body.length),
      () => undefined,
    );
  });
  await page.goto(new URL(path, url).href, { waitUntil: 'load' });
  return { page, context, faults, weights, [Symbol.asyncDispose]: () => context.close() };
}
