import type { SignInSettings } from '#access/sign-in-settings.ts';
import { isLoopback } from '#domain/loopback.ts';
import type { Role } from '#domain/role.ts';
import { isPractitionerActive } from '#store/is-practitioner-active.ts';
import { insertRole } from '#store/roles.ts';
import { findTerritory, putTerritories } from '#store/territories.ts';
import type { Database } from '#store/store.ts';

import { DEMO_ORGANIZATION, DEMO_PEOPLE, DEMO_TERRITORY, type DemoPerson } from './demo/demo-people.ts';
import type { DemoProvider } from './demo/open-demo-provider.ts';
import type { Services } from './services.ts';

export interface DemoSignIn extends AsyncDisposable {
  settings: SignInSettings;
}

/**
 * Two providers on loopback where one signs in as an invented person, each with a role. Undefined where that is not wanted: a
 * provider is set, or the server is for others than this machine, or the directory is not the embedded demonstration; and where
 * `oidc-provider`, a development dependency, is not installed.
 * @param url of the server
 */
export async function openDemoSignIn(
  { config, store }: Services,
  url: string,
): Promise<DemoSignIn | undefined> {
  const isWanted =
    config.createsDemo &&
    config.databaseUrl === undefined &&
    config.identityProviders.length === 0 &&
    config.tokens === undefined &&
    config.publicUrl === undefined &&
    isLoopback(config.host);
  if (!isWanted || !(await holdsDemoPeople(store.db))) return undefined;
  const open = await findProvider();
  if (open === undefined) return undefined;
  await using stack = new AsyncDisposableStack();
  const { port } = new URL(url);
  const redirectUris = ['localhost', '127.0.0.1', '[::1]'].map(
    (name) => `http://${name}:${port}/connexion/retour`,
  );
  const openFor = async (kind: DemoPerson['provider'], portsAway: number) => {
    const people = DEMO_PEOPLE.filter((it) => it.provider === kind);
    return stack.use(await open({ people, redirectUris, port: Number(port) + portsAway }));
  };
  const professionals = await openFor('pro-sante-connect', 1);
  const others = await openFor('autre', 2);
  await giveRoles(store.db, others.issuer);
  const owned = stack.move();
  return { settings: toSettings(professionals, others), [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function findProvider() {
  const { openDemoProvider } = await import('./demo/open-demo-provider.ts').catch((error: unknown) => {
    if ((error as { code?: string }).code === 'ERR_MODULE_NOT_FOUND') return { openDemoProvider: undefined };
    throw error;
  });
  return openDemoProvider;
}

/** Once true files are imported, nobody signs in as whom they like. */
async function holdsDemoPeople(db: Database): Promise<boolean> {
  for (const { rpps } of DEMO_PEOPLE)
    if (rpps !== null && !(await isPractitionerActive(db, `8${rpps}`))) return false;
  return true;
}

async function giveRoles(db: Database, issuer: string): Promise<void> {
  if (!(await findTerritory(db, DEMO_TERRITORY.id))) await putTerritories(db, [DEMO_TERRITORY]);
  const give = (id: string, role: Role, target: string) =>
    insertRole(db, { holder: `subject:${issuer} ${id}`, role, target, grantedBy: 'demonstration' });
  await give('odile-vernassal', 'coordinator', DEMO_TERRITORY.id);
  await give('armand-lavoute', 'manager', DEMO_ORGANIZATION);
  await give('berthe-allegre', 'administrator', '*');
}

function toSettings(professionals: DemoProvider, others: DemoProvider): SignInSettings {
  return {
    publicUrl: undefined,
    tokens: undefined,
    providers: [
      {
        id: 'pro-sante-connect',
        label: 'Pro Santé Connect (démonstration)',
        issuer: professionals.issuer,
        clientId: professionals.clientId,
        clientSecret: professionals.clientSecret,
        scope: 'openid scope_all',
        acrValues: 'eidas1',
        statesRpps: true,
      },
      {
        id: 'autre',
        label: 'Sans carte CPS (démonstration)',
        issuer: others.issuer,
        clientId: others.clientId,
        clientSecret: others.clientSecret,
        scope: 'openid profile email',
        acrValues: undefined,
        statesRpps: false,
      },
    ],
  };
}
