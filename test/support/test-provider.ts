import type { SignInSettings } from '#access/sign-in-settings.ts';

import type { DemoPerson } from '../../src/demo/demo-people.ts';
import { DEMO_PEOPLE } from '../../src/demo/demo-people.ts';
import { openDemoProvider, type DemoProvider } from '../../src/demo/open-demo-provider.ts';
import { openBrowser, type Browser, type Site } from './browser.ts';

const ORIGIN = 'http://localhost';
const AUDIENCE = 'https://annuaire.exemple.fr';
const RETURN = `${ORIGIN}/connexion/retour`;

/** People of tests: professionals by RPPS number, others by name. */
export type TestPerson = DemoPerson;

interface SignedIn {
  /** For the header `cookie`. */
  cookie: string;
  csrfToken: string;
  /**
   * Asks as the page of the person does: with the cookie and, for what is not a GET, the token and the origin.
   * @param path begins with `/`
   */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

/** Two true providers of identities: as Pro Santé Connect for people with an RPPS, another for the rest. */
export interface TestProvider extends AsyncDisposable {
  /** For `createApp({ signIn: () => settings })`. */
  settings: SignInSettings;
  providerOf(name: string): DemoProvider;
  /** Issuer and subject of a person, parted by a space, as actors have it. */
  subjectOf(name: string): string;
  /** Walks through the sign-in of an application as a browser does. @param name as in `people`, `Hélène MARTIN` */
  signIn(app: Site, name: string): Promise<SignedIn>;
  /** An access token of a person for an application. */
  tokenOf(name: string, audience?: string): Promise<string>;
}

/**
 * @param people by default those of the demonstration: Hélène MARTIN (physiotherapist), Marie MARTIN (doctor), Odile VERNASSAL
 *   (coordinator), Sylvie POLIGNAC (secretary), Armand LAVOÛTE (of a hospital's services), Berthe ALLÈGRE (administrator); none has
 *   a role before it is granted
 * @param origin where a true browser comes from, beside the one of {@link TestProvider.signIn}
 */
export async function openTestProvider(
  people: readonly TestPerson[] = DEMO_PEOPLE,
  origin?: string,
): Promise<TestProvider> {
  await using stack = new AsyncDisposableStack();
  const open = async (kind: TestPerson['provider']) =>
    stack.use(
      await openDemoProvider({
        people: people.filter((it) => it.provider === kind),
        redirectUris: [RETURN, ...(origin === undefined ? [] : [`${origin}/connexion/retour`])],
        port: 0,
      }),
    );
  const providers = { 'pro-sante-connect': await open('pro-sante-connect'), autre: await open('autre') };
  const settings: SignInSettings = {
    publicUrl: undefined,
    tokens: { issuer: providers['pro-sante-connect'].issuer, audience: AUDIENCE, statesRpps: true },
    providers: [
      {
        id: 'pro-sante-connect',
        label: 'Pro Santé Connect',
        ...toClient(providers['pro-sante-connect']),
        scope: 'openid scope_all',
        acrValues: 'eidas1',
        statesRpps: true,
      },
      {
        id: 'autre',
        label: 'Autre compte',
        ...toClient(providers.autre),
        scope: 'openid profile email',
        acrValues: undefined,
        statesRpps: false,
      },
    ],
  };
  const get = (name: string): TestPerson => {
    const person = people.find((it) => `${it.givenName} ${it.familyName}` === name);
    if (!person) throw new Error(`nobody is named ${name}`);
    return person;
  };
  const owned = stack.move();
  return {
    settings,
    providerOf: (name) => providers[get(name).provider],
    subjectOf: (name) => `${providers[get(name).provider].issuer} ${get(name).id}`,
    signIn: async (app, name) => {
      const browser = openBrowser(app);
      await walkThrough(browser, `${ORIGIN}/connexion?avec=${get(name).provider}`, get(name).id);
      const me = await browser.fetch(`${ORIGIN}/mon-espace`);
      const csrfToken = /name="csrf" value="([^"]+)"/.exec(await me.text())?.[1];
      if (csrfToken === undefined) throw new Error(`${name} is not signed in (${me.status})`);
      const cookie = browser.cookiesOf(ORIGIN);
      return {
        cookie,
        csrfToken,
        fetch: async (path, init = {}) => {
          const isSafe = init.method === undefined || init.method === 'GET';
          const headers = new Headers(init.headers);
          headers.set('cookie', cookie);
          if (!isSafe) {
            headers.set('x-csrf-token', csrfToken);
            headers.set('origin', ORIGIN);
          }
          return app.fetch(new Request(`${ORIGIN}${path}`, { ...init, headers }));
        },
      };
    },
    tokenOf: async (name, audience = AUDIENCE) => {
      const { issuer, clientId, clientSecret } = providers[get(name).provider];
      const verifier = 'v'.repeat(43);
      const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
      const query = new URLSearchParams({
        client_id: clientId,
        redirect_uri: RETURN,
        response_type: 'code',
        scope: 'openid',
        resource: audience,
        code_challenge: Buffer.from(digest).toString('base64url'),
        code_challenge_method: 'S256',
      });
      const back = await walkThrough(openBrowser(undefined), `${issuer}/auth?${query}`, get(name).id);
      const answer = await fetch(`${issuer}/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code: new URL(back).searchParams.get('code')!,
          redirect_uri: RETURN,
          client_id: clientId,
          client_secret: clientSecret,
          code_verifier: verifier,
          resource: audience,
        }),
      });
      const { access_token: token } = (await answer.json()) as { access_token?: string };
      if (token === undefined) throw new Error(`no token for ${name} (${answer.status})`);
      return token;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** @returns the first address of the application that the provider sends back to */
async function walkThrough(browser: Browser, start: string, personId: string): Promise<string> {
  const page = await browser.fetch(start);
  const form = /action="(\/personnes\/[^"]+)"/.exec(await page.text())?.[1];
  if (form === undefined) throw new Error(`no list of people at ${browser.address()} (${page.status})`);
  await browser.fetch(new URL(form, browser.address()).href, {
    method: 'POST',
    body: new URLSearchParams({ personne: personId }),
  });
  const back = browser.visited().find((it) => it.startsWith(RETURN));
  if (back === undefined) throw new Error(`the provider did not send back, but to ${browser.address()}`);
  return back;
}

function toClient({ issuer, clientId, clientSecret }: DemoProvider) {
  return { issuer, clientId, clientSecret };
}
