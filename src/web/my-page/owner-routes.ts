import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';

import { readAudit } from '#access/read-audit.ts';
import { dayInFrance } from '#domain/away.ts';
import { isDay } from '#domain/day.ts';
import { isAppError } from '#domain/errors.ts';
import type { AppEnv } from '#http/app-env.ts';
import { auditContextOf, authorizeRequest } from '#http/authenticate.ts';
import type { BodyRoute } from '#http/limit-body.ts';
import { ownRpps } from '#http/profile-editor.ts';
import { listDelegates, nameDelegate, revokeDelegate } from '#profiles/practitioner/delegates.ts';
import {
  forgetContact,
  listContacts,
  putContact,
  verifyContact,
} from '#profiles/practitioner/private-contacts.ts';

import { visitorOf } from '../visitor.ts';
import { renderAuditOfPage } from './audit-of-page.ts';
import { CONTACT_KINDS, renderContactsPage, type ContactKind } from './contacts-page.ts';
import { renderDelegatesPage } from './delegates-page.ts';
import { readFormValues, textOf, type FormFault, type FormValues } from './form-values.ts';
import type { EditedPage } from './my-page-frame.ts';

const BASE = '/espace';
const EVENTS_SHOWN = 100;
const DELEGATE_FIELDS = /^(?:delegate|name|until)$/;

/** For `limitBody`. */
export const OWNER_FORM_BODIES: BodyRoute[] = [
  '/delegues',
  '/delegues/reprise',
  '/delegues/{id}/revocation',
  '/contacts/{kind}',
  '/contacts/{kind}/code',
  '/contacts/{kind}/oubli',
].map((path) => ({ method: 'POST', path: `${BASE}${path}`, bytesMax: 4000 }));

/** What only the owner of a page sees: delegates, private contacts, who opened the page. */
export function registerOwnerPages(app: OpenAPIHono<AppEnv>): void {
  registerDelegatePages(app);
  registerContactPages(app);
  app.get(`${BASE}/consultations`, async (c) => {
    const rpps = ownRpps(c.get('actor'));
    authorizeRequest(c, 'read-own-audit', { owner: rpps });
    const before = /^\d{1,18}$/.exec(c.req.query('avant') ?? '')?.[0];
    const target = { kind: 'practitioner', id: rpps };
    const { events, next } = await readAudit(c.get('directory').store.db, {
      before,
      limit: EVENTS_SHOWN,
      target,
    });
    return c.html(renderAuditOfPage({ events, next }, ownPage(c, rpps), visitorOf(c)));
  });
}

function registerDelegatePages(app: OpenAPIHono<AppEnv>): void {
  const show = async (c: Context<AppEnv>, values: FormValues = {}, faults: FormFault[] = []) => {
    const { db, practitionerId, today, page } = asOwner(c);
    const delegates = await listDelegates(db, practitionerId, today);
    return c.html(
      renderDelegatesPage(
        { delegates, state: { values, faults }, done: c.req.query('fait') },
        page,
        visitorOf(c),
      ),
      faults.length > 0 ? 400 : 200,
    );
  };
  app.get(`${BASE}/delegues`, (c) => show(c));
  app.post(`${BASE}/delegues`, async (c) => {
    const { db, practitionerId, today } = asOwner(c);
    const values = await readFields(c, DELEGATE_FIELDS);
    const [delegate, name, until] = ['delegate', 'name', 'until'].map((it) => textOf(values, it).trim()) as [
      string,
      string,
      string,
    ];
    const faults: FormFault[] = [];
    if (name === '' || name.length > 120)
      faults.push({ field: 'name', text: 'Un nom, de 120 caractères au plus.' });
    if (until !== '' && !isDay(until)) faults.push({ field: 'until', text: 'Un jour, ou rien.' });
    if (faults.length > 0) return show(c, values, faults);
    try {
      const given = { delegate, name, until: until === '' ? undefined : until };
      await nameDelegate(db, practitionerId, given, today, auditContextOf(c));
    } catch (error) {
      if (!isAppError(error) || error.code !== 'request-invalid') throw error;
      return show(c, values, [toDelegateFault(error.message)]);
    }
    return c.redirect(`${BASE}/delegues?fait=nomme`, 303);
  });
  app.post(`${BASE}/delegues/reprise`, async (c) => show(c, await readFields(c, DELEGATE_FIELDS)));
  app.post(`${BASE}/delegues/:id/revocation`, async (c) => {
    const { db, practitionerId } = asOwner(c);
    try {
      await revokeDelegate(db, practitionerId, c.req.param('id').slice(0, 60), auditContextOf(c));
    } catch (error) {
      // Revoked in another window: it is what was wanted.
      if (!isAppError(error) || error.code !== 'delegation-not-found') throw error;
    }
    return c.redirect(`${BASE}/delegues?fait=revoque`, 303);
  });
}

