import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { exportJWK, generateKeyPair } from 'jose';
import { interactionPolicy, Provider, type Configuration } from 'oidc-provider';

import { renderPeople } from './choose-person-page.ts';
import type { DemoPerson } from './demo-people.ts';
import { createProviderMemory } from './demo-provider-memory.ts';

export interface DemoProvider extends AsyncDisposable {
  issuer: string;
  clientId: string;
  clientSecret: string;
}

interface DemoProviderOptions {
  people: readonly DemoPerson[];
  /** Where it may send people back. */
  redirectUris: readonly string[];
  /** One that is in use is left for any that is free; 0: any. */
  port: number;
}

const CLIENT_ID = 'correspondants';
const FORM_BYTES_MAX = 10_000;

/**
 * A true OpenID Connect provider on loopback, where one signs in by choosing one of some invented people: no password. It states of
 * professionals what Pro Santé Connect does. What it keeps is lost when it closes.
 * @see https://industriels.esante.gouv.fr/produits-et-services/pro-sante-connect/userinfo
 */
export async function openDemoProvider(options: DemoProviderOptions): Promise<DemoProvider> {
  let answer: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
  const server = createServer((request, response) => answer(request, response));
  await listen(server, options.port).catch(() => listen(server, 0));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clientSecret = crypto.randomUUID();
  const provider = new Provider(issuer, await toConfiguration(options, clientSecret));
  const toOidc = provider.callback();
  answer = (request, response) => {
    const isChoice = request.url?.startsWith('/personnes/') ?? false;
    if (!isChoice) return void toOidc(request, response);
    choosePerson(provider, options.people, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(400);
      response.end();
    });
  };
  return {
    issuer,
    clientId: CLIENT_ID,
    clientSecret,
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}

async function toConfiguration(
  { people, redirectUris }: DemoProviderOptions,
  clientSecret: string,
): Promise<Configuration> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const policy = interactionPolicy.base();
  // Whoever comes chooses, also when the browser chose before.
  policy
    .get('login')!
    .checks.add(
      new interactionPolicy.Check(
        'choice',
        'Somebody is to be chosen',
        (ctx) => ctx.oidc.result?.login === undefined,
      ),
    );
  const claimsOf = (person: DemoPerson) => ({
    sub: person.id,
    given_name: person.givenName,
    family_name: person.familyName,
    email: `${person.id}@exemple.fr`,
    email_verified: true,
    ...(person.rpps === null ? {} : toProfessionalClaims(person.rpps)),
  });
  return {
    adapter: createProviderMemory(),
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: clientSecret,
        redirect_uris: [...redirectUris],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256' }] },
    cookies: { keys: [crypto.randomUUID()] },
    findAccount: (_ctx, id) => {
      const person = people.find((it) => it.id === id);
      return person && { accountId: id, claims: () => claimsOf(person) };
    },
    claims: {
      openid: ['sub'],
      profile: ['given_name', 'family_name'],
      email: ['email', 'email_verified'],
      scope_all: [
        'given_name',
        'family_name',
        'preferred_username',
        'SubjectNameID',
        'SubjectRefPro',
        'SubjectRole',
      ],
    },
    extraTokenClaims: (_ctx, token) => {
      const person = 'accountId' in token ? people.find((it) => it.id === token.accountId) : undefined;
      return person && claimsOf(person);
    },
    features: {
      devInteractions: { enabled: false },
      // Access tokens for a service are JWT, and may be asked for any.
      resourceIndicators: {
        enabled: true,
        defaultResource: () => undefined as never,
        getResourceServerInfo: (_ctx, resource) => ({
          scope: 'openid',
          audience: resource,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 600,
        }),
      },
    },
    acrValues: ['eidas1'],
    interactions: { policy, url: (_ctx, interaction) => `/personnes/${interaction.uid}` },
    // Nobody is asked whether we may know them: each is invented.
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        accountId: ctx.oidc.session!.accountId!,
        clientId: ctx.oidc.client!.clientId,
      });
      grant.addOIDCScope('openid scope_all profile email');
      const resource = ctx.oidc.params?.['resource'];
      if (typeof resource === 'string') grant.addResourceScope(resource, 'openid');
      await grant.save();
      return grant;
    },
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 900, Session: 60, Grant: 900 },
  };
}

/** What Pro Santé Connect states of a professional; a national identifier is `8` and the RPPS. */
function toProfessionalClaims(rpps: string) {
  return {
    preferred_username: `8${rpps}`,
    SubjectNameID: `8${rpps}`,
    SubjectRole: ['10^1.2.250.1.213.1.1.5.5'],
    SubjectRefPro: { codeCivilite: 'MME', exercices: [] },
  };
}

async function choosePerson(
  provider: Provider,
  people: readonly DemoPerson[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Throws when the browser has not been sent here.
  const { uid } = await provider.interactionDetails(request, response);
  if (request.method !== 'POST') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    response.end(renderPeople(uid, people));
    return;
  }
  const chosen = new URLSearchParams(await readText(request)).get('personne');
  const person = people.find((it) => it.id === chosen);
  const result = person
    ? { login: { accountId: person.id, acr: 'eidas1' } }
    : { error: 'access_denied', error_description: 'nobody was chosen' };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > FORM_BYTES_MAX) throw new Error('too long');
  }
  return text;
}
