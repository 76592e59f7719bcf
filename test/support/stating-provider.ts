import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWTPayload } from 'jose';

/** How a token is signed: with the published key, with another under the same name, or not at all. */
export type Signing = 'own' | 'other' | 'none';

/** Undefined: absent. */
export type Claims = Record<string, unknown>;

/** Somebody else's provider that states what a test makes it state, well or badly. */
export interface StatingProvider extends AsyncDisposable {
  issuer: string;
  publicKey: CryptoKey;
  sign(claims: Claims, signing?: Signing, type?: string): Promise<string>;
  /** What its token endpoint answers from now on; undefined: that the code is not good. */
  idToken: string | undefined;
  /** Whom its userinfo endpoint speaks about. */
  userInfo: Record<string, unknown>;
  /** While true, nothing is answered but 500. */
  isBroken: boolean;
}

export async function openStatingProvider(): Promise<StatingProvider> {
  const [own, other] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'one', use: 'sig', alg: 'RS256' };
  let provider: StatingProvider;
  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const { issuer } = provider;
    if (provider.isBroken) return void answer(500, {});
    switch (new URL(request.url!, issuer).pathname) {
      case '/.well-known/openid-configuration':
        return void answer(200, {
          issuer,
          authorization_endpoint: `${issuer}/auth`,
          token_endpoint: `${issuer}/token`,
          userinfo_endpoint: `${issuer}/userinfo`,
          jwks_uri: `${issuer}/jwks`,
          id_token_signing_alg_values_supported: ['RS256'],
        });
      case '/jwks':
        return void answer(200, { keys: [jwk] });
      case '/userinfo':
        return void answer(200, provider.userInfo);
      default:
        return void (provider.idToken === undefined
          ? answer(400, { error: 'invalid_grant' })
          : answer(200, { access_token: 'x', token_type: 'Bearer', id_token: provider.idToken }));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  provider = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    publicKey: own.publicKey,
    sign: async (claims, signing = 'own', type = 'JWT') =>
      signing === 'none'
        ? new UnsecuredJWT(claims as JWTPayload).encode()
        : new SignJWT(claims as JWTPayload)
            .setProtectedHeader({ alg: 'RS256', kid: 'one', typ: type })
            .sign(signing === 'own' ? own.privateKey : other.privateKey),
    idToken: undefined,
    userInfo: {},
    isBroken: false,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return provider;
}