function toDelegateFault(message: string): FormFault {
  if (/day is over/.test(message)) return { field: 'until', text: 'Ce jour est passé.' };
  if (/at most/.test(message))
    return { field: 'delegate', text: '20 délégués au plus\u00a0: retirez-en un.' };
  return { field: 'delegate', text: 'Un numéro RPPS (11 chiffres), ou l’adresse de courriel de son compte.' };
}

function registerContactPages(app: OpenAPIHono<AppEnv>): void {
  const show = async (
    c: Context<AppEnv>,
    values: FormValues = {},
    faults: FormFault[] = [],
    status: 200 | 400 | 429 | 503 = 400,
  ) => {
    const { db, practitionerId, page } = asOwner(c);
    const contacts = await listContacts(db, practitionerId);
    return c.html(
      renderContactsPage(
        { contacts, state: { values, faults }, done: c.req.query('fait') },
        page,
        visitorOf(c),
      ),
      faults.length > 0 ? status : 200,
    );
  };
  app.get(`${BASE}/contacts`, (c) => show(c));
  app.post(`${BASE}/contacts/:kind`, async (c) => {
    const { db, practitionerId } = asOwner(c);
    const kind = kindOf(c);
    const values = await readFields(c, /^address$/);
    const address = textOf(values, 'address').slice(0, 260);
    const typed = { [`${kind}.address`]: [address] };
    const refuse = (text: string, status?: 400 | 429 | 503) =>
      show(c, typed, [{ field: `${kind}.address`, text }], status);
    try {
      await putContact(db, c.get('sender'), practitionerId, { kind, address }, auditContextOf(c));
    } catch (error) {
      if (!isAppError(error)) throw error;
      if (error.code === 'request-invalid') return refuse(INVALID[kind]);
      if (error.code === 'too-many-requests')
        return refuse('Un code vient de partir\u00a0: attendez une minute.', 429);
      if (error.code === 'sender-missing')
        return refuse('Aucun message ne peut partir d’ici\u00a0: dites-le à qui tient l’annuaire.', 503);
      if (error.code === 'sender-unavailable')
        return refuse('L’envoi ne répond pas\u00a0: réessayez dans une minute.', 503);
      throw error;
    }
    return c.redirect(`${BASE}/contacts?fait=envoye`, 303);
  });
  app.post(`${BASE}/contacts/:kind/code`, async (c) => {
    const { db, practitionerId } = asOwner(c);
    const kind = kindOf(c);
    const code = textOf(await readFields(c, /^code$/), 'code').slice(0, 20);
    try {
      await verifyContact(db, practitionerId, kind, code, auditContextOf(c));
    } catch (error) {
      if (!isAppError(error) || error.code !== 'code-wrong') throw error;
      const text = 'Ce n’est pas le code, ou il n’est plus valable\u00a0: demandez-en un autre.';
      return show(c, { [`${kind}.code`]: [code] }, [{ field: `${kind}.code`, text }]);
    }
    return c.redirect(`${BASE}/contacts?fait=verifie`, 303);
  });
  app.post(`${BASE}/contacts/:kind/oubli`, async (c) => {
    const { db, practitionerId } = asOwner(c);
    try {
      await forgetContact(db, practitionerId, kindOf(c), auditContextOf(c));
    } catch (error) {
      if (!isAppError(error) || error.code !== 'contact-not-found') throw error;
    }
    return c.redirect(`${BASE}/contacts?fait=oublie`, 303);
  });
}

const INVALID: Record<ContactKind, string> = {
  email: 'Ce n’est pas une adresse de courriel.',
  phone: 'Ce n’est pas un numéro de téléphone, tel que 06 12 34 56 78 ou +32 470 12 34 56.',
};

function kindOf(c: Context<AppEnv>): ContactKind {
  return CONTACT_KINDS.find((it) => it === c.req.param('kind')) ?? 'email';
}

async function readFields(c: Context<AppEnv>, names: RegExp): Promise<FormValues> {
  return readFormValues(await c.req.parseBody({ all: true }), (name) => names.test(name));
}

function asOwner(c: Context<AppEnv>) {
  const rpps = ownRpps(c.get('actor'));
  authorizeRequest(c, 'own-profile', { owner: rpps });
  const { store, now } = c.get('directory');
  return { db: store.db, practitionerId: `8${rpps}`, today: dayInFrance(now()), page: ownPage(c, rpps) };
}

function ownPage(c: Context<AppEnv>, rpps: string): EditedPage {
  const actor = c.get('actor');
  return { base: BASE, rpps, name: actor.kind === 'person' ? actor.name : '', as: 'owner' };
}
